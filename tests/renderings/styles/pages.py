"""How the page is built: nested layout tables, tables in cells, text in divs, titles and headings."""

from __future__ import annotations

import html
import re

from tests.renderings import flattening
from tests.renderings.model import Block, Cell, Draft, Para, Table
from tests.renderings.styles.registry import EVERY, MODERN, Phase, style


@style(Phase.PRINT, rank=3, groups="nesting", output="html")
def layout_tables(draft: Draft) -> None:
    """The whole page stands in layout tables, three deep."""

    def wrap(body: str) -> str:
        inner = f"<table><tr><td>&nbsp;</td><td class='content'>{body}</td></tr></table>"
        middle = f"<table width='960'><tr><td><img src='top.gif'></td></tr><tr><td>{inner}</td></tr></table>"
        return f"<table align='center'><tbody><tr><td>{middle}</td><td>相关链接</td></tr></tbody></table>"

    draft.options.setdefault("wraps", []).append(wrap)


@style(Phase.PRINT, rank=3, groups="nesting", output="html")
def tables_in_cells(draft: Draft) -> None:
    """Each data table stands in the only cell of another table."""

    draft.options["table_wrap"] = draft.rng.choice(
        (
            "<table class='box'><tr><td>{}</td></tr></table>\n",
            "<table class='box'><tbody><tr>\n<td align='center'>\n{}</td>\n</tr></tbody></table>\n",
            "<div style='overflow:auto'><table><tr><td></td></tr><tr><td>{}</td></tr></table></div>\n",
        )
    )


@style(Phase.PRINT, rank=3, groups="nesting", output="html", forms=MODERN)
def sections_in_rows(draft: Draft) -> None:
    """A layout table with a row for each section holds headings, prose and data tables."""

    def wrap(body: str) -> str:
        parts = re.split(r"(?=<h2>|<p><strong>[一二三四五六]、)", body)
        rows = "".join(f"<tr><td>{part}</td></tr>" for part in parts)
        return f"<table class='report'>{rows}</table>"

    draft.options.setdefault("wraps", []).append(wrap)


@style(Phase.PRINT, rank=0, groups="headings")
def plain_headings(draft: Draft) -> None:
    """Headings are plain or bold paragraphs."""
    draft.options["heading_as"] = draft.rng.choice(("p", "strong"))


@style(Phase.PLAN, groups="heading-words", forms=MODERN)
def heading_words(draft: Draft) -> None:
    """Section headings in other words, with a slip, or with other marks."""
    headings = list(draft.form.sections)
    headings[0] = draft.rng.choice((headings[0], "一、总体公开情况", "一．总体情况"))
    headings[3] = draft.rng.choice(
        (
            "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "四、政府信息公开行政法复议、行政诉讼情况",
            "四、政府信息公开行政复议行政诉讼情况",
            "四、政府信息公开行政复议、行政诉讼情况：",
        )
    )
    headings[4] = draft.rng.choice(("五、存在问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况"))
    draft.plan["headings"] = headings


@style(Phase.TABLE, rank=8, groups="heading-place", forms=MODERN)
def headings_in_tables(draft: Draft) -> None:
    """The heading of a section is the first row of its table."""
    for table in list(draft.tables()):
        at = next(i for i, block in enumerate(draft.blocks) if block is table)
        before = draft.blocks[at - 1]
        if isinstance(before, Para) and before.level == 2:
            width = max(sum(cell.colspan for cell in row) for row in table.rows)
            table.rows.insert(0, [Cell(before.text, "other", colspan=width)])
            table.header += 1 if table.header else 0
            del draft.blocks[at - 1]


@style(Phase.TABLE, rank=8, groups="heading-place", output="html")
def captions(draft: Draft) -> None:
    """Tables have a caption element, th cells, and thead, tbody, tfoot in any order."""
    draft.options["th_roles"] = draft.rng.choice(((), ("label", "group"), ("header", "corner"), ("value",)))
    for table in draft.tables():
        table.sections = draft.rng.choice(("", "tbody", "thead", "thead"))
        table.th = draft.rng.random() < 0.5
        table.caption = draft.rng.choice((None, "表一", "（单位：件）"))


