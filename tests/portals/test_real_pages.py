"""Real pages, read where they are; skipped where they are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from goicrawl.portals import Page, recognise
from goicrawl.portals.links import find_report_columns
from goicrawl.portals.titles import judge
from tests.portals.pages import urls

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "reference" / "portal-samples"


def sample(name: str, url: str) -> Page:
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip("the samples of portal markup are not beside the project")
    return Page.from_bytes(url, path.read_bytes())


def test_pingtan_lists_exactly_its_ten_reports(corpus: Path) -> None:
    column = "https://www.pingtan.gov.cn/zwgk/zfxxgk/zfxxgknb/"
    made = Page.from_bytes(f"{column}nlist.htm", (corpus / "pingtan_annual_report_list.html").read_bytes())
    listing = recognise(made).read_list(made)
    assert [judge(entry.title).report_year for entry in listing.entries] == list(range(2025, 2015, -1))
    assert all(judge(entry.title).is_report for entry in listing.entries)
    assert listing.entries[0].url == f"{column}202603/t20260313_105587.htm"
    assert [entry.published_on for entry in listing.entries][:3] == [
        date(2026, 3, 10),
        date(2025, 3, 10),
        date(2024, 3, 8),
    ]
    assert listing.entries[-1].published_on == date(2017, 1, 18)
    assert listing.note == "script_pager"


def test_pingtan_names_its_column_from_the_section(corpus: Path) -> None:
    made = Page.from_bytes(
        "https://www.pingtan.gov.cn/zwgk/zfxxgk/", (corpus / "pingtan_annual_report_list.html").read_bytes()
    )
    assert find_report_columns(made)[0].url == "https://www.pingtan.gov.cn/zwgk/zfxxgk/zfxxgknb/nlist.htm"


def test_the_national_template_names_the_column() -> None:
    made = sample("std61_nav_and_list_handan_2020.html", "http://hdzfxxgk.hd.gov.cn/zfxxgkzn/")
    assert find_report_columns(made)[0].url == "http://hdzfxxgk.hd.gov.cn/zfxxgknb/"


def test_a_trs_list_with_popboxes() -> None:
    made = sample("trs_list_ndrc_2026.html", "https://www.ndrc.gov.cn/xxgk/zcfb/fzggwl/")
    listing = recognise(made).read_list(made)
    assert [entry.published_on for entry in listing.entries] == [date(2026, 4, 9), date(2026, 2, 11)]


def test_a_ucap_pager() -> None:
    made = sample("ucap_list_csrc_2026.html", "http://www.csrc.gov.cn/csrc/c106256/fg.shtml")
    family = recognise(made)
    listing = family.read_list(made)
    assert (family.name, listing.total) == ("ucap", 89)
    assert urls(listing.next_pages) == [
        f"http://www.csrc.gov.cn/csrc/c106256/fg_{n}.shtml" for n in (2, 3, 4, 5)
    ]


def test_a_hanweb_data_store() -> None:
    made = sample(
        "hanweb_jpage_datastore_dingxi_2022.html", "http://zwgk.dingxi.gov.cn/col/col12377/index.html"
    )
    listing = recognise(made).read_list(made)
    assert len(listing.entries) == 3
    assert not any(judge(entry.title).is_report for entry in listing.entries)
    assert listing.entries[2].title.endswith("满意度调查的通知")


def test_a_legacy_table_with_the_pagers_definition() -> None:
    made = sample("trs_legacy_list_yuanzhou_2017.html", "http://www.yzq.gov.cn/zwgk/")
    listing = recognise(made).read_list(made)
    assert listing.entries[0].published_on == date(2017, 10, 11)
    assert urls(listing.next_pages)[:2] == [
        "http://www.yzq.gov.cn/zwgk/index_1.html",
        "http://www.yzq.gov.cn/zwgk/index_2.html",
    ]
    assert len(listing.next_pages) == 119


def test_a_pager_that_counts_down() -> None:
    made = sample("vsb_pager.html", "http://www.lizi.gov.cn/zbgg.htm")
    listing = recognise(made).read_list(made)
    assert urls(listing.next_pages)[:2] == [
        "http://www.lizi.gov.cn/zbgg/10.htm",
        "http://www.lizi.gov.cn/zbgg/9.htm",
    ]
    assert listing.total == 52
