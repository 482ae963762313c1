"""Pages that reach us as text: pasted, kept by a tool, or written down as markdown."""

from __future__ import annotations

from tests.renderings.model import Draft
from tests.renderings.styles.registry import Phase, style


def as_text(draft: Draft, manner: str) -> None:
    draft.output = "text"
    draft.options["text_as"] = manner
    draft.options["media_type"] = "text/plain"


@style(Phase.PRINT, groups="text", output="text")
def text_lines(draft: Draft) -> None:
    """One cell a line; blank lines mean nothing."""
    as_text(draft, "lines")
    draft.options["blank_lines"] = draft.rng.random() < 0.6
    draft.options["line_end"] = draft.rng.choice(("\n", "\n", "\r\n"))


@style(Phase.PRINT, groups="text", output="text")
def text_spaces(draft: Draft) -> None:
    """One row a line, its cells run together with spaces."""
    as_text(draft, "spaces")
    draft.options["gap"] = draft.rng.choice((" ", "  ", "\xa0", "\u3000"))


@style(Phase.PRINT, groups="text", output="text")
def text_tabs(draft: Draft) -> None:
    """One row a line, cells set off by tabs, blanks kept."""
    as_text(draft, "tabs")


@style(Phase.PRINT, groups="text", output="text")
def text_one_line(draft: Draft) -> None:
    """The whole page on one line."""
    as_text(draft, "one_line")


@style(Phase.PRINT, groups="text", output="text")
def text_pipes(draft: Draft) -> None:
    """Markdown: headings with #, tables with pipes."""
    as_text(draft, "pipes")
    draft.options["media_type"] = draft.rng.choice(("text/markdown", "text/plain"))


@style(Phase.PRINT, groups="text", output="text")
def text_bars(draft: Draft) -> None:
    """Cells set off by box-drawing bars, with rules between the rows."""
    as_text(draft, "bars")


@style(Phase.PRINT, groups="text", output="text")
def text_columns(draft: Draft) -> None:
    """Columns padded with spaces to a common width."""
    as_text(draft, "columns")


@style(Phase.PRINT, groups="text zero", output="text")
def text_glued(draft: Draft) -> None:
    """The first figure of a row is glued to its label: （一）予以公开3 0 0."""
    as_text(draft, "glued")


@style(Phase.PRINT, groups="text", output="text", mutates=True)
def text_run_together(draft: Draft) -> None:
    """All cells of a row run together without anything between: （一）予以公开3000003."""
    as_text(draft, "together")
