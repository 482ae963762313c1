"""Reports to check, from figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from goicrawl.extraction.report import Answer, Report, Source

Figure = int | Decimal | str | None


def answer(figure: Figure) -> Answer:
    """A printed cell: a number, None for a blank, a stroke or words."""
    if figure is None:
        return Answer("", "blank")
    if isinstance(figure, str):
        return Answer(figure, "slash" if figure == "/" else "text")
    return Answer(str(figure), "number", figure)


def report(cells: Mapping[str, Figure] | None = None, **fields: Any) -> Report:
    """A complete report; of the 2021 form where nothing else is said."""
    values: dict[str, Any] = {"form": "f2021", "report_year": 2021} | fields
    answers = {address: answer(figure) for address, figure in (cells or {}).items()}
    return Report(Source("0" * 64), "complete", cells=answers, **values)


def from_truth(path: Path, **fields: Any) -> Report:
    """The report that a truth file of the corpus tells of."""
    truth = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    told = {"form": truth["form"], "report_year": truth["report_year"], "issuing_body": truth["issuing_body"]}
    return report(truth["cells"], **(told | fields))
