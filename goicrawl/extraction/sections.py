"""The chapters of a report with their prose, tables left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from goicrawl import forms
from goicrawl.documents.document import Cell, Document, Grid
from goicrawl.extraction.free_headings import numbered_lines, run_in_headings
from goicrawl.extraction.report import Section
from goicrawl.extraction.section_headings import Heading, find_headings
from goicrawl.extraction.titles import title_in
from goicrawl.forms.labels import bare, squeeze

_CHROME = re.compile(
    r"^(?:[【\[（(]?\s*(?:打印|关闭|返回|分享|收藏|推荐|纠错|字体)[^。]{0,24}[】\])）]?"
    r"|(?:上|下)一[篇条则页]\s*[:：]?.{0,90}"
    r"|(?:相关(?:附件|链接|文章|阅读|文档|新闻|信息|稿件|解读)|友情链接|政府网站|部门网站|网站地图|网站声明|联系我们|关于我们|隐私声明|扫一扫|微信扫"
    r"|分享到|分享至|附件下载|责任编辑|返回顶部|回到顶部|您访问的链接|主办(?:单位)?\s*[:：]|主管(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|版权所有|网站标识码|建议使用)"
    r".{0,200})$"
)
_FOOT = re.compile(r"版权所有|ICP备|公网安备|网站标识码|[Cc]opyright|备案号[:：]|备案序号")
_TOOLBAR_BEHIND = re.compile(
    r"[\s\xa0\u3000](?:附件下载|相关附件|相关链接|关闭窗口|打印本页|【打印|【关闭|[上下]一篇|分享到|版权所有|主办单位)"
)
_LIST_ROW = re.compile(
    r"^(?P<title>.{4,80}?)[\s\[(（]*(?:(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?)?[\])）]*$"
)
_TABLE_WITHIN = re.compile(
    r"第二十条\s*第\s*[（(].{1,3}[）)]\s*项\s*信息内容|[（(]本列数据的勾稽关系|申请人情况\s*自然人"
    r"|行政复议\s+行政诉讼\s+结果|结果维持\s*结果纠正"
)
_FIRST_LINES = 200
_WITH_TABLE = frozenset({2, 3, 4})


def read_sections(document: Document, consumed: frozenset[int] = frozenset()) -> tuple[Section, ...]:
    """The chapters in order, each with its heading as printed and its prose.

    Where the headings are the official ones the chapters are those; an older report's free chapters
    (一、概述 ...) count where their numbers run on. `number` is the number printed where these run on, else
    that of the official heading.

    Args:
        consumed: indices of `document.blocks` that a table took; like grids they are no prose.
    """
    headings = find_headings(document, consumed)
    chosen = _official(headings)
    if [heading.printed for heading in chosen] != [1, 2, 3, 4, 5, 6]:
        # An older report has chapters of its own among headings that the official form took over.
        numbered = _free(headings)
        chosen = numbered if set(chosen) <= set(numbered) else chosen
    if not consumed:
        headings, chosen = _in_words(document, headings, chosen)
    if not chosen:
        return ()
    texts = _texts(document, chosen, consumed, _end_of_copy(headings, chosen))
    return tuple(
        Section(number, heading.text.strip().rstrip(":： "), text)
        for number, heading, text in zip(_numbers(chosen), chosen, texts, strict=True)
    )


def _in_words(
    document: Document, headings: list[Heading], chosen: list[Heading]
) -> tuple[list[Heading], list[Heading]]:
    """All headings and the chosen ones of a report in words, which may number its chapters in its own way."""
    run_in = run_in_headings(document)
    run = _free(run_in)
    blocks = {heading.block for heading in run}
    if len(run) > max(len(chosen), 2) and all(heading.block in blocks for heading in chosen):
        return run_in, run
    for level in (1, 2) if not chosen and _is_titled(document) else ():
        lines = numbered_lines(document, level)
        run = _free(lines, level)
        if len(run) >= 3 and _weight(run)[1] >= 2:
            return lines, run
    return headings, chosen


def _is_titled(document: Document) -> bool:
    """Whether a line is the title of a report: a guide or a notice is numbered （一）, （二） as well."""
    return any(title_in(paragraph.text) is not None for paragraph in document.paragraphs[:_FIRST_LINES])


def _numbers(chosen: Sequence[Heading]) -> list[int]:
    printed = [heading.printed for heading in chosen]
    run = [number for number in printed if number is not None]
    if len(run) == len(printed) and all(b == a + 1 for a, b in pairwise(run)):
        return run
    numbers: list[int] = []
    for heading in chosen:
        number = heading.official if heading.official is not None else heading.printed
        last = numbers[-1] if numbers else 0
        numbers.append(number if number is not None and number > last else last + 1)
    return numbers


def _official(headings: Sequence[Heading]) -> list[Heading]:
    """The best run of official headings, with the free ones that go on with its numbers; [] under three."""
    official = [heading for heading in headings if heading.official is not None]
    levels = {heading.level for heading in official}
    main = max(
        levels,
        key=lambda level: (len({h.official for h in official if h.level == level}), level == 0),
        default=None,
    )
    runs: list[list[Heading]] = []
    for heading in official:
        if heading.level not in (main, None):
            continue
        number = heading.official or 0
        if runs and (runs[-1][-1].official or 0) < number:
            runs[-1].append(heading)
        elif runs and heading.level is None and main is not None:
            continue
        else:
            runs.append([heading])
    best = max(runs, key=_weight, default=[])
    return _with_free(best, headings) if len(best) >= 3 else []


def _weight(run: Sequence[Heading]) -> tuple[int, int]:
    """Of two runs the one with more headings is the report, then the one with more text between them."""
    filled = sum(
        1
        for heading, following in pairwise(run)
        if following.block - heading.last_block > 1
        or (following.block == heading.block and following.start - heading.end > 3)
        or (following.block != heading.block and following.start > 3)
    )
    return len(run), filled


def _with_free(run: list[Heading], headings: Sequence[Heading]) -> list[Heading]:
    """The run, and the free headings that go on with its numbers where one is missing or behind the last."""
    free = [heading for heading in headings if heading.official is None and heading.level == 0]
    out: list[Heading] = []
    for place, heading in enumerate(run):
        out.append(heading)
        following = run[place + 1] if place + 1 < len(run) else None
        for other in free:
            before, number = out[-1], other.printed
            if number is None or before.printed is None or number != before.printed + 1 or number > 12:
                continue
            if before.level != 0 or (other.block, other.start) <= (before.block, before.start):
                continue
            if following is None or (
                (other.block, other.start) < (following.block, following.start)
                and following.printed is not None
                and following.printed > number
            ):
                out.append(other)
    return out


def _free(headings: Sequence[Heading], level: int = 0) -> list[Heading]:
    """The longest sequence 一、二、三、 of lines that may be headings; [] for fewer than two."""
    numbered = [heading for heading in headings if heading.level == level and heading.printed is not None]
    starts = [place for place, heading in enumerate(numbered) if heading.printed == 1][:20] or [0]
    best: list[Heading] = []
    for start in starts:
        run: list[Heading] = []
        for heading in numbered[start:]:
            if not run or heading.printed == (run[-1].printed or 0) + 1:
                run.append(heading)
        if len(run) >= 2 and (not best or _weight(run) > _weight(best)):
            best = run
    return best


def _end_of_copy(headings: Sequence[Heading], chosen: Sequence[Heading]) -> int | None:
    """Where the report is printed a second time: the block of its first heading there."""
    first, last = chosen[0], chosen[-1]
    for heading in headings:
        if heading.block > last.last_block and squeeze(heading.text) == squeeze(first.text):
            return heading.block
    return None


def _texts(
    document: Document, chosen: Sequence[Heading], consumed: frozenset[int], end: int | None
) -> list[str]:
    blocks = document.blocks
    limit = len(blocks) if end is None else end
    texts: list[str] = []
    for place, heading in enumerate(chosen):
        following = chosen[place + 1] if place + 1 < len(chosen) else None
        lines: list[str] = []
        last = following.block if following is not None else limit - 1
        for at in range(heading.last_block if heading.start == 0 else heading.block, last + 1):
            block = blocks[at]
            if isinstance(block, Grid):
                lines.extend(cell.text for cell in _prose_of(block, at, heading, following))
                continue
            text = block.text
            begin = heading.end if at == heading.block == heading.last_block else 0
            stop = following.start if following is not None and at == following.block else len(text)
            if at == heading.last_block and heading.last_block > heading.block:
                continue
            if begin > 0 or (at in consumed and len(text) > 200):
                if heading.official in _WITH_TABLE:
                    table = _TABLE_WITHIN.search(text, begin, stop)
                    stop = table.start() if table is not None else stop
                    if at in consumed and table is None:
                        continue
            elif at in consumed:
                continue
            part = text[begin:stop].strip(" \t\xa0\u3000:：\n") if begin > 0 or stop < len(text) else text
            if following is None:
                if at > heading.block and _is_chrome(part):
                    break
                part = _without_toolbar(part)
            if part != "" and not _is_caption(part):
                lines.append(part)
        texts.append("\n".join(lines))
    return texts


@cache
def _captions() -> frozenset[str]:
    return frozenset(
        bare(block.caption)
        for form in forms.load().values()
        for table in form.tables
        for block in table.blocks
        if block.caption is not None
    )


def _is_caption(line: str) -> bool:
    """Whether a line is a part of a form's table that was printed as a line: 第二十条第（一）项."""
    if len(line) > 60 or line[:1] not in "第（(":
        return False
    return bare(line) in _captions() or "数据的勾稽关系" in line


