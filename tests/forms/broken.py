"""A sound form and sound identities, from which a test breaks one thing."""

from __future__ import annotations

from pathlib import Path

from goicrawl import forms
from goicrawl.forms import Form, Identity
from goicrawl.forms.identity_loader import load_identities

FORM = """\
id = "local"
name = "a local form"
report_years = [2015, 2016]
sections = [
  { number = 1, label = "一、总体情况", english = "overview" },
  { number = 2, label = "二、申请情况", english = "requests", aliases = ["收到申请情况"] },
]

[[tables]]
id = "requests"
english = "requests"
unit = "件"
column_groups = [
  { label = "法人", columns = ["firms", "others"] },
]

[[tables.blocks]]
id = "main"
columns = [
  { id = "firms", label = "企业", english = "firms" },
  { id = "others", label = "其他", english = "others" },
  { id = "total", label = "总计", english = "total" },
]
rows = [
  { id = "received", label = "一、收到", english = "received" },
  { id = "outcomes", label = "二、办理结果", english = "outcomes", kind = "group" },
  { id = "granted", label = "（一）公开", english = "granted", level = 1 },
  { id = "other", label = "（二）其他", english = "rest", level = 1, kind = "group", single_row_id = "rest" },
  { id = "other_late", label = "1.逾期", english = "late", level = 2 },
  { id = "other_rest", label = "2.其他", english = "the rest", level = 2 },
  { id = "handled", label = "（三）总计", english = "handled", level = 1, kind = "total" },
]

[[tables]]
id = "money"
english = "money"
[[tables.blocks]]
id = "fees"
columns = [ { id = "amount", label = "金额", english = "amount", type = "decimal", unit = "万元" } ]
rows = [ { id = "fees", label = "收费", english = "fees" } ]
[[tables.blocks]]
id = "grants"
columns = [
  { id = "amount", label = "金额", english = "amount", type = "decimal", unit = "元" },
  { id = "year", label = "YYYY年", english = "year", patterns = ["20\\\\d\\\\d年"] },
]
rows = [ { id = "grants", label = "补助", english = "grants" } ]
"""

IDENTITIES = """\
[[identities]]
id = "L1"
severity = "error"
forms = ["local"]
check = "sum"
table = "requests"
per = "column"
statement = "outcomes add up"
equations = [
  { left = ["granted", "other_*"], right = ["handled"], at = "handled" },
]

[[identities]]
id = "L2"
severity = "info"
forms = ["local"]
check = "narrative_count"
table = "requests"
per = "report"
statement = "the prose says the same"
counts = [["received"], ["received", "granted"]]
column = "total"

[[identities]]
id = "L3"
severity = "warning"
forms = ["all"]
check = "rules_row"
table = "requests"
row = "granted"
per = "report"
statement = "a row is zero"
"""


def swap(text: str, old: str, new: str) -> str:
    """The text with its one `old` exchanged for `new`."""
    assert text.count(old) == 1, f"{text.count(old)} times: {old}"
    return text.replace(old, new)


def line_of(text: str, part: str) -> int:
    """The line, from 1, of the first place a part of the text stands at."""
    assert part in text, part
    return text[: text.index(part)].count("\n") + 1


def load_form(folder: Path, text: str, name: str = "local") -> Form:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return forms.load_folder(folder)[name]


def load_rules(folder: Path, text: str, form: str = FORM) -> tuple[Identity, ...]:
    (folder / "local.toml").write_text(form, encoding="utf-8")
    path = folder / "identities.toml"
    path.write_text(text, encoding="utf-8")
    return load_identities(path, forms.load_folder(folder))
