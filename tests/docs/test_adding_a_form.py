"""docs/adding-a-form.md: every key is explained, and the example is a form that pages are read with."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from goicrawl import forms
from goicrawl.exports import names
from goicrawl.forms.identity_loader import load_identities
from goicrawl.forms.toml_file import KEYS, FormError
from tests.docs.documents import ROOT, fences, first_code, read, rows, section

DOCUMENT = "adding-a-form.md"
TEXT = read(DOCUMENT)
FORM, RULES = (fence.body for fence in fences(TEXT, "toml"))
(PAGE,) = (fence.body for fence in fences(TEXT, "html"))
FAULT, FOUND = (fence.body for fence in fences(TEXT, "text"))

# Reads a page in a process of its own, since the forms are read once in each.
READING = """
import json, sys
from pathlib import Path
from goicrawl import forms
forms.FOLDER = Path(sys.argv[1])
from goicrawl import parse_report
report = parse_report(Path(sys.argv[2]).read_bytes(), media_type="text/html")
print(json.dumps(report.to_dict()))
"""

# Goes the rest of the page's way with it: into a database, out of it into files, into the data dictionary.
STORING = """
import csv, json, sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from goicrawl import forms
forms.FOLDER = Path(sys.argv[1])
import sqlalchemy as sa
from goicrawl import parse_report, registry
from goicrawl.database import server
from goicrawl.database.store import Store
from goicrawl.exports.region_files import write_region
from tests.database import material
engine = server.make_engine(sa.make_url(sys.argv[3]))
store = Store(engine)
store.sync_registry(registry.load())
address = "http://www.hbkc.gov.cn/art/2012/3/1/art_1.html"
report = parse_report(Path(sys.argv[2]).read_bytes(), media_type="text/html", url=address)
store.store_report(report, material.capture(store, address), portal_url="https://www.hbkc.gov.cn/")
with engine.connect() as connection:
    cells = connection.execute(sa.text("SELECT address, value::text FROM cells"))
    stored = {address: value for address, value in cells}
    named = connection.execute(sa.text(
        "SELECT a.address, f.unit, f.value_type, f.english FROM form_cells f "
        "JOIN cell_addresses a ON a.id = f.address_id WHERE f.form = 'county2010'"
    )).all()
files = {}
for language in ("zh", "en"):
    written = write_region(engine, "130827", "county", Path(sys.argv[1]) / language, language)
    files[language] = [
        row for path, _ in written.files if "_cells" in path.name
        for row in csv.DictReader(path.open(encoding="utf-8-sig"))
    ]
spec = spec_from_file_location("docs_generate", "docs/generate.py")
generate = module_from_spec(spec)
spec.loader.exec_module(generate)
print(json.dumps([stored, [list(row) for row in named], files, generate.dictionary()]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The project's forms and the example among them."""
    for path in forms.FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path)
    (tmp_path / "county2010.toml").write_text(FORM, encoding="utf-8")
    with (tmp_path / "identities.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + RULES)
    return tmp_path


def read_page(folder: Path, page: str) -> dict[str, Any]:
    return run(READING, folder, page)  # type: ignore[no-any-return]


def run(script: str, folder: Path, page: str, *more: str) -> Any:
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), str(path), *more],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Words around the tables", "words"),
        ("The form", "form"), ("A section", "section"), ("A table", "table"),
        ("A column group", "column_group"),
        ("A block", "block"), ("A column", "column"), ("A row", "row"),
    ],
)  # fmt: skip
def test_every_key_of_a_form_is_explained(heading: str, kind: str) -> None:
    explained = list(rows(section(TEXT, heading)))
    assert sorted(first_code(row[0]) for row in explained) == sorted(KEYS[kind])
    assert all(row[1] != "" for row in explained)


def test_every_key_of_an_identity_is_explained() -> None:
    explained = [first_code(row[0]) for row in rows(section(TEXT, "Identities"))]
    assert sorted(explained) == sorted([*KEYS["identity"], *KEYS["equation"]])


def test_the_values_that_a_key_may_have_are_named() -> None:
    for kind, heading in [
        ("row", "A row"),
        ("column", "A column"),
        ("table", "A table"),
        ("identity", "Identities"),
    ]:
        told = section(TEXT, heading)
        choices = {value for wanted in KEYS[kind].values() if isinstance(wanted, tuple) for value in wanted}
        missing = {value for value in choices if f"`{value}`" not in told}
        # A row's types are told with a column's.
        assert missing <= ({"int", "decimal", "signed_int"} if kind == "row" else set())


