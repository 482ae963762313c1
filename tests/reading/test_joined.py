"""A page and its files: what becomes of both, and what is never glued together."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl import parse_report
from goicrawl.demo.figures import Figures, load
from goicrawl.demo.word_file import word_file
from goicrawl.extraction.report import Answer, Attachment, Finding, Metadata, Report, Section, Source
from goicrawl.reading.following import MAX_FILES, wanted_files
from goicrawl.reading.joined import PageFile, join
from goicrawl.registry.body_candidates import Candidate

FIGURES = load()["suqian_2024"]
HOST = "http://www.suqian.gov.cn"
A, B = f"{HOST}/a.docx", f"{HOST}/b.pdf"
CELL = "requests.newly_received.total"


def page(inner: str = "<a href='/a.docx'>下载</a>", title: str = FIGURES.title, head: str = "") -> Report:
    body = f"<html><body><h1>{title}</h1>{head}<div id='zoom'>{inner}</div></body></html>"
    return parse_report(body.encode(), media_type="text/html", url=f"{HOST}/nb/1.html")


def word(figures: Figures = FIGURES, **changes: Any) -> Report:
    return parse_report(word_file(replace(figures, **changes)), url=A)


def with_cells(report: Report, **values: int) -> Report:
    cells = dict(report.cells)
    for name, value in values.items():
        address = name.replace("__", ".")
        cells[address] = replace(cells[address], raw=str(value), value=value)
    return replace(report, cells=cells)


def only(report: Report, *tables: str) -> Report:
    """As if the document held these tables alone."""
    cells = {at: one for at, one in report.cells.items() if at.partition(".")[0] in tables}
    missing = sorted({at.partition(".")[0] for at in report.cells} - set(tables))
    return replace(
        report,
        outcome="partial",
        cells=cells,
        sections=(),
        reasons=tuple(f"table_missing: {table}" for table in missing),
    )


def codes(report: Report) -> list[str]:
    return [reason.partition(":")[0] for reason in report.reasons]


def test_the_page_goes_first_and_the_file_fills_in() -> None:
    head = "<p>索引号：7-2024</p><p>发布日期：2025-01-20</p>"
    file = word()
    file = replace(
        file, metadata=replace(file.metadata, index_number="x", document_number="宿公开〔2025〕1号")
    )
    joined = join(page(head=head), [PageFile(A, file)])
    assert (joined.outcome, joined.reasons, joined.form) == ("complete", (), "f2021")
    assert {at: one.value for at, one in joined.cells.items()} == dict(FIGURES.cells)
    assert joined.metadata.index_number == "7-2024"
    assert joined.metadata.document_number == "宿公开〔2025〕1号"
    assert (joined.report_year, joined.issuing_body) == (2024, "宿迁市人民政府")
    assert joined.source.url == f"{HOST}/nb/1.html"
    assert [section.number for section in joined.sections] == [1, 2, 3, 4, 5, 6]
    assert set(dict(joined.table_files).values()) == {A}
    assert joined.file_url == A
    assert joined.findings == file.findings


def test_the_checks_are_made_on_the_whole() -> None:
    wrong = load()["kuancheng_office_2021"]
    inner, figures = "<a href='/a.docx'>下载</a>", parse_report(word_file(wrong), url=A)
    joined = join(page(inner, wrong.title), [PageFile(A, figures)])
    assert [one.rule for one in joined.findings if one.severity == "error"] == ["R2", "R2"]


def test_two_files_that_say_the_same() -> None:
    joined = join(page(), [PageFile(A, word()), PageFile(B, word())])
    assert (joined.outcome, joined.reasons, joined.file_url) == ("complete", (), A)
    assert all(finding.rule != "J1" for finding in joined.findings)


def test_the_fuller_file_is_taken_whatever_its_place() -> None:
    joined = join(page(), [PageFile(A, only(word(), "disclosure")), PageFile(B, word())])
    assert (joined.outcome, joined.reasons, joined.file_url) == ("complete", (), B)


def test_files_that_differ_in_a_cell_are_a_finding_with_both() -> None:
    other = with_cells(word(), requests__newly_received__total=9)
    joined = join(page(), [PageFile(A, word()), PageFile(B, other)])
    assert joined.cells[CELL].value == FIGURES.cells[CELL]
    (finding,) = [one for one in joined.findings if one.rule == "J1"]
    assert (finding.severity, finding.at) == ("error", CELL)
    assert (finding.left, finding.right) == (FIGURES.cells[CELL], 9)
    assert A in finding.message
    assert B in finding.message


def test_files_that_differ_in_everything_are_two_reports() -> None:
    other = word()
    moved = {at: replace(one, value=int(one.value or 0) + 1) for at, one in other.cells.items()}
    joined = join(page(), [PageFile(A, word()), PageFile(B, replace(other, cells=moved))])
    assert codes(joined) == ["attachments_differ"]
    assert {at: one.value for at, one in joined.cells.items()} == dict(FIGURES.cells)


def test_a_table_from_each_file() -> None:
    files = [
        PageFile(f"{HOST}/{name}.png", only(word(), name)) for name in ("disclosure", "requests", "remedies")
    ]
    joined = join(page(), files)
    assert (joined.outcome, joined.reasons) == ("complete", ())
    assert {at: one.value for at, one in joined.cells.items()} == dict(FIGURES.cells)
    assert dict(joined.table_files) == {
        name: f"{HOST}/{name}.png" for name in ("disclosure", "requests", "remedies")
    }
    two = join(page(), files[:2])
    assert (two.outcome, two.reasons) == ("partial", ("table_missing: remedies",))


def test_cells_of_a_table_over_two_files_are_told() -> None:
    one = word()
    part = replace(one, cells={at: cell for at, cell in one.cells.items() if at != CELL}, outcome="partial")
    rest = replace(only(one, "requests"), cells={CELL: one.cells[CELL]})
    files = [PageFile(A, replace(part, reasons=("cells_missing: requests",))), PageFile(B, rest)]
    joined = join(page(), files)
    assert codes(joined) == ["cells_missing", "table_over_files"]
    assert CELL not in joined.cells


def test_a_file_of_another_year_is_not_glued_on() -> None:
    other = load()["suqian_2023"]
    joined = join(page(), [PageFile(A, parse_report(word_file(other), url=A))])
    assert (joined.outcome, joined.cells, joined.report_year) == ("attachment_only", {}, 2024)
    assert codes(joined) == ["no_table", "attachment_of_another_year"]


def test_a_file_of_another_body_is_not_glued_on() -> None:
    other = replace(FIGURES, title="宿迁市教育局2024年政府信息公开工作年度报告", body="宿迁市教育局")
    joined = join(page(), [PageFile(A, parse_report(word_file(other), url=A))])
    assert (joined.outcome, joined.cells) == ("attachment_only", {})
    assert codes(joined) == ["no_table", "attachment_of_another_body"]
    office = replace(FIGURES, title="宿迁市人民政府办公室2024年政府信息公开工作年度报告")
    assert join(page(), [PageFile(A, parse_report(word_file(office), url=A))]).cells == {}


def test_a_short_name_in_the_file_is_the_same_body() -> None:
    short = replace(FIGURES, title="宿迁市2024年政府信息公开工作年度报告", body="市政府")
    file = replace(parse_report(word_file(short)), issuing_body="宿迁市", region_code=None)
    assert join(page(), [PageFile(A, file)]).issuing_body == "宿迁市人民政府"


def test_a_year_that_only_the_file_states() -> None:
    untitled = page(title="宿迁市政府信息公开工作年度报告", head="<p>发布日期：2026-03-01</p>")
    assert codes(untitled) == ["report_year_not_printed", "no_table"]
    joined = join(untitled, [PageFile(A, word())])
    assert (joined.report_year, joined.outcome, joined.reasons) == (2024, "complete", ())


def test_other_forms_are_not_mixed() -> None:
    old = replace(only(word(), "remedies"), form="f2019")
    joined = join(page(), [PageFile(A, only(word(), "disclosure", "requests")), PageFile(B, old)])
    assert codes(joined) == ["table_missing", "attachments_of_different_forms"]
    assert {at.partition(".")[0] for at in joined.cells} == {"disclosure", "requests"}


BLANK = Answer("", "blank")
UNUSED = [
    (PageFile(A, missed="gone: HTTP 404"), f"attachment_not_fetched: {A}: gone: HTTP 404"),
    (PageFile(A, unread="time_limit: slow"), f"attachment_unread: {A}: time_limit: slow"),
    (PageFile(A, parse_report(b"PK\x03\x04", url=A)), f"attachment_unread: {A}: "),
    (PageFile(A, parse_report("<h1>关于放假的通知</h1>".encode())), f"attachment_without_report: {A}: "),
]


@pytest.mark.parametrize(("file", "reason"), UNUSED, ids=["missed", "unread", "damaged", "unrelated"])
def test_a_file_that_does_not_help_is_named(file: PageFile, reason: str) -> None:
    alone = page()
    joined = join(alone, [file])
    assert joined.reasons[: len(alone.reasons)] == alone.reasons
    assert joined.reasons[-1].startswith(reason)
    assert replace(joined, reasons=alone.reasons, unfinished=False).to_dict() == alone.to_dict()
    assert joined.unfinished == (file.unread is not None)
    beside = join(alone, [PageFile(B, word()), file])
    assert (beside.outcome, len(beside.reasons)) == ("complete", 1)


def test_an_empty_form_is_no_report() -> None:
    empty = word()
    empty = replace(empty, cells=dict.fromkeys(empty.cells, BLANK), outcome="partial",
                    reasons=("no_answer: every cell is blank",))  # fmt: skip
    joined = join(page(), [PageFile(A, empty)])
    assert (joined.outcome, joined.cells) == ("attachment_only", {})
    assert codes(joined) == ["no_table", "attachment_without_report"]


def test_what_the_page_could_not_be_read_of_makes_it_partial() -> None:
    doubtful = replace(page(), outcome="partial", reasons=("column_heads_not_matched: grid 0",))
    joined = join(doubtful, [PageFile(A, word())])
    assert (joined.outcome, codes(joined)) == ("partial", ["column_heads_not_matched"])
    assert len(joined.cells) == 200


def test_the_chapters_of_the_page_stay_where_the_file_has_fewer() -> None:
    sections = tuple(Section(number, f"{number}、", "文字") for number in range(1, 7))
    joined = join(replace(page(), sections=sections), [PageFile(A, replace(word(), sections=sections[:1]))])
    assert joined.sections == sections


def attachment(number: int, title: str = "", kind: str = "a", belongs: bool = True) -> Attachment:
    return Attachment(f"{HOST}/{number}.pdf", title, "application/pdf", kind, belongs)


def lacking(*attachments: Attachment, outcome: Any = "attachment_only", **more: Any) -> Report:
    values = {"report_year": 2024, "issuing_body": "宿迁市人民政府", "title": FIGURES.title, **more}
    return Report(Source("00"), outcome, ("no_table: x",), attachments=attachments, **values)


def test_what_is_wanted() -> None:
    one, foot, picture = attachment(1), attachment(2, belongs=False), attachment(3, kind="img")
    assert wanted_files(lacking(one, foot, picture)).files == (one,)
    assert wanted_files(lacking(foot, picture)).files == (picture,)
    assert wanted_files(lacking(one, picture, outcome="image_only")).files == (one, picture)
    assert wanted_files(lacking(one, outcome="free_text")).files == (one,)
    assert wanted_files(lacking(one, outcome="not_a_report")).files == ()
    named = attachment(4, FIGURES.title)
    assert wanted_files(lacking(one, named, outcome="not_a_report")).files == (named,)
    assert wanted_files(replace(lacking(one), cells={CELL: Answer("1", "number", 1)})).files == ()
    assert wanted_files(replace(lacking(one), cells={CELL: BLANK})).files == (one,)
    many = wanted_files(lacking(*map(attachment, range(14))))
    assert (len(many.files), many.left_out) == (MAX_FILES, 4)


def test_reports_of_other_years_and_bodies_are_told_apart() -> None:
    own, old = (
        attachment(1, "宿迁市2024年政府信息公开工作年度报告"),
        attachment(2, "2023年政府信息公开年度报告.pdf"),
    )
    annex = attachment(3, "附件：统计表")
    wanted = wanted_files(lacking(own, old, annex))
    assert (wanted.files, wanted.others) == ((own, annex), (old,))
    bureaus = [
        attachment(n, f"宿迁市{name}2024年政府信息公开工作年度报告")
        for n, name in enumerate(("教育局", "财政局"))
    ]
    assert wanted_files(lacking(own, *bureaus)).others == tuple(bureaus)
    # One other name alone may be a slip; the file itself will tell.
    assert wanted_files(lacking(bureaus[0])).files == (bureaus[0],)


NUMBERS = st.dictionaries(st.sampled_from(sorted(FIGURES.cells)), st.integers(0, 99), max_size=12)


@given(st.lists(st.tuples(NUMBERS, st.sampled_from(["complete", "partial"]), st.booleans()), max_size=4))
def test_no_cell_is_made_up_and_no_difference_is_silent(
    drawn: list[tuple[dict[str, int], Any, bool]],
) -> None:
    files = []
    for number, (values, outcome, missed) in enumerate(drawn):
        cells = {at: Answer(str(value), "number", value) for at, value in values.items()}
        report = Report(Source("00"), outcome, form="f2021", metadata=Metadata(), cells=cells)
        url = f"{HOST}/{number}.pdf"
        files.append(PageFile(url, missed="x") if missed else PageFile(url, report))
    joined = join(page(), files)
    told = {finding.at for finding in joined.findings if finding.rule == "J1"}
    unused = " ".join(joined.reasons)
    sources = dict(joined.table_files)
    for address, answer in joined.cells.items():
        (origin,) = [file for file in files if file.url == sources[address.partition(".")[0]]]
        assert origin.report is not None
        assert origin.report.cells[address] == answer
    for file in files:
        for address, answer in ({} if file.report is None else file.report.cells).items():
            kept = joined.cells.get(address)
            same = kept is not None and kept.value == answer.value
            assert same or address in told or file.url in unused
    assert all(isinstance(one, Finding) and not isinstance(one.left, Decimal) for one in joined.findings)


NAMESAKES = tuple(Candidate(code, "鼓楼区财政局", "several_regions") for code in ("320106", "320302"))
AMBIGUOUS = "issuing_body_ambiguous: 鼓楼区财政局 may be 320106 鼓楼区财政局, 320302 鼓楼区财政局"


def of_gulou(report: Report, name: str = "鼓楼区财政局", code: str | None = None) -> Report:
    """The same report, of a body that is in doubt unless a region's code is given."""
    doubt = () if code is not None else NAMESAKES
    reasons = (*report.reasons, AMBIGUOUS) if doubt else report.reasons
    return replace(report, issuing_body=name, region_code=code, candidates=doubt, reasons=reasons)


