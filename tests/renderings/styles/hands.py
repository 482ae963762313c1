"""Whose hand wrote the markup: Word, an old editor, a careless template."""

from __future__ import annotations

import re

from tests.renderings.model import Draft
from tests.renderings.printing import upper_tags
from tests.renderings.styles.registry import Phase, style


@style(Phase.PRINT, rank=0, groups="wrapper", output="html")
def word_markup(draft: Draft) -> None:
    """Word's own HTML: mso styles, o:p, conditional comments, smart tags."""
    draft.options["cell_wrapper"] = "word"
    draft.options["cell_attributes"] = (
        ' style="border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt"'
    )
    draft.options["row_attributes"] = ' style="mso-yfti-irow:1;height:20.0pt"'
    draft.options["html_attributes"] = ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    draft.options["head_extra"] = (
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
        "<style><!-- p.MsoNormal{mso-style-parent:'';margin:0cm} --></style>"
    )

    def smart(page: str) -> str:
        return re.sub(
            r"(\d{4})年(\d{1,2})月(\d{1,2})日",
            r'<st1:chsdate w:st="on" Year="\1" Month="\2" Day="\3">\1年\2月\3日</st1:chsdate>',
            page,
        )

    draft.options.setdefault("rewrites", []).append(smart)


@style(Phase.PRINT, rank=0, groups="wrapper", output="html")
def paragraph_cells(draft: Draft) -> None:
    """Each cell holds a paragraph, a div or a font element."""
    draft.options["cell_wrapper"] = draft.rng.choice(("p", "div", "font"))


@style(Phase.PRINT, rank=8, groups="case", output="html")
def upper_case(draft: Draft) -> None:
    """Upper-case tags, unquoted attributes."""
    draft.options.setdefault("rewrites", []).append(upper_tags)


@style(Phase.PRINT, rank=7, groups="closing", output="html")
def unclosed(draft: Draft) -> None:
    """Closing tags of td, tr and p are left out, all or some."""
    share = draft.rng.choice((1.0, 0.5))
    rng = draft.rng

    def drop(page: str) -> str:
        return re.sub(r"</(td|th|tr|p|li)>", lambda m: "" if rng.random() < share else m[0], page)

    draft.options.setdefault("rewrites", []).append(drop)
