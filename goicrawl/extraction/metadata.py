"""The head of a page: the facts that a portal prints around the title, in whatever markup.

The words of the labels are in head_labels.toml. What is printed goes before meta tags, and what is printed
but cannot be read is never replaced by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from goicrawl.documents.document import Document, Grid, Paragraph
from goicrawl.extraction.dates import read_date
from goicrawl.extraction.head_labels import WEAK, Pair, clean, field_of, pairs_in
from goicrawl.extraction.headline import Line, find_title
from goicrawl.extraction.report import Metadata
from goicrawl.extraction.titles import title_in

_LONGEST_ZONE = 1200
_LARGEST_HEAD = 100
_CORE = frozenset({"index_number", "issuing_body", "document_number", "written_on", "validity"})
_FIRST_HEADING = re.compile(
    r"^\s*(?:[一二三四五六][、.．，]|[（(]一[)）]|第[一1]部分|[一1][.、．]?\s*总体情况)"
)
_BODY_BEGINS = re.compile(r"(?:一、|[（(]一[）)]|(?:根据|按照|依据)(?:《|《?中华|新?修订)|统计期限)")
_BARE_DATE = re.compile(
    r"^(?:(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?)(?:[\sT]*\d{1,2}[:：时]\d{1,2}分?(?:[:：]?\d{1,2}秒?)?)?"
    r"[\s\xa0\u3000]*(?P<rest>.*)$"
)
_BESIDE_DATE = re.compile(
    r"^(?:$|[【\[|｜]|浏览|来源|阅读|点击|作者|字体|字号|分享|打印|编辑|访问|发布|稿源|信息来源|关闭|收藏|大|人气|次数)"
)
_BODY_TIMES = re.compile(r"\d{1,2}[:：时]\d{2}")
_DATE_FIRST = re.compile(r"^[\s(（\[]*[12二一\d]")
_NOT_A_BODY = re.compile(r"[。；;！？?《》]|^\d|https?:|报告$|浏览|点击|本站原创")
_METAS_OF_DATE = ("pubdate", "publishdate", "publish_date", "publicationdate", "firstpublishedtime")
_METAS_OF_TITLE = ("articletitle", "article_title", "og:title")
_LENGTHS = {
    "index_number": 60,
    "subject_category": 60,
    "issuing_body": 60,
    "document_number": 60,
    "validity": 20,
}
_NOT_VALUES = frozenset({"搜索", "查询", "检索", "重置", "提交", "请选择", "全部", "至", "返回"})


@dataclass(frozen=True, slots=True)
class PageHead:
    """What stands above the report, and what the page's meta tags say of it."""

    metadata: Metadata
    title: str | None
    site_code: str | None
    """SiteIDCode as printed: ten digits whose first six are a division's code; ministries' begin with bm."""
    code_in_foot: str | None = None
    """网站标识码 as the foot of the page prints it."""
    site_name: str | None = None
    site_domain: str | None = None
    column: str | None = None
    source: str | None = None
    """来源: where the page was taken from, often another body than the report's."""
    titles: tuple[str, ...] = ()
    """Further titles of reports among the lines, in order."""
    lines: tuple[str, ...] = ()
    """The lines before the first section that are neither labels nor values."""


