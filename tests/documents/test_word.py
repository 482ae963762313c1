"""DOCX files: the figures of whole reports, and one thing at a time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl.documents.document import IMAGE, Document, Paragraph
from goicrawl.documents.packages import MAX_PART, Package
from goicrawl.documents.word import read_docx
from goicrawl.reading import parse_report
from tests.documents.office import EVERY, W, docx_of, draft, problems_of, texts, word, zipped


@pytest.mark.parametrize(("name", "form"), EVERY)
def test_every_figure_of_a_report_is_read(name: str, form: str) -> None:
    problems, report = problems_of(word(draft(name, form)), draft(name, form))
    assert problems == []
    assert (report.outcome, report.reasons) == ("complete", ())


def test_the_blank_form_is_known_and_blank(corpus: Path) -> None:
    report = parse_report((corpus / "form_template_2021_blank.docx").read_bytes())
    assert (report.form, report.outcome) == ("f2021", "partial")
    assert report.reasons == ("no_answer: every cell is blank",)
    assert len(report.cells) == 200
    assert {answer.kind for answer in report.cells.values()} == {"blank"}


def p(*runs: str, style: str = "") -> str:
    return f"<w:p>{style}{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def tc(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<w:") else p(r(content))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: list[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def read(body: str, **more: str) -> Document:
    document = read_docx(docx_of(body, **more))
    assert document.problems == ()
    return document


def test_spans() -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    (grid,) = read(
        table(
            [tc("甲", restart), tc("乙", '<w:gridSpan w:val="2"/>')],
            [tc("unseen", go_on), tc("1"), tc("2")],
            [tc("", go_on), tc("3"), tc("")],
            [tc("丙", restart), tc("4"), tc("5")],
        )
    ).grids
    found = [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]
    assert found == [
        ("甲", 0, 0, 3, 1),
        ("乙", 0, 1, 1, 2),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
        ("3", 2, 1, 1, 1),
        ("", 2, 2, 1, 1),
        ("丙", 3, 0, 1, 1),
        ("4", 3, 1, 1, 1),
        ("5", 3, 2, 1, 1),
    ]


def test_a_cell_that_goes_on_from_nothing_is_a_cell() -> None:
    (grid,) = read(table([tc("a", "<w:vMerge/>"), tc("1")], [tc("b", "<w:vMerge/>"), tc("2")])).grids
    assert [[cell.text for cell in row] for row in grid.rows] == [["a", "1"], ["b", "2"]]


def test_cells_joined_across_in_the_old_way() -> None:
    (grid,) = read(
        table([tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>")], [tc("1"), tc("2")])
    ).grids
    assert [(cell.text, cell.colspan) for cell in grid.cells] == [("a", 2), ("1", 1), ("2", 1)]


def test_a_row_that_begins_further_right() -> None:
    rows = f"<w:tr>{tc('a')}{tc('b')}</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{tc('1')}</w:tr>"
    (grid,) = read(f"<w:tbl>{rows}</w:tbl>").grids
    assert [(cell.text, cell.row, cell.column) for cell in grid.cells][-1] == ("1", 1, 1)


def test_a_layout_table_is_walked() -> None:
    inner = table([tc("a"), tc("1")], [tc("b"), tc("2")])
    document = read(table([tc(p(r("上")) + inner + p(r("下"))), tc("右")]))
    assert texts(document) == ["上", [["a", "1"], ["b", "2"]], "下", "右"]


def test_a_frame_is_no_table() -> None:
    assert texts(read(table([tc("一")], [tc("二")]))) == ["一", "二"]


def test_prose_in_a_cell_is_text() -> None:
    long = "".join(p(r("字" * 200)) for _ in range(4))
    assert all(isinstance(block, Paragraph) for block in read(table([tc("一"), tc(long)])).blocks)


def test_headings() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="2"><w:basedOn w:val="1"/><w:name w:val="own"/></w:style>'
        '<w:style w:styleId="3"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
        "</w:styles>"
    )

    def styled(number: int) -> str:
        return f'<w:pPr><w:pStyle w:val="{number}"/></w:pPr>'

    body = "".join(p(r(str(n)), style=styled(n)) for n in (1, 2, 3, 4))
    body += p(r("5"), style='<w:pPr><w:outlineLvl w:val="7"/></w:pPr>')
    body += p(r("6"), style='<w:pPr><w:pStyle w:val="1"/><w:outlineLvl w:val="9"/></w:pPr>')
    levels = [block.level for block in read(body, styles=styles).paragraphs]
    assert levels == [1, 1, 3, None, 6, None]


def test_numbers_that_word_puts_before_paragraphs() -> None:
    def lvl(level: int, form: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
        )

    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="4">'
        + lvl(0, "chineseCounting", "%1、")
        + lvl(1, "decimal", "%2.")
        + lvl(2, "bullet", "●")
        + lvl(3, "decimal", "%2.%4")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="4"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num></w:numbering>'
    )
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="9"><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )

    def item(text: str, key: int, level: int) -> str:
        own = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr></w:pPr>'
        return p(r(text), style=own)

    body = item("a", 1, 0) + p(r("b"), style='<w:pPr><w:pStyle w:val="9"/></w:pPr>') + item("c", 1, 1)
    body += item("d", 1, 3) + item("e", 1, 2) + item("f", 1, 0) + item("g", 1, 1) + item("h", 2, 0)
    body += item("i", 0, 0) + table([tc("j"), tc(item("", 1, 0))])
    found = texts(read(body, numbering=numbering, styles=styles))
    assert found == ["一、a", "1.b", "2.c", "2.1 d", "e", "二、f", "1.g", "十一、h", "i", [["j", "十二、"]]]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        (r("1", '<w:vertAlign w:val="superscript"/>') + r("20"), "¹20"),
        (r("5") + r("6", "<w:vanish/>"), "5"),
        (r("5") + r("6", '<w:vanish w:val="0"/>'), "56"),
        (r("5", "<w:strike/>") + r("6"), "6"),
        (f"<w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:ins>{r('6')}</w:ins>", "6"),
        (f"<w:moveFrom>{r('5')}</w:moveFrom><w:moveTo>{r('6')}</w:moveTo>", "6"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:softHyphen/></w:r>", "a b-"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a\nb"),
        ('<w:r><w:t>5</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>', "5¹"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F031"/></w:r>', "\uf031"),
        ("<w:r><w:instrText>PAGE 7</w:instrText></w:r>" + r("5"), "5"),
        (f"<w:hyperlink>{r('5')}</w:hyperlink><w:sdt><w:sdtContent>{r('6')}</w:sdtContent></w:sdt>", "56"),
        ("<w:r><w:drawing><a:graphic><pic:pic/></a:graphic></w:drawing></w:r>", IMAGE),
        ("<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>", IMAGE),
        ("<w:r><w:drawing><wps:wsp/></w:drawing></w:r>", ""),
        (r("　"), ""),
    ],
)  # fmt: skip
def test_what_a_cell_shows(markup: str, shown: str) -> None:
    (grid,) = read(table([tc("a"), tc(p(markup))])).grids
    assert grid.cells[1].text == shown


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p(r('标题'))}{p(r('2024年'))}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(read(p(r("前"), both))) == ["前", "标题", "2024年"]
    assert texts(read(table([tc("a"), tc(p(r("b"), both))]))) == [[["a", "b\n标题\n2024年"]]]


def test_rows_that_were_deleted_or_are_hidden() -> None:
    gone = [f"<w:tr><w:trPr>{mark}</w:trPr>{tc('x')}{tc('9')}</w:tr>" for mark in ("<w:del/>", "<w:hidden/>")]
    document = read(f"<w:tbl><w:tr>{tc('a')}{tc('1')}</w:tr>{''.join(gone)}</w:tbl>")
    assert texts(document) == [[["a", "1"]]]


def test_footnotes_follow_the_text() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="0">{p()}</w:footnote>'
        f'<w:footnote w:id="7">{p(r("含街道"))}</w:footnote></w:footnotes>'
    )
    document = read(p(r("共5件"), '<w:r><w:footnoteReference w:id="7"/></w:r>'), footnotes=notes)
    assert texts(document) == ["共5件¹", "¹含街道"]


def test_a_part_in_another_format_is_said() -> None:
    document = read_docx(docx_of(p(r("a")) + "<w:altChunk/>"))
    assert [problem.partition(":")[0] for problem in document.problems] == ["embedded_document"]


def test_a_strict_document() -> None:
    data = docx_of(p(r("a")))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("word/document.xml").decode()
    strict = text.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert texts(read_docx(zipped({"word/document.xml": strict}))) == ["a"]


def codes(document: Document) -> list[str]:
    return [problem.partition(":")[0] for problem in document.problems]


def test_packages_that_claim_too_much() -> None:
    assert codes(read_docx(zipped({"word/document.xml": b" " * (5 * 1024 * 1024)}))) == ["zip_bomb"]
    package = Package(zipped({"a": b"x"}))
    assert package._zip is not None
    package._zip.getinfo("a").file_size = MAX_PART + 1
    assert package.read("a") is None
    assert package.problems[0].startswith("zip_bomb: a unpacks to")


def test_entities_are_neither_replaced_nor_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    names = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    kind = f'<!DOCTYPE x [<!ENTITY f SYSTEM "{secret.as_uri()}"><!ENTITY e0 "lol">{names}]>'
    body = f'{kind}<w:document xmlns:w="{W}"><w:body>{p(r("a&f;&e9;b"))}</w:body></w:document>'
    document = read_docx(zipped({"word/document.xml": body}))
    assert "geheim" not in str(texts(document))
    assert len(str(document)) < 1000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped({"word/document.xml": "<w:document>"}), "damaged_file"),
        (zipped({"word/other.xml": "<x/>"}), "damaged_file"),
        (docx_of(p(r("a")))[:-40], "damaged_file"),
        (b"PK\x03\x04", "damaged_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted"),
    ],
)
def test_what_cannot_be_read_has_a_code(data: bytes, code: str) -> None:
    document = read_docx(data)
    assert (codes(document), document.blocks) == ([code], ())


def test_a_damaged_file_is_a_file_that_could_not_be_read() -> None:
    report = parse_report(zipped({"word/document.xml": "<w:document>"}))
    assert report.outcome == "attachment_only"
    assert report.reasons[0].startswith("damaged_file: ")


def test_a_file_of_pictures_alone() -> None:
    report = parse_report(docx_of(p("<w:r><w:drawing><pic:pic/></w:drawing></w:r>")))
    assert (report.outcome, report.reasons[0].partition(":")[0]) == ("image_only", "image_not_read")


def test_a_file_without_anything() -> None:
    assert parse_report(docx_of(p())).reasons == ("empty: there is nothing in it",)


@pytest.mark.parametrize("depth", [15, 60, 90, 300])
def test_tables_inside_each_other(depth: int) -> None:
    body = "<w:tbl><w:tr><w:tc>" * depth + p(r("a")) + "</w:tc></w:tr></w:tbl>" * depth
    found = codes(read_docx(docx_of(body)))
    assert found in ([], ["nesting_too_deep"], ["damaged_file"])
    assert bool(found) == (depth > 15)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_random_bytes_after_the_signature_never_raise(data: bytes) -> None:
    for whole in (b"PK\x03\x04" + data, b"PK\x03\x04word/document.xml" + data):
        assert read_docx(whole).problems != ()
        assert parse_report(whole).reasons != ()
    assert isinstance(read_docx(zipped({"word/document.xml": data})), Document)


@settings(max_examples=100, deadline=None)
@given(st.recursive(
    st.sampled_from(["5", "规章", "<w:vMerge/>", "<w:gridSpan w:val='99999'/>", "<w:br/>", "<w:sym/>"]),
    lambda inner: st.builds(
        lambda name, parts: f"<w:{name}>{''.join(parts)}</w:{name}>",
        st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "tcPr", "sdt", "txbxContent", "drawing", "rPr"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
))  # fmt: skip
def test_any_heap_of_elements_is_a_document(body: str) -> None:
    read_docx(docx_of(body))
