"""Who plays in the demonstration: each replica portal, what it lists, and what a crawl should make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goicrawl.demo.figures import Figures, load
from goicrawl.demo.generic import GenericPortal
from goicrawl.demo.hanweb import HanwebPortal
from goicrawl.demo.items import bulletins, false_friends, report
from goicrawl.demo.obstacles import ChallengePortal, GonePortal, MovedHost, SilentPortal
from goicrawl.demo.site import IN_FILE, Site
from goicrawl.demo.trs import TrsPortal
from goicrawl.demo.ucap import UcapPortal

OTHER_ORGAN = "www.other-organ-replica.localhost"
"""A host that portals link as another organ's column: a crawl must never ask it."""


MADE_UP = "99"
MADE_UP_PROVINCE = "演示省（虚构）"


@dataclass(frozen=True)
class Role:
    """A portal row of the demonstration's seeds, and the site that answers for it.

    `host` is the host of the portal's address. Where `column_path` is None the seeds do not know the report
    column, and the crawl has to find it. `expected` is the outcome of a visit, `shows` what is special.
    """

    sites: tuple[Site, ...]
    region_code: str
    region_name: str
    level: str
    province: str
    host: str
    family: str
    expected: str
    shows: str
    column_path: str | None = None
    scope: str = "own"
    refuses: bool = False


def demo_roles() -> list[Role]:
    """The portals of the demonstration, freshly made (a server binds their port)."""
    figures = load()
    return [
        _kuancheng(figures),
        _pingtan(figures),
        _suqian(figures),
        _huaian(figures),
        _hongze(figures),
        _test_city(figures),
        _made_up(
            "甲", 1, "blocked", "blocked", "answers status 521 and a script to every request",
            ChallengePortal(_host("blocked")),
        ),
        _made_up(
            "乙", 2, "gone", "gone", "answers status 410: the site was closed", GonePortal(_host("gone")),
        ),
        _made_up("丙", 3, "refusing", "timeout", "refuses every connection", None),
        _made_up(
            "丁", 4, "silent", "no_report_column", "links another government's column and has none itself",
            SilentPortal(_host("silent"), "示例丁县人民政府（虚构）", f"http://{OTHER_ORGAN}:PORT/zfxxgk/nb/index.html"),
        ),
    ]  # fmt: skip


def demo_sites() -> list[Site]:
    """Every site of the demonstration."""
    return [site for role in demo_roles() for site in role.sites]


def _host(name: str) -> str:
    return f"www.{name}-replica.localhost"


def _made_up(letter: str, number: int, name: str, expected: str, shows: str, site: Site | None) -> Role:
    """A county that does not exist; without a site its host refuses connections."""
    sites = () if site is None else (site,)
    region = f"示例{letter}县（虚构）"
    code = f"{MADE_UP}018{number}"
    return Role(
        sites,
        code,
        region,
        "county",
        MADE_UP_PROVINCE,
        _host(name),
        "",
        expected,
        shows,
        refuses=site is None,
    )


def _kuancheng(figures: dict[str, Figures]) -> Role:
    site = HanwebPortal(
        host="www.kuancheng-replica.localhost",
        name="宽城满族自治县人民政府",
        site_code="1308279999",
        items=[
            report(figures["kuancheng_office_2021"], "838111", "word"),
            *false_friends("宽城满族自治县", range(2019, 2026), "840"),
            *bulletins("宽城满族自治县政务公开栏目检查情况", date(2022, 2, 10), 50, "860"),
        ],
        theme="#8a1f1f",
        head_shape="inline",
        column_id=5985,
        web_id=12,
        unit_id=22710,
    )
    shows = "three display pages in a script, the report in the next group"
    return Role(
        (site,), "130827", "宽城满族自治县", "county", "河北省", site.host, "hanweb", "ok", shows,
        site.column_path, "office",
    )  # fmt: skip