@style(Phase.TABLE, rank=9, groups="heading-place cut", output="html")
def foot_first(draft: Draft) -> None:
    """The last row of a table is a tfoot that stands before the tbody in the source."""
    for table in draft.tables("requests", "statistics"):
        if table.header and all(cell.rowspan == 1 for cell in table.rows[-1]):
            table.sections = "tfoot"


@style(Phase.PAGE, groups="instructions", forms=MODERN)
def instructions(draft: Draft) -> None:
    """Words of the form's instructions stand before the tables."""
    words = draft.rng.choice(
        ("该部分以表格形式报告。表格如下：", "（单位：件）", "表格如下：", "单位：件 / 万元")
    )
    at = [i for i, block in enumerate(draft.blocks) if isinstance(block, Table)]
    for i in reversed(at):
        draft.blocks.insert(i, Para(words))


@style(Phase.PAGE, rank=2, groups="title")
def title_in_parts(draft: Draft) -> None:
    """The title runs over two paragraphs or a line break, and the page's own title has a suffix."""
    title = next(block for block in draft.blocks if isinstance(block, Para) and block.level == 1)
    at = title.text.find("政府信息公开", len(draft.figures.body))
    at = at if at > 0 else title.text.rfind("政府信息公开")
    left, right = title.text[:at], title.text[at:]
    if not left:
        return
    if draft.output == "text" or draft.rng.random() < 0.5:
        place = draft.blocks.index(title)
        draft.blocks[place : place + 1] = [Para(left), Para(right)]
    else:
        title.html = f"{html.escape(left)}<br/>{html.escape(right)}"
    draft.options["page_title"] = f"{draft.title}-政府信息公开年报-某某门户网站"


@style(Phase.PAGE, rank=5, groups="title", output="html")
def no_title_element(draft: Draft) -> None:
    """The title element holds the site's name only; the headline has the title."""
    draft.options["page_title"] = draft.rng.choice(("", "政府信息公开", "某某县人民政府门户网站"))


@style(Phase.PLAN, groups="period", forms=EVERY)
def period_words(draft: Draft) -> None:
    """The sentence on the period in other words, with lost characters or a slip."""
    draft.plan["period"] = draft.rng.choice(
        (
            "统计期限为{year}年1月1日至12月31日。",
            "本报告中所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。",
            "数据统计时间为{year}年1月1日－{year}年12月31日。",
            "所列数据的统计期限自{year}年11日至{year}年1231日。",
            "统计期限从{year}年1月1日起至20{year}年12月31日止。",
            "",
        )
    )


@style(Phase.PRINT, rank=6, groups="text wrapper columns ordinals", output="html")
def cells_as_paragraphs(draft: Draft) -> None:
    """The tables are lost: each cell is a paragraph, a div or a list item of its own."""
    tag = draft.rng.choice(("p", "div", "li", "span"))
    rows_kept = draft.rng.random() < 0.3
    blocks: list[Block] = []
    for block in draft.blocks:
        if not isinstance(block, Table):
            blocks.append(block)
            continue
        flattening.lose_blanks(draft, block)
        for row in block.rows:
            cells = [cell for cell in row if cell.text.strip()]
            if rows_kept:
                text = " ".join(cell.text.replace("\n", "") for cell in cells)
                blocks.append(Para(text))
                continue
            blocks += [Para(cell.text, html=cell.html) for cell in cells]
    draft.blocks = blocks

    def retag(page: str) -> str:
        body_tag = "div" if tag == "span" else tag
        return re.sub(r"<(/?)p>", rf"<\1{body_tag}>", page)

    draft.options.setdefault("rewrites", []).insert(0, retag)


@style(Phase.PRINT, rank=6, groups="text wrapper columns ordinals", output="html")
def preformatted(draft: Draft) -> None:
    """The tables are lines of a pre element, columns set apart by spaces."""
    blocks: list[Block] = []
    for block in draft.blocks:
        if isinstance(block, Table):
            flattening.lose_blanks(draft, block)
            lines = ["  ".join(flattening.flat(c) for c in row if c.text.strip()) for row in block.rows]
            text = "\n".join(lines)
            blocks.append(Para(text, html=f"<pre>{html.escape(text)}</pre>"))
        else:
            blocks.append(block)
    draft.blocks = blocks