def read_head(document: Document) -> PageHead:
    """Read the head of a page: labels with their values, title, byline and meta tags. Never raises."""
    reader = _Reader()
    for block in document.blocks[:_LONGEST_ZONE]:
        if isinstance(block, Grid):
            reader.grid(block)
        elif _FIRST_HEADING.match(block.text) is not None and field_of(block.text) is None:
            break
        else:
            reader.line(block)
    metas = _first_of_each(document.meta)
    facts = reader.facts()
    title_metas = [metas[name] for name in _METAS_OF_TITLE if name in metas]
    headline = find_title(
        reader.free,
        labelled=facts.get("title"),
        metas=title_metas,
        page_title=document.title,
        is_page=document.media_type in ("text/html", "text/plain"),
    )
    return PageHead(
        metadata=Metadata(
            index_number=facts.get("index_number"),
            subject_category=facts.get("subject_category"),
            issuing_body=facts.get("issuing_body"),
            document_number=facts.get("document_number"),
            validity=facts.get("validity"),
            written_on=read_date(facts.get("written_on")),
            published_on=_published_on(reader, facts, metas),
        ),
        title=headline.title,
        site_code=clean(metas.get("siteidcode", "")) or facts.get("site_code"),
        code_in_foot=_code_in_foot(document),
        site_name=clean(metas.get("sitename", "")) or None,
        site_domain=clean(metas.get("sitedomain", "")) or None,
        column=clean(metas.get("columnname", "")) or None,
        source=facts.get("source") or clean(metas.get("contentsource", "")) or None,
        titles=headline.others,
        lines=tuple(line.text for line in reader.free),
    )


