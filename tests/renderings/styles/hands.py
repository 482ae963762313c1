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


@style(Phase.PRINT, rank=1, groups="span-form", output="html")
def odd_span_attributes(draft: Draft) -> None:
    """Every cell has both spans, in other cases, without quotes, or with blanks inside the quotes."""
    draft.options["all_spans"] = draft.rng.random() < 0.7
    draft.options["span_form"] = draft.rng.choice(
        (" {}={}", " {}='{}'", ' {} = "{}"', ' {}=" {} "', ' {}="{}" width="99"')
    )


@style(Phase.PRINT, rank=1, groups="closing", output="html")
def self_closed(draft: Draft) -> None:
    """Empty cells are written <td/>, as XHTML has it."""
    draft.options["self_closed"] = True


@style(Phase.PRINT, rank=9, groups="entities", output="html")
def entities(draft: Draft) -> None:
    """Chinese characters and digits in tables are character references."""
    form = draft.rng.choice(("&#{};", "&#x{:x};"))
    digits = draft.rng.random() < 0.3

    def change(page: str) -> str:
        head, mark, body = page.partition("<body>")

        def refer(match: re.Match[str]) -> str:
            text = re.sub(r"[^\x00-\x7f]", lambda m: form.format(ord(m[0])), match[0])
            if digits and "&" not in match[0]:
                text = re.sub(
                    r"&#x?[0-9a-f]+;|\d",
                    lambda m: m[0] if m[0].startswith("&") else f"&#{ord(m[0])};",
                    text,
                )
            return text

        return head + mark + re.sub(r"(?<=>)[^<>]+(?=<)", refer, body)

    draft.options.setdefault("rewrites", []).append(change)


@style(Phase.PRINT, rank=9, groups="fragment nesting", output="html")
def fragment(draft: Draft) -> None:
    """Only the inside of the body: no html, head or body tag."""

    def inside(page: str) -> str:
        return re.split(r"</body>", re.split(r"<body>", page, flags=re.I)[-1], flags=re.I)[0]

    draft.options.setdefault("rewrites", []).append(inside)


@style(Phase.PRINT, rank=1, groups="nbsp", output="html")
def wide_blanks(draft: Draft) -> None:
    """Blanks in cells as &nbsp without its semicolon, as a number, or as the character itself."""
    draft.options["nbsp_as"] = draft.rng.choice(("\xa0", "&#160;", "&#xA0;", "&nbsp "))
    for cell in draft.cells("filler", "value"):
        if not cell.text and cell.html is None:
            cell.text = draft.rng.choice(("", "\xa0"))
