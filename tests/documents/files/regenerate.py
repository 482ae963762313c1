"""Writes the files of this folder anew: `python -m tests.documents.files.regenerate`.

It needs LibreOffice (Writer and Calc), Chromium and the font WenQuanYi Zen Hei.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.documents.office import draft
from tests.renderings import printing

FOLDER = Path(__file__).parent
FIGURES, FORM = "invented_distinct_f2021", "f2021"
"""Every cell of these figures has another number, so that none can stand for another unnoticed."""
WRITER = ("HTML (StarWriter)", {"docx": "MS Word 2007 XML", "doc": "MS Word 97", "rtf": "Rich Text Format",
                                "pdf": "writer_pdf_Export"})  # fmt: skip
CALC = ("HTML (StarCalc)", {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97"})
STYLE = """<style>
body, td { font-family: "WenQuanYi Zen Hei" }
p, h1, h2 { font-size: 12pt }
td { border: 1px solid black; text-align: center; font-size: 12pt; padding: 3px }
table { border-collapse: collapse }
</style></head>"""


def office() -> str | None:
    """Where LibreOffice is, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def browser() -> str | None:
    """Where Chromium is, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def page(name: str, form: str, *, space: str = "") -> str:
    """A report with ruled tables as a web page; `space` stands before it and moves the page breaks."""
    html = printing.page(draft(name, form)).replace("</head>", STYLE)
    return html.replace("<body>", f"<body>{space}").replace("<table", '<table border="1" cellspacing="0"')


def lines(count: int) -> str:
    """So many lines of text: LibreOffice leaves out what is only empty."""
    return "<p style='margin:0; font-size:10pt'>本页开头的一行</p>" * count


def convert(source: Path, into: Path, target: str, program: tuple[str, dict[str, str]] | None = None) -> Path:
    """Have LibreOffice convert a file; `program` says how a web page is opened."""
    command = office()
    assert command is not None
    filters = WRITER[1] | CALC[1]
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                *(command, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"),
                *(() if program is None else (f"--infilter={program[0]}",)),
                *("--convert-to", f"{target}:{filters[target]}", "--outdir", str(into), str(source)),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return into / f"{source.stem}.{target}"


def print_page(source: Path, into: Path) -> Path:
    """Have Chromium print a web page."""
    command = browser()
    assert command is not None
    out = into / f"{source.stem}.pdf"
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                *(command, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
                *("--no-first-run", f"--user-data-dir={profile}", "--no-pdf-header-footer"),
                *(f"--print-to-pdf={out}", source.as_uri()),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return out


def main() -> None:
    """Write every file; the breaks of the pages are chosen to cut a row and a group of rows."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        source = work / "libreoffice.html"
        source.write_text(page(FIGURES, FORM, space=lines(8)), encoding="utf-8")
        for program in (WRITER, CALC):
            for target in program[1]:
                shutil.copy(convert(source, work, target, program), FOLDER)
        source = work / "chromium.html"
        source.write_text(
            page(FIGURES, FORM, space="<div style='height: 400px; margin-top: 400px'></div>"),
            encoding="utf-8",
        )
        shutil.copy(print_page(source, work), FOLDER)


if __name__ == "__main__":
    main()