def test_a_body_in_doubt_on_the_page_is_settled_by_the_file_and_the_other_way_round() -> None:
    sure = of_gulou(word(), "南京市鼓楼区财政局", "320106")
    for ours, theirs in (
        (of_gulou(page()), sure),
        (of_gulou(page(), sure.issuing_body or "", "320106"), word()),
    ):
        joined = join(ours, [PageFile(A, theirs if theirs is sure else of_gulou(theirs))])
        assert (joined.issuing_body, joined.region_code) == ("南京市鼓楼区财政局", "320106")
        assert (joined.candidates, joined.reasons, joined.outcome) == ((), (), "complete")


def test_a_body_in_doubt_in_both_keeps_its_candidates() -> None:
    joined = join(of_gulou(page()), [PageFile(A, of_gulou(word()))])
    assert (joined.issuing_body, joined.region_code) == ("鼓楼区财政局", None)
    assert joined.candidates == NAMESAKES
    assert (joined.reasons, joined.outcome) == ((AMBIGUOUS,), "complete")


@pytest.mark.parametrize("where", ["page", "file"])
def test_a_contradiction_about_the_scope_is_not_settled_by_the_other(where: str) -> None:
    doubt = "scope_contradicts: 一 / 二"
    ours, theirs = page(), word()
    if where == "page":
        ours = replace(ours, scope=None, reasons=(*ours.reasons, doubt))
    else:
        theirs = replace(theirs, scope=None, reasons=(doubt,))
    joined = join(ours, [PageFile(A, theirs)])
    assert (joined.scope, joined.reasons, joined.outcome) == (None, (doubt,), "complete")
