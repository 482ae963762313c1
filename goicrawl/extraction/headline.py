"""The title that a page prints over its report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from goicrawl.extraction.titles import find_name, read_title, title_in
from goicrawl.forms.labels import squeeze

_LONGEST_PART = 60
_RUN = 700
_YEAR_PART = re.compile(r"(?:(?:20\d\d|[二2][〇○◯Oo零0][^\s]{2})年?度?|年度?)")
_YEAR_AT_END = re.compile(r"^(?:20\d\d|[二2][〇○◯Oo零0].{2})年|(?:20\d\d|[二2][〇○◯Oo零0].{2})年?度?$")
_ORGAN_END = re.compile(
    r"(?:政府|局|委|委员会|办|办公室|厅|会|镇|乡|街道|办事处|中心|院|处|部|区|县|市|州|盟|旗|省)$"
)
_LAST_PART = re.compile(r"(?:公开)?(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:报[告吿]|年报)")
_NOT_IN_PART = re.compile(r"[。；;！!？?>＞《]|[:：].*[:：]")
_SITE = re.compile(r"_|\||\s-\s|--|——|-(?=[^-]{2,}$)")


class Line(NamedTuple):
    """A line of the head: its text, and its rank if it is a heading."""

    text: str
    level: int | None


class Headline(NamedTuple):
    """`title` is the page's; `others` are further titles of reports that stand in the head, in order."""

    title: str | None
    others: tuple[str, ...]


def find_title(
    lines: Sequence[Line],
    *,
    labelled: str | None,
    metas: Iterable[str],
    page_title: str | None,
    is_page: bool = True,
) -> Headline:
    """Choose the title: labelled 标题, then the ArticleTitle meta tag, then headings, lines, and <title>.

    The first of these that is the title of a report counts; a title that names neither year nor body only
    where there is no other. On a page of another kind the same order holds without that condition.

    Args:
        is_page: a site's name may stand above the title, so a body's name there is no part of it.
    """
    named = [text for text in (labelled, *metas) if text is not None and text != ""]
    known = [squeeze(text) for text in (*named, page_title) if text is not None]
    printed = _printed(lines, known, is_page=is_page)
    headings = [text for text, level in printed if level is not None and level <= 3]
    others = [text for text, level in printed if level is None or level > 3]
    of_page = title_in(page_title) if page_title is not None else None
    by_name = [title for text in named if (title := title_in(text)) is not None]
    by_place = [*headings, *others, *((of_page,) if of_page is not None else ())]
    told = [title for title in dict.fromkeys((*by_name, *by_place)) if read_title(title) != (None, None)]
    if told:
        chosen = _chosen(told, by_name, page_title)
        return Headline(chosen, tuple(title for title in told if title != chosen))
    for text in (*named, *by_place, *(line.text for line in lines if line.level == 1)):
        if text.strip() != "":
            return Headline(text.strip(), ())
    if page_title is not None:
        first = _SITE.split(page_title, maxsplit=1)[0].strip()
        return Headline(first if first != "" else page_title.strip() or None, ())
    return Headline(None, ())


def _chosen(told: Sequence[str], by_name: Sequence[str], page_title: str | None) -> str:
    """Of several titles the named one, the one that <title> begins with, the first with a year, the first."""
    if told[0] in by_name:
        return told[0]
    begins = squeeze(page_title) if page_title is not None else ""
    for title in told:
        if begins.startswith(squeeze(title)):
            return title
    return next((title for title in told if read_title(title).report_year is not None), told[0])


def _printed(lines: Sequence[Line], known: Sequence[str], *, is_page: bool) -> list[tuple[str, int | None]]:
    """The titles of reports among the lines, those that run over several lines put together."""
    found: list[tuple[str, int | None]] = []
    for at, (text, level) in enumerate(lines):
        if "报" not in text:
            continue
        if len(text) > 120:
            title = _in_run(text[:_RUN])
            if title is not None:
                found.append((title, None))
            continue
        title = title_in(text)
        if title is not None and read_title(title) != (None, None):
            joined = _with_lines_before(
                title, lines[max(0, at - 12) : at], known, sure=not is_page and read_title(title).body is None
            )
            found.append((joined or title, level))
        elif title is not None or _LAST_PART.fullmatch(squeeze(text)) is not None:
            joined = _with_lines_before(title or text, lines[max(0, at - 12) : at], known, sure=True)
            if joined is not None or title is not None:
                found.append((joined or title or text, level))
    return found


def _with_lines_before(last: str, before: Sequence[Line], known: Sequence[str], *, sure: bool) -> str | None:
    """The title whose last line is `last`; None where the lines before it are no part of it.

    Where another place of the page prints the title in full, that decides, and lines between the parts do
    not matter. Else `sure` says that `last` alone is no title, and only lines next to it can belong to it.
    """
    end = squeeze(last)
    for line in reversed(before):
        if len(line.text) <= _LONGEST_PART and line.text.strip() != "":
            whole = squeeze(line.text) + end
            if any(text.startswith(whole) for text in known):
                return line.text + last
    if not sure:
        return None
    parts: list[str] = []
    for line in reversed(before[-3:]):
        text = line.text.strip()
        if len(text) > _LONGEST_PART or _NOT_IN_PART.search(text) is not None or not _is_part(squeeze(text)):
            break
        parts.insert(0, text)
        if read_title("".join((*parts, last))).body is not None:
            break
    whole_title = "".join((*parts, last))
    return whole_title if parts and title_in(whole_title) is not None else None


def _is_part(text: str) -> bool:
    return (
        _YEAR_PART.fullmatch(text) is not None
        or _YEAR_AT_END.search(text) is not None
        or (_ORGAN_END.search(text) is not None and len(text) >= 3)
        or text.endswith(("政府信息", "政府信息公开", "政务公开", "政府信息公开工作"))
    )


def _in_run(text: str) -> str | None:
    """The title in a page flattened to one line: a word that names a report, with the words before it."""
    words = re.split(r"\s+|(?<=[:：])", text)
    for at, word in enumerate(words):
        if "报" not in word or find_name(squeeze(word)) is None:
            continue
        title = title_in(word)
        if title is None:
            continue
        if read_title(title) != (None, None) and read_title(title).body is not None:
            return title
        parts: list[str] = []
        for before in reversed(words[max(0, at - 4) : at]):
            if not _is_part(before) or before[-1:] in ":：":
                break
            parts.insert(0, before)
        whole = " ".join((*parts, title)) if parts else title
        if read_title(whole) != (None, None):
            return whole
    return None