def _first_of_each(metas: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The first value of each name that is not empty."""
    found: dict[str, str] = {}
    for name, value in metas:
        if value != "":
            found.setdefault(name, value)
    return found


def _published_on(reader: _Reader, facts: dict[str, str], metas: dict[str, str]) -> date | None:
    for field in ("published_on", WEAK + "published_on"):
        if field in facts:
            return read_date(facts[field])
    if reader.byline is not None:
        return reader.byline
    for name in _METAS_OF_DATE:
        if name in metas:
            return read_date(metas[name][:40])
    return None


def _code_in_foot(document: Document) -> str | None:
    """网站标识码 as the foot of the page prints it."""
    for block in document.blocks[-40:]:
        if isinstance(block, Paragraph) and "标识码" in block.text and len(block.text) < 2000:
            match = re.search(r"标识码\s*[:：]?\s*([a-zA-Z]{0,2}\d{8,10})(?!\d)", block.text)
            if match is not None:
                return match[1]
    return None


class _Reader:
    """Collects labels and values block by block; `free` are the lines that are neither."""

    def __init__(self) -> None:
        self.found: list[tuple[Pair, int]] = []
        self.free: list[Line] = []
        self.byline: date | None = None
        self._waiting: tuple[str, bool] | None = None
        self._at = 0
        self._title_at: int | None = None

    def line(self, block: Paragraph) -> None:
        """One line of text: labels with values, a value for the label before it, or neither."""
        self._at += 1
        text = block.text
        waiting, self._waiting = self._waiting, None
        if waiting is None and len(text) <= 200 and _says_nothing(text):
            self.free.append(Line(text, block.level))
            return
        if len(text) > 200:
            begins = _BODY_BEGINS.search(text)
            text = text[: begins.start() if begins is not None else 200]
            self.free.append(Line(block.text, block.level))
            pairs = pairs_in(text, one_word=True)
            self._take(pair for pair in pairs if _may_be(pair.field, pair.value, on_its_own_line=True))
            return
        label = field_of(text)
        if label is not None:
            self._waiting = label
            return
        pairs = pairs_in(text)
        if pairs:
            self._take(pairs)
            self._bare_date(text)
            last = pairs[-1]
            if last.value == "" and len(pairs) == 1:
                self._waiting = (last.field, last.marked)
            for part in (text[: pairs[0].start], *(pair.value for pair in pairs)):
                self._remember_title(part, block.level, only_if_title=True)
            return
        if waiting is not None:
            value = clean(text)
            if _may_be(waiting[0], value, on_its_own_line=True):
                self.found.append((Pair(waiting[0], value, waiting[1]), self._at))
                if waiting[0] != "title":
                    return
        self._bare_date(text)
        self._remember_title(text, block.level, only_if_title=False)

    def grid(self, grid: Grid) -> None:
        """A table: label and value in one cell, in two cells, or labels above values."""
        self._at += 1
        self._waiting = None
        if len(grid.cells) > _LARGEST_HEAD:
            return
        pairs: list[Pair] = []
        for row in grid.rows:
            label: tuple[str, bool] | None = None
            for cell in row:
                text = cell.text
                named = field_of(text)
                inside = pairs_in(text) if named is None and 2 < len(text) <= 300 else []
                if label is not None:
                    is_value = named is None and not (inside and inside[0].marked and inside[0].start == 0)
                    pairs.append(Pair(label[0], clean(text) if is_value else "", label[1]))
                    inside = [] if is_value else inside
                label = named
                pairs.extend(inside)
            if label is not None:
                pairs.append(Pair(label[0], "", label[1]))
        pairs = _labels_above(grid) or pairs
        if len({pair.field for pair in pairs}) >= 2 or any(pair.marked for pair in pairs):
            self._take(pairs)

    def facts(self) -> dict[str, str]:
        """The first value of each field that can be one, first choices before second ones."""
        core = [at for pair, at in self.found if pair.field in _CORE]
        out: dict[str, str] = {}
        for pair, at in self.found:
            if pair.field in out or pair.value == "" or not _may_be(pair.field, pair.value):
                continue
            if not pair.marked and sum(1 for place in core if abs(place - at) <= 12) < 2:
                continue
            out[pair.field] = pair.value
        for field in ("subject_category", "issuing_body"):
            if field not in out and WEAK + field in out:
                out[field] = out[WEAK + field]
        return out

    def _take(self, pairs: Iterable[Pair]) -> None:
        self.found.extend((pair, self._at) for pair in pairs)

    def _remember_title(self, text: str, level: int | None, *, only_if_title: bool) -> None:
        is_title = title_in(text) is not None
        if is_title:
            self._title_at = self._at
        if is_title or not only_if_title:
            self.free.append(Line(text, level))

    def _bare_date(self, text: str) -> None:
        """A line under the title that begins with the date and says no more than a byline does."""
        if self.byline is not None or len(text) > 150 or text[:1] not in "12":
            return
        match = _BARE_DATE.match(text)
        if match is None or _BESIDE_DATE.match(match["rest"]) is None:
            return
        under_title = self._title_at is not None and self._at - self._title_at <= 4
        if (
            under_title
            or (match["rest"] != "" and self._title_at is None)
            or _BODY_TIMES.search(text) is not None
        ):
            self.byline = read_date(text)


@lru_cache(maxsize=8192)
def _says_nothing(text: str) -> bool:
    """Whether a line is neither label nor title nor date. The lines of a menu are asked for on every page."""
    return text[:1] not in "12" and field_of(text) is None and pairs_in(text) == [] and title_in(text) is None


def _labels_above(grid: Grid) -> list[Pair]:
    """The pairs of a table of two rows, labels above values; [] where it is none."""
    if grid.height != 2:
        return []
    upper, lower = grid.rows
    labels = [field_of(cell.text) for cell in upper]
    if len(upper) != len(lower) or None in labels or any(field_of(cell.text) is not None for cell in lower):
        return []
    if not any(label is not None and label[0] in _CORE for label in labels):
        return []
    return [
        Pair(label[0], clean(cell.text), label[1])
        for label, cell in zip(labels, lower, strict=True)
        if label is not None
    ]


def _may_be(field: str, value: str, *, on_its_own_line: bool = False) -> bool:
    """Whether a printed text can be the value of a field; stricter where only its place says it is one."""
    field = field.removeprefix(WEAK)
    if value == "" or value in _NOT_VALUES:
        return False
    if field.endswith("_on"):
        if on_its_own_line:
            return len(value) <= 40 and _DATE_FIRST.match(value) is not None and read_date(value) is not None
        return _DATE_FIRST.match(value) is not None
    longest = _LENGTHS.get(field)
    if longest is not None and len(value) > longest:
        return False
    if field == "issuing_body":
        return _NOT_A_BODY.search(value) is None
    if field == "index_number":
        return any(sign.isdigit() for sign in value)
    if not on_its_own_line or field == "title":
        return True
    if field == "document_number":
        return any(sign.isdigit() for sign in value) and title_in(value) is None
    return field in _LENGTHS and title_in(value) is None and "。" not in value
