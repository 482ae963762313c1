"""Decoding pages, and the order in which families are asked."""

from __future__ import annotations

import codecs

import pytest

from goicrawl.portals import FAMILIES, Family, recognise
from goicrawl.portals.family import Page, decode
from tests.portals.pages import document, page

TEXT = "<html><head>{meta}</head><body>洪泽区镕基路㐂喆</body></html>"


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_gb_declarations_are_read_as_gb18030(declared: str) -> None:
    text = TEXT.format(meta=f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">')
    assert decode(text.encode("gb18030")) == text
    assert decode(text.encode("gb18030"), {"content-type": f"text/html;charset={declared}"}) == text


def test_http_goes_before_meta_and_a_false_declaration_is_passed_over() -> None:
    text = TEXT.format(meta="<meta charset=gb2312>")
    assert decode(text.encode(), {"Content-Type": "text/html; charset=UTF-8"}) == text
    false = TEXT.format(meta="<meta charset=utf-8>")
    assert decode(false.encode("gb18030")) == false
    assert decode(false.encode("gb18030"), {"Content-Type": "text/html; charset=nonsense-8"}) == false


def test_utf_8_declared_as_gb2312_is_not_read_as_other_characters() -> None:
    text = TEXT.format(meta="<meta charset=gb2312>")
    assert text.encode().decode("gb18030") != text  # GB18030 reads these bytes without an error
    assert decode(text.encode()) == text
    assert decode(text.encode(), {"Content-Type": "text/html; charset=GBK"}) == text


def test_nothing_declared() -> None:
    text = TEXT.format(meta="")
    assert decode(text.encode()) == text
    assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize(
    ("mark", "codec"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_goes_before_everything(mark: bytes, codec: str) -> None:
    text = TEXT.format(meta="<meta charset=gb2312>")
    assert decode(mark + text.encode(codec), {"Content-Type": "text/html; charset=gbk"}) == text


def test_a_page_cut_within_a_character_keeps_the_rest() -> None:
    text = TEXT.format(meta="<meta charset=utf-8>") * 3
    assert decode(text.encode()[:-30]).startswith(text[:60])


def test_base_href_is_what_links_are_relative_to() -> None:
    based = page(document("", '<base href="/zwgk/nb/">'), "https://a.gov.cn/x/index.html")
    assert based.base_url == "https://a.gov.cn/zwgk/nb/"
    assert page("", "https://a.gov.cn/x/").base_url == "https://a.gov.cn/x/"


def test_families_are_found_by_themselves_and_generic_is_last() -> None:
    assert [family.name for family in FAMILIES] == ["hanweb", "ucap", "trs", "generic"]
    assert all(isinstance(family, Family) for family in FAMILIES)
    assert [family.rank for family in FAMILIES] == sorted(family.rank for family in FAMILIES)


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ('<div id="9"><script type="text/xml"><datastore></datastore></script></div>', "hanweb"),
        ("<script>$('#9').jpage({totalRecord:3})</script>", "hanweb"),
        ("<meta name='Generator' content='大汉版通'>", "hanweb"),
        ("<script>createPageHTML('page_div', 5, 1, 'fg', 'shtml', 89);</script>", "ucap"),
        ('<meta name="channelid" content="0123456789abcdef0123456789abcdef">', "ucap"),
        ('<script>createPageHTML(9, 0, "index", "html");</script>', "trs"),
        ("<script>var countPage = 3;</script>", "trs"),
        ('<a href="./202401/t20240131_77.shtml">x</a>', "trs"),
        ("<ul><li><a href='/a/1.html'>某事</a></li></ul>", "generic"),
    ],
)
def test_a_page_tells_its_family(markup: str, name: str) -> None:
    assert recognise(page(document(markup))).name == name


def test_a_hint_wins_where_the_page_does_not_contradict_it() -> None:
    silent = page(document("<p>空</p>"))
    assert recognise(silent, hint="trs").name == "trs"
    assert recognise(silent, hint="no such family").name == "generic"
    store = page("<datastore></datastore>")
    assert recognise(store, hint="ucap").name == "hanweb"
    assert recognise(store, hint="hanweb").name == "hanweb"


def test_a_page_without_headers() -> None:
    assert Page.from_bytes("https://a.gov.cn/", b"").selector.root is not None
