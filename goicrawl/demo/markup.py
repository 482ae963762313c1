"""Small HTML builders: escaping, and the markup that Word and old editors leave behind."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<(/?)([a-z][a-z0-9:]*)([^>]*)>")
_QUOTED = re.compile(r'="([A-Za-z0-9_-]+)"')


def escape(text: str) -> str:
    """Text as HTML, quotes included."""
    return html.escape(text, quote=True)


def word_cell(inner: str, spans: str) -> str:
    """A table cell as Word pastes it: a paragraph, the text split over spans, an <o:p> at the end."""
    if re.fullmatch(r"(&nbsp;)?[0-9.,]*", inner):
        text = f'<span lang="EN-US" style="font-size:10.5pt">{inner}<o:p></o:p></span>'
    else:
        middle = _middle(inner)
        text = (
            f'<span style="font-family:宋体">{inner[:middle]}</span>'
            f'<span style="font-family:宋体;mso-bidi-font-family:宋体">{inner[middle:]}<o:p></o:p></span>'
        )
    return (
        f'<td valign="top" style="border:solid windowtext 1.0pt;padding:0cm 5.4pt"{spans}>'
        f'<p class="MsoNormal" align="center" style="text-align:center">{text}</p></td>'
    )


def _middle(escaped: str) -> int:
    """Where to cut a text in two without cutting an entity."""
    middle = len(escaped) // 2
    entity = escaped.rfind("&", 0, middle)
    return entity if entity >= 0 and escaped.find(";", entity) >= middle else middle


def upper_case(source: str) -> str:
    """The same markup with upper-case tags and attributes without quotes where HTML allows it."""

    def change(match: re.Match[str]) -> str:
        attributes = _QUOTED.sub(r"=\1", match[3])
        return f"<{match[1]}{match[2].upper()}{attributes}>"

    return _TAG.sub(change, source)