def _pingtan(figures: dict[str, Figures]) -> Role:
    styles = {
        "pingtan_2011": "plain",
        "pingtan_2014": "upper",
        "pingtan_2018": "word",
        "pingtan_2019": "upper",
        "pingtan_2021": "repeated",
        "pingtan_2022": "word-broken",
        "pingtan_2023": "plain",
        "pingtan_2024": "fillers",
    }
    reports = [
        report(figures[name], str(80500 + at), style) for at, (name, style) in enumerate(styles.items())
    ]
    site = TrsPortal(
        host="www.pingtan-replica.localhost",
        name="平潭综合实验区管委会",
        site_code="3501289999",
        items=[*reports, *false_friends("平潭综合实验区", range(2018, 2025), "77")],
        theme="#0b6b8f",
        head_shape="pairs",
        elsewhere=("福建省某厅政府信息公开年报", f"http://{OTHER_ORGAN}:PORT/zfxxgk/nb/index.html"),
        announced_pages=5,
    )
    shows = "a pager counted from 0, relative links, the last announced page is missing"
    return Role(
        (site,), "350128", "平潭县", "county", "福建省", site.host, "trs", "ok", shows, site.column_path,
    )  # fmt: skip


def _suqian(figures: dict[str, Figures]) -> Role:
    site = UcapPortal(
        host="www.suqian-replica.localhost",
        name="宿迁市人民政府",
        site_code="3213009999",
        items=[
            report(figures["suqian_2023"], "2023", "word", moved_from="/suqian/old/nb2023.shtml"),
            report(figures["suqian_2024"], "2024", "word-broken"),
            *false_friends("宿迁市", range(2020, 2026), "f"),
        ],
        head_shape="list",
        slug="suqian",
        list_name="nblist",
        per_page=8,
        stale_total=5,
    )
    shows = "a pager counted from 1, a stale total, a report that has moved"
    return Role(
        (site,), "321300", "宿迁市", "prefecture", "江苏省", site.host, "ucap", "ok", shows, site.column_path,
    )  # fmt: skip


def _huaian(figures: dict[str, Figures]) -> Role:
    site = GenericPortal(
        host="www.huaian-replica.localhost",
        name="淮安市人民政府",
        site_code="3208009999",
        items=[
            report(figures["huaian_2024"], "2024", "units"),
            *false_friends("淮安市", range(2021, 2026), "w"),
            *bulletins("淮安市政务公开栏目检查情况", date(2025, 3, 10), 12, "b"),
        ],
        theme="#2d6a4f",
        head_shape="definitions",
        encoding="gb18030",
    )
    shows = "pages in GBK, a list in a table, next links"
    return Role(
        (site,), "320800", "淮安市", "prefecture", "江苏省", site.host, "generic", "ok", shows,
        site.column_path,
    )  # fmt: skip


def _hongze(figures: dict[str, Figures]) -> Role:
    site = GenericPortal(
        host="www.hongze-replica.localhost",
        name="淮安市洪泽区人民政府",
        site_code="3208139999",
        items=[
            report(figures["hongze_2024"], "2024", IN_FILE),
            *false_friends("洪泽区", range(2021, 2026), "w"),
            *bulletins("洪泽区政务公开栏目检查情况", date(2025, 3, 10), 9, "b"),
        ],
        theme="#7b4fa3",
        head_shape="inline",
        elsewhere=("淮安市某局政府信息公开年报", f"http://{OTHER_ORGAN}:PORT/zfxxgk/nb/index.html"),
        directory="/hzq/xxgknb/",
        rows="dd",
    )
    moved = MovedHost("hongze-replica.localhost", site.host)
    shows = "redirects to www; a column found from the front page; the report is a Word file beside its page"
    return Role(
        (site, moved), "320813", "洪泽区", "county", "江苏省", moved.host, "generic", "ok", shows,
    )  # fmt: skip


def _test_city(figures: dict[str, Figures]) -> Role:
    site = HanwebPortal(
        host="www.test-city-replica.localhost",
        name="测试市人民政府",
        site_code="",
        items=[
            report(figures["hangzhou_style_2025"], "99", "fillers"),
            *false_friends("测试市", range(2021, 2026), "7"),
            *bulletins("测试市政务公开栏目检查情况", date(2026, 4, 10), 6, "8"),
        ],
        theme="#a05a00",
        head_shape="pairs",
        column_id=1577,
        web_id=149,
        unit_id=51560,
        per_page=2,
        next_group="none",
    )
    shows = "Hangzhou-style figures, provenance not proved; a column found from the front page"
    return Role(
        (site,), f"{MADE_UP}0100", "测试市（占位名）", "prefecture", MADE_UP_PROVINCE, site.host, "hanweb",
        "ok", shows,
    )  # fmt: skip