def _prose_of(grid: Grid, at: int, heading: Heading, following: Heading | None) -> list[Cell]:
    """Sentences that stand in a row of their own of a table that holds the report's headings too."""
    if at != heading.block and (following is None or at != following.block):
        return []
    rows = grid.rows
    texts = ["".join(cell.text.replace("\n", "") for cell in row) for row in rows]
    begin = next((r + 1 for r, text in enumerate(texts) if at == heading.block and text == heading.text), 0)
    stop = len(rows)
    if following is not None and at == following.block:
        stop = next((r for r, text in enumerate(texts) if text == following.text), len(rows))
    out: list[Cell] = []
    for row in rows[begin:stop]:
        filled = [cell for cell in row if cell.text != ""]
        if len(filled) == 1 and "。" in filled[0].text and len(filled[0].text) >= 20:
            out.append(filled[0])
    return out


def _without_toolbar(text: str) -> str:
    """A page on one line without the toolbar's words behind its last sentence."""
    found = _TOOLBAR_BEHIND.search(text)
    return text if found is None or "。" in text[found.start() :] else text[: found.start()].rstrip()


def _is_chrome(line: str) -> bool:
    """Whether a line behind the report's last sentence belongs to the page, not to the report."""
    if len(line) > 300:
        return False
    if _CHROME.match(line) is not None or (_FOOT.search(line) is not None and "。" not in line):
        return True
    row = _LIST_ROW.match(line)
    title = title_in(row["title"]) if row is not None else None
    return (
        title is not None and row is not None and squeeze(title) == squeeze(row["title"]) and len(line) > 12
    )