def test_the_example_is_a_form(folder: Path) -> None:
    known = forms.load_folder(folder)
    local = ["anhui2014", "county2010", "dingxi2008", "fujian2008", "shanghai2008"]
    assert list(known) == ["f2021", "f2019", "f2014", *local]
    form = known["county2010"]
    assert form.report_years == (2010, 2013)
    assert len(form.cells) == 5 * 3 + 2 and len(form.alternates) == 3
    cells = {cell.address: cell for cell in form.printed_cells}
    assert cells["consultations.in_person.total"].unit == "人次"
    assert (cells["consultations.pages.year"].unit, cells["consultations.pages.year"].type) == (
        "万次",
        "decimal",
    )
    assert cells["consultations.pages.change"].type == "signed_int"
    rules = load_identities(folder / "identities.toml", known)
    assert [rule.id for rule in rules][-2:] == ["X1", "X2"]


def test_the_example_uses_what_it_is_to_show() -> None:
    used = set(re.findall(r"\b([a-z_]+)(?: = |\]\])", FORM + RULES))
    rare = {"layout", "corner_note", "optional_rows", "optional", "caption", "parent", "evidence"}
    kinds = ("form", "section", "table", "column_group", "block", "column", "row")
    explained = {key.rstrip("?") for kind in kinds for key in KEYS[kind]}
    assert explained - used <= rare


def test_the_page_reads_as_the_document_says(folder: Path) -> None:
    report = read_page(folder, PAGE)
    assert (report["outcome"], report["form"], report["report_year"]) == ("complete", "county2010", 2011)
    told = {first_code(row[0]): float(row[1]) for row in rows(section(TEXT, "How it reads"))}
    assert len(told) == 5
    for address, value in told.items():
        assert report["cells"][address]["value"] == value
    assert len(report["cells"]) == 4 * 3 + 2
    found = [f"{one['rule']} {one['at']}: {one['message']}" for one in report["findings"]]
    assert found == FOUND.splitlines()


def test_the_groups_own_rows_read_as_well(folder: Path) -> None:
    one = "<tr><td>（三）网上咨询数</td><td>2</td><td>1</td><td>3</td></tr>"
    assert one in PAGE
    several = (
        "<tr><td colspan='4'>（三）网上咨询数</td></tr>"
        "<tr><td>1.网站留言</td><td>2</td><td>2</td><td>4</td></tr>"
        "<tr><td>2、电子邮件</td><td>0</td><td>0</td><td>1</td></tr>"
    )
    report = read_page(folder, PAGE.replace(one, several))
    assert report["cells"]["consultations.online_mail.total"]["value"] == 1
    found = [(finding["rule"], finding["at"]) for finding in report["findings"]]
    assert found == [("X1", "consultations.consulted.total"), ("X2", "consultations.online_mail.total")]


def test_the_fault_that_is_shown(tmp_path: Path) -> None:
    line = next(line for line in FORM.splitlines() if 'id = "in_person"' in line)
    (tmp_path / "county2010.toml").write_text(
        FORM.replace(line, line.replace("level", "levels")), encoding="utf-8"
    )
    with pytest.raises(FormError) as caught:
        forms.load_folder(tmp_path)
    assert str(caught.value) == FAULT.strip()


def keys_of_addresses(connection: Connection) -> dict[str, int]:
    return {
        row.address: row.id for row in connection.execute(sa.text("SELECT address, id FROM cell_addresses"))
    }


def test_the_database_the_files_and_the_dictionary_know_it(folder: Path, engine: Engine) -> None:
    with engine.connect() as connection:
        before = keys_of_addresses(connection)
    url = engine.url.render_as_string(hide_password=False)
    stored, named, files, dictionary = run(STORING, folder, PAGE, url)
    told = {first_code(row[0]): row[1] for row in rows(section(TEXT, "How it reads"))}
    assert told.items() <= stored.items()
    units = {address: (unit, kind) for address, unit, kind, _ in named}
    assert units["consultations.in_person.total"] == ("人次", "int")
    assert units["consultations.pages.year"] == ("万次", "decimal")
    assert len(units) == 5 * 3 + 2 + 3
    with engine.connect() as connection:
        after = keys_of_addresses(connection)
    # Addresses that are there keep their keys; only new ones come.
    assert before.items() <= after.items() and after.keys() - before.keys() == units.keys()
    for language, row, column, unit in (
        ("zh", "（二）咨询电话接听数", "乡镇（街道）", "人次"),
        ("en", "by telephone", "townships", "人次"),
    ):
        address, label, head, printed = (
            names.columns("cells").index(name) for name in ("address", "row", "column", "unit")
        )
        heads = names.headers("cells", language)
        lines = {line[heads[address]]: line for line in files[language]}
        line = lines["consultations.by_telephone.townships"]
        assert (line[heads[label]], line[heads[head]], line[heads[printed]]) == (row, column, unit)
    assert "| `county2010` | a county's table of consultations | 2010 to 2013 | 17 |" in dictionary
    assert all(f"`{address}`" in dictionary for address in units)
    assert "in person + by telephone + online = all consultations" in dictionary
