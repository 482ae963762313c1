"""A broken form is refused with the file and the line of the fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goicrawl.forms import FormError, load_folder
from tests.forms.broken import FORM, IDENTITIES, line_of, load_form, load_rules, swap

# What is exchanged for what; a part of the line that must be named; a part of the message.
FAULTS = [
    ('name = "a local form"\n', "", 'id = "local"', "lacks name"),
    ('name = "a local form"', 'name = ""', 'name = ""', "must be text"),
    ('name = "a local form"', "name = 5", "name = 5", "must be text"),
    ('id = "local"', 'id = "elsewhere"', 'id = "elsewhere"', "not the file's name"),
    ('id = "local"', 'id = "Local Form"', 'id = "Local Form"', "not lower-case words"),
    ("[2015, 2016]", "[]", "report_years", "[first] or [first, last]"),
    ("[2015, 2016]", "[2016, 2015]", "report_years", "[first] or [first, last]"),
    ("[2015, 2016]", "[2015, 2016, 2017]", "report_years", "[first] or [first, last]"),
    ("[2015, 2016]", "2015", "report_years", "[first] or [first, last]"),
    ("[2015, 2016]", '["2015"]', "report_years", "[first] or [first, last]"),
    ("[2015, 2016]", "[true]", "report_years", "[first] or [first, last]"),
    ("report_years", "reportyears", 'id = "local"', "lacks report_years"),
    ("report_years", 'publisher = "x"\nreport_years', "publisher", "unknown publisher"),
    ("number = 2", "number = 1", "二、申请情况", "section 1 stands twice"),
    ("number = 2", 'number = "2"', "二、申请情况", "must be a whole number"),
    ("number = 2, ", "", "二、申请情况", "lacks number"),
    ('aliases = ["收到申请情况"]', 'aliases = "收到申请情况"', "二、申请情况", "must be a list of texts"),
    ('aliases = ["收到申请情况"]', 'aliases = [" "]', "二、申请情况", "must be a list of texts"),
    (
        'aliases = ["收到申请情况"]',
        'aliases = ["一、总体情况"]',
        "二、申请情况",
        "has the label of section 1",
    ),
    ('id = "money"\n', 'id = "requests"\n', None, "table 'requests' stands twice"),
    ('id = "money"\n', 'id = "the.money"\n', "the.money", "not lower-case words"),
    ('english = "money"\n', 'english = "money"\nlayout = "round"\n', "layout", "none of matrix, one_row"),
    ('english = "money"\n', 'english = "money"\noptional_rows = "yes"\n', "optional_rows", "true or false"),
    ('english = "money"\n', 'english = "money"\nsection = -1\n', "section = -1", "whole number"),
    ('english = "money"\n', 'english = "money"\nblock = 3\n', "block = 3", "unknown block"),
    ('columns = ["firms", "others"]', 'columns = ["firms", "state"]', "法人", "unknown state"),
    ('columns = ["firms", "others"]', "columns = []", "法人", "must be a list of names"),
    ('columns = ["firms", "others"]', "width = 2", "法人", "lacks columns"),
    ('id = "grants"\ncolumns', 'id = "fees"\ncolumns', None, "block 'fees' stands twice"),
    ('id = "grants", label', 'id = "fees", label', "补助", "row 'fees' stands twice"),
    ('id = "grants", label', "id = 7, label", "补助", "not lower-case words"),
    (
        'id = "others", label',
        'id = "firms", label',
        'label = "其他", english = "others"',
        "column 'firms' stands twice",
    ),
    (
        'label = "其他", english = "others"',
        'label = "企业", english = "others"',
        'id = "others"',
        "has the label of column 'firms'",
    ),
    ('label = "YYYY年"', 'label = "金额"', 'id = "year"', "has the label of column 'amount'"),
    ('unit = "元"', "unit = 10", "unit = 10", "must be text"),
    (
        'type = "decimal", unit = "元"',
        'type = "money", unit = "元"',
        'unit = "元"',
        "none of int, decimal, signed_int",
    ),
    ('"20\\\\d\\\\d年"', '"20(\\\\d年"', "20(", "no regular expression"),
    ('patterns = ["20\\\\d\\\\d年"]', "patterns = 20", "patterns = 20", "must be a list of texts"),
    ('english = "granted", level = 1', "level = 1", "（一）公开", "row 'granted' lacks english"),
    ('english = "granted", level = 1', 'english = "granted", level = "1"', "（一）公开", "whole number"),
    ('english = "granted", level = 1', 'english = "granted", level = true', "（一）公开", "whole number"),
    (
        'english = "granted", level = 1',
        'english = "granted", kind = "sum"',
        "（一）公开",
        "none of data, group, total",
    ),
    ('english = "granted", level = 1', 'english = "granted", levels = 1', "（一）公开", "unknown levels"),
    (
        'english = "granted", level = 1',
        'english = "granted", level = 1, single_row_id = "x"',
        "（一）公开",
        "only a group",
    ),
    (
        'single_row_id = "rest"',
        'single_row_id = "granted"',
        "（二）其他",
        "is the id of another row",
    ),
    ('single_row_id = "rest"', 'single_row_id = "All"', "（二）其他", "not lower-case words"),
    ('label = "2.其他", ', 'label = "1.逾期", ', "the rest", "has the label of row 'other_late'"),
    ('label = "2.其他", ', 'label = "１．逾 期", ', "the rest", "has the label of row 'other_late'"),
    (
        'label = "2.其他", ',
        'label = "2.其他", aliases = ["（一）公开"], ',
        "the rest",
        "has the label of row 'granted'",
    ),
    ('label = "二、办理结果"', 'label = "一、收到"', "outcomes", "has the label of row 'received'"),
    (
        'rows = [ { id = "grants", label = "补助", english = "grants" } ]',
        "rows = []",
        "rows = []",
        "not empty",
    ),
    (
        'rows = [ { id = "grants", label = "补助", english = "grants" } ]',
        "rows = [1]",
        "rows = [1]",
        "list of tables",
    ),
    ('rows = [ { id = "grants", label = "补助", english = "grants" } ]', "", 'id = "grants"', "lacks rows"),
]


@pytest.mark.parametrize(("old", "new", "where", "message"), FAULTS)
def test_every_fault_is_refused_where_it_stands(
    tmp_path: Path, old: str, new: str, where: str | None, message: str
) -> None:
    text = swap(FORM, old, new)
    # A second table with the same id begins where the sound one did.
    line = line_of(FORM, old) if where is None else line_of(text, where)
    with pytest.raises(FormError) as caught:
        load_form(tmp_path, text)
    assert str(caught.value).startswith(f"local.toml:{line}: "), str(caught.value)
    assert message in str(caught.value)


def test_the_sound_form(tmp_path: Path) -> None:
    form = load_form(tmp_path, FORM)
    assert (form.id, form.report_years, len(form.cells), len(form.alternates)) == (
        "local",
        (2015, 2016),
        18,
        3,
    )
    assert [section.aliases for section in form.sections] == [(), ("收到申请情况",)]
    requests = form.table("requests")
    assert requests is not None
    assert [row.id for row in requests.rows_of_group(requests.one_row_groups[0])] == [
        "other_late",
        "other_rest",
    ]
    assert requests.column_groups[0].columns == ("firms", "others")
    assert form.table("nothing") is None


def test_no_toml(tmp_path: Path) -> None:
    with pytest.raises(FormError, match=r"^local\.toml:3: "):
        load_form(tmp_path, FORM.replace("[2015, 2016]", "[2015, 2016}", 1))
    with pytest.raises(FormError, match=r"^local\.toml:\d+: "):
        load_form(tmp_path, FORM[: FORM.index('label = "补助"') + 9])
    with pytest.raises(FormError, match=r"^local\.toml:1: .*lacks"):
        load_form(tmp_path, "")


def test_not_utf_8_and_not_a_file(tmp_path: Path) -> None:
    path = tmp_path / "local.toml"
    path.write_bytes(FORM.encode("gb18030"))
    with pytest.raises(FormError, match=r"^local\.toml:1: cannot be read"):
        load_folder(tmp_path)
    path.unlink()
    path.mkdir()
    with pytest.raises(FormError, match=r"^local\.toml:1: cannot be read"):
        load_folder(tmp_path)


RULE_FAULTS = [
    ('severity = "error"', 'severity = "fatal"', "fatal", "none of error, warning, info"),
    ('severity = "error"\n', "", 'id = "L1"', "lacks severity"),
    ('id = "L2"', 'id = "L1"', None, "identity 'L1' stands twice"),
    ('check = "sum"', 'check = "product"', "product", "none of sum, domain"),
    ('per = "column"', 'per = "month"', "month", "none of column, row"),
    ('per = "column"', 'per = "cell"', 'per = "cell"', "a sum is per column, row or report"),
    ('per = "column"', 'per = "row"', "left =", "has no column 'granted'"),
    ('per = "column"', 'per = "report"', "left =", "has no row.column 'granted'"),
    ('forms = ["all"]', 'forms = "all"', 'forms = "all"', "must be a list of names"),
    ('forms = ["all"]', 'forms = ["f1999"]', "f1999", "no form 'f1999'"),
    (
        'table = "requests"\nper = "column"',
        'table = "complaints"\nper = "column"',
        "complaints",
        "has no table",
    ),
    ('table = "requests"\nrow', 'table = "complaints"\nrow', "complaints", "has no table"),
    ('table = "requests"\nper = "column"', 'per = "column"', 'id = "L1"', "needs table"),
    (
        'equations = [\n  { left = ["granted", "other_*"], right = ["handled"], at = "handled" },\n]\n',
        "",
        'id = "L1"',
        "needs equations",
    ),
    ('left = ["granted", "other_*"]', 'left = ["given", "other_*"]', "given", "has no row 'given'"),
    ('left = ["granted", "other_*"]', 'left = ["granted", "denied_*"]', "denied_", "has no row 'denied_*'"),
    ('left = ["granted", "other_*"]', 'left = ["granted", "other"]', "left =", "has no row 'other'"),
    ('left = ["granted", "other_*"]', "left = []", "left =", "must be a list of names"),
    ('left = ["granted", "other_*"]', 'left = "granted"', "left =", "must be a list of names"),
    ('at = "handled"', 'at = "hand*"', "left =", "is not one cell"),
    ('at = "handled"', 'at = "handled", unit = "件"', "left =", "unknown unit"),
    (', at = "handled"', "", "left =", "lacks at"),
    ('row = "granted"', 'row = "given"', 'id = "L3"', "has no row 'given'"),
    ('row = "granted"\n', "", 'id = "L3"', "needs row"),
    ('column = "total"', 'column = "all"', 'id = "L2"', "has no column 'all'"),
    ('counts = [["received"], ["received", "granted"]]\n', "", 'id = "L2"', "needs counts"),
    (
        'counts = [["received"], ["received", "granted"]]',
        'counts = ["received"]',
        "counts =",
        "list of lists",
    ),
    (
        'counts = [["received"], ["received", "granted"]]',
        'counts = [["received"], ["got"]]',
        'id = "L2"',
        "has no row 'got'",
    ),
    ('statement = "a row is zero"', 'statement = "a row is zero"\nmonths = 3', "months", "unknown months"),
]


@pytest.mark.parametrize(("old", "new", "where", "message"), RULE_FAULTS)
def test_every_fault_of_an_identity_too(
    tmp_path: Path, old: str, new: str, where: str | None, message: str
) -> None:
    text = swap(IDENTITIES, old, new)
    line = line_of(IDENTITIES, old) if where is None else line_of(text, where)
    with pytest.raises(FormError) as caught:
        load_rules(tmp_path, text)
    assert str(caught.value).startswith(f"identities.toml:{line}: "), str(caught.value)
    assert message in str(caught.value)


def test_the_sound_identities(tmp_path: Path) -> None:
    rules = load_rules(tmp_path, IDENTITIES)
    assert [rule.id for rule in rules] == ["L1", "L2", "L3"]
    assert rules[0].equations[0].left == ("granted", "other_*")
    assert rules[1].counts == (("received",), ("received", "granted"))
    assert rules[2].holds_for("local") and rules[2].holds_for("f2021") and not rules[0].holds_for("f2021")
    assert not rules[2].holds_for(None)


def test_a_deadline_names_its_year(tmp_path: Path) -> None:
    last = IDENTITIES[IDENTITIES.index('[[identities]]\nid = "L3"') :].replace("L3", "L4")
    text = IDENTITIES + "\n" + swap(last, "rules_row", "deadline")
    with pytest.raises(FormError, match=r"needs first_year_of_two_deadlines"):
        load_rules(tmp_path, text)


def test_the_message_names_one_line_only(tmp_path: Path) -> None:
    with pytest.raises(FormError) as caught:
        load_form(tmp_path, swap(FORM, 'unit = "元"', "unit = 10"))
    assert re.fullmatch(r"local\.toml:\d+: column 'amount': unit must be text", str(caught.value))
