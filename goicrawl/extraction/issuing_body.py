"""Whose report it is: the body in the title, the one that signs, the one printed as 发布机构."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goicrawl.extraction.dates import read_date
from goicrawl.extraction.metadata import PageHead
from goicrawl.extraction.report import Section
from goicrawl.extraction.titles import read_title
from goicrawl.forms.labels import squeeze
from goicrawl.registry import Region, Registry
from goicrawl.registry.bodies import Body, normalise_body, region_of_body

_PLACEHOLDER = re.compile(r"某|[xX×＊*○]{2}|_{2}|…|\.{3}|测试|示例|样例")
_OWN_PLACE = re.compile(
    r"^.{1,10}?(?:省|州|盟|旗|县(?!级|直|域)|(?<!城)市(?!场|政|容|民|域|直|级)|(?<![社园辖地库灾景矿林牧发新])区(?!级|直|域|划))"
)
_OWN_PLACE_OF_GOVERNMENT = re.compile(r"^.{2,10}?[省市县区州盟旗](?:人民)?(?:政府|府)")
_ZONE = re.compile(
    r"^(.{2,14}?)(?:实验区|试验区|示范区|开发区|高新区|新区|度假区|风景区|名胜区|管理区|合作区|保税区|园区|新城)"
)
_GENERIC = re.compile(
    r"经济|技术|高新|产业|综合|工业|旅游|度假|示范|农业|生态|循环|现代|国家级|省级|市级|文化|风景|名胜|自然|城乡|一体化|开发|科技"
)
_LEVEL_WORDS = ("省", "市", "县", "区", "州", "盟", "旗", "自治", "本", "全")
_SIGNATURE = re.compile(
    r"(?P<body>[^\s。；，;,：:]{3,40})[\s\xa0\u3000]*(?P<date>(?:20\d\d|二[〇○◯Oo零0].{2})\s*年\s*.{1,3}\s*月\s*.{1,3}\s*日)"
)
_ONLY_DATE = re.compile(
    r"[（(]?\s*(?:20\d\d|二[〇○◯Oo零0].{2})\s*[年.\-/]\s*.{1,3}\s*[月.\-/]\s*.{1,3}?\s*日?\s*[）)]?"
)
_ORGANS = frozenset({"government", "office", "department", "township", "subdistrict"})
_LONGEST = 40


def in_full(printed: str, region: Region | None, registry: Registry, year: int | None) -> Body:
    """The body of a printed name; never with a place put before a name that has a place of its own."""
    text = squeeze(printed)
    if region is not None and (
        _PLACEHOLDER.search(text) is not None or _has_own_place(text, region, registry, year)
    ):
        region = None
    return normalise_body(text, region=region, registry=registry, year=year)


def _has_own_place(text: str, region: Region, registry: Registry, year: int | None) -> bool:
    """Whether a name begins with a place that no division of the registry bears."""
    if region_of_body(text, registry, year) or text.startswith(_LEVEL_WORDS):
        return False
    body = normalise_body(text, region=region, registry=registry, year=year)
    if body.region_code is None or body.name[:2] == text[:2]:
        return False
    if _OWN_PLACE.match(text) is not None or _OWN_PLACE_OF_GOVERNMENT.match(text) is not None:
        return True
    zone = _ZONE.match(text)
    return zone is not None and len(_GENERIC.sub("", zone[1])) >= 2


def signature(sections: Sequence[Section], lines: Sequence[str]) -> str | None:
    """The body that signs the report: the line before the date at its end, or in the date's own line."""
    texts = [section.text for section in sections[-1:]] or list(lines)
    tail = "\n".join(texts)[-1200:].split("\n")[-14:]
    for at in range(len(tail) - 1, -1, -1):
        line = tail[at].strip()
        if len(line) <= 24 and _ONLY_DATE.fullmatch(line) is not None and read_date(line) is not None:
            for before in reversed(tail[max(0, at - 2) : at]):
                name = squeeze(before)
                if 3 <= len(name) <= _LONGEST and not re.search(r"[。；;，,：:！？\d]", name):
                    return name
            return None
        found = list(_SIGNATURE.finditer(line[-200:]))
        if found:
            return squeeze(found[-1]["body"])
    return None


def candidates(
    head: PageHead, sections: Sequence[Section], lines: Sequence[str]
) -> tuple[str | None, list[str]]:
    """The body that the title names, and the other names in the order in which they count."""
    titles = (head.title, *head.titles) if head.title is not None else head.titles
    named = read_title(titles[0]).body if titles else None
    further: list[str] = []
    if titles:
        year = read_title(titles[0]).report_year
        alike = [parts.body for parts in map(read_title, titles[1:3]) if parts.report_year == year]
        further += [body for body in alike if body is not None]
    signed = signature(sections, lines)
    if signed is not None:
        further.append(signed)
    return named, further


def first_line_body(
    head: PageHead, region: Region | None, registry: Registry, year: int | None
) -> str | None:
    """A line of its own beside the title that is the name of an organ: 沭阳县人民政府 under the title."""
    title = squeeze(head.title) if head.title is not None else ""
    ends = [n for n, line in enumerate(head.lines) if len(line) > 5 and title.endswith(squeeze(line[:200]))]
    at = ends[0] if ends else None
    if at is None:
        return None
    for line in (*head.lines[at + 1 : at + 4], *head.lines[max(0, at - 1) : at]):
        name = squeeze(line)
        if 4 <= len(name) <= _LONGEST and not re.search(r"[。；;，,：:！？\d>]", name):
            body = in_full(name, region, registry, year)
            if body.kind in _ORGANS:
                return name
    return None
