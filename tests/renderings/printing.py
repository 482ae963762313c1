"""Prints a draft as an HTML page, in the hand that `options` describes."""

from __future__ import annotations

import html
import re

from tests.renderings.model import Block, Cell, Draft, Para, Raw, Row, Table

NOISE = ("windowtext 1pt solid", "medium none", "5.4pt", "rgb(198,217,241)")


def page(draft: Draft) -> str:
    """The whole page, before it is encoded."""
    printer = Printer(draft)
    body = "".join(printer.block(block) for block in [*draft.head, *draft.blocks])
    for wrap in draft.options.get("wraps", ()):
        body = wrap(body)
    before = "".join(printer.block(block) for block in draft.options.get("before", ()))
    after = "".join(printer.block(block) for block in draft.options.get("after", ()))
    container = draft.options.get("container", '<div id="zoom" class="article-content">{}</div>')
    text = before + container.format(body) + after
    metas = "".join(
        f'<meta name="{html.escape(name)}" content="{html.escape(content)}"/>\n'
        for name, content in draft.meta_tags
    )
    charset = draft.options.get("charset_tag", '<meta charset="utf-8">')
    name = draft.options.get("page_title", draft.title)
    head = f"{charset}\n<title>{html.escape(name)}</title>\n{metas}{draft.options.get('head_extra', '')}"
    root = f"<html{draft.options.get('html_attributes', '')}>"
    out = f"<!DOCTYPE html>\n{root}\n<head>{head}</head>\n<body>\n{text}\n</body>\n</html>\n"
    for change in draft.options.get("rewrites", ()):
        out = change(out)
    return out


class Printer:
    """Prints blocks; every choice of hand comes from the draft's options."""

    def __init__(self, draft: Draft) -> None:
        self.rng = draft.rng
        self.options = draft.options
        self.wrapper = self.options.get("cell_wrapper", "plain")
        self.breaks = self.options.get("break_as", "br")

    def block(self, block: Block) -> str:
        if isinstance(block, Table):
            return self.table(block)
        if isinstance(block, Raw):
            return block.html + "\n"
        return self.paragraph(block)

    def paragraph(self, para: Para) -> str:
        inner = para.html if para.html is not None else self.escape(para.text)
        heading = self.options.get("heading_as", "h")
        if para.level is not None and heading == "h":
            return f"<h{para.level}>{inner}</h{para.level}>\n"
        if para.level is not None and heading == "strong":
            inner = f"<strong>{inner}</strong>"
        if self.wrapper == "word":
            inner = self.word_runs(inner)
            return (
                f'<p class="MsoNormal" style="text-indent:32.0pt;line-height:29.5pt">{inner}<o:p></o:p></p>\n'
            )
        return f"<p>{inner}</p>\n"

    def escape(self, text: str) -> str:
        out = html.escape(text, quote=False)
        nbsp = self.options.get("nbsp_as", "&nbsp;")
        return out.replace("\xa0", nbsp).replace("\n", "<br>")

    def word_runs(self, inner: str) -> str:
        return f'<span style="font-family:仿宋_GB2312;font-size:16.0pt" lang="EN-US">{inner}</span>'

    def table(self, table: Table) -> str:
        parts = [f"<table{self.options.get('table_attributes', table.attributes)}>\n"]
        if table.caption:
            parts.append(f"<caption>{self.escape(table.caption)}</caption>\n")
        if self.options.get("nested_groups") and table.id == "requests":
            table = nest_groups(self, table)
        rows = [self.row(table, at) for at in range(len(table.rows))]
        head, body = rows[: table.header], rows[table.header :]
        if table.sections == "tbody":
            parts.append(f"<tbody>\n{''.join(rows)}</tbody>\n")
        elif table.sections == "thead":
            parts.append(f"<thead>\n{''.join(head)}</thead>\n<tbody>\n{''.join(body)}</tbody>\n")
        elif table.sections == "tfoot":
            parts.append(f"<thead>\n{''.join(head)}</thead>\n<tfoot>\n{body[-1]}</tfoot>\n")
            parts.append(f"<tbody>\n{''.join(body[:-1])}</tbody>\n")
        else:
            parts += rows
        parts.append("</table>\n")
        wrap = self.options.get("table_wrap", "{}") if table.id != "unrelated" else "{}"
        return str(wrap.format("".join(parts)))

    def row(self, table: Table, at: int) -> str:
        attributes = self.options.get("row_attributes", "")
        cells = "".join(self.cell(cell, table.th and at < table.header) for cell in table.rows[at])
        return f"<tr{attributes}>{cells}</tr>\n"

    def cell(self, cell: Cell, head: bool) -> str:
        tag = "th" if head or (cell.role in self.options.get("th_roles", ())) else "td"
        spans = "".join(
            self.options.get("span_form", ' {}="{}"').format(name, value)
            for name, value in (("rowspan", cell.rowspan), ("colspan", cell.colspan))
            if value != 1 or self.options.get("all_spans")
        )
        if self.options.get("mark_addresses") and cell.address:
            spans += f' data-address="{cell.address}"'
        inner = self.inner(cell)
        if not inner and self.options.get("self_closed"):
            return f"<{tag}{spans}/>"
        return f"<{tag}{self.options.get('cell_attributes', '')}{spans}>{inner}</{tag}>"

    def inner(self, cell: Cell) -> str:
        marked = cell.html
        lines = [marked] if marked is not None else [self.escape(line) for line in cell.text.split("\n")]
        wrapper = self.wrapper
        if wrapper == "plain":
            joint = "</p><p>" if self.breaks == "p" else "<br>"
            text = joint.join(lines)
            return f"<p>{text}</p>" if self.breaks == "p" and len(lines) > 1 else text
        if self.breaks == "br":
            lines = ["<br/>".join(lines)]
        if wrapper == "div":
            return "".join(f"<div>{line}</div>" for line in lines)
        if wrapper == "p":
            return "".join(f'<p align="center">{line or "&nbsp;"}</p>' for line in lines)
        if wrapper == "font":
            return "".join(f'<p><font face="仿宋_GB2312" size="3">{line}</font></p>' for line in lines)
        return "".join(
            f'<p class="MsoNormal" align="center" style="text-align:center;mso-pagination:widow-orphan">'
            f"{self.word_runs(line)}<span lang=EN-US><o:p></o:p></span></p>"
            for line in lines
        )


def nest_groups(printer: Printer, table: Table) -> Table:
    """The rows of each group in a table of their own inside one cell beside the group's label."""
    rows: list[Row] = [[cell.copy() for cell in row] for row in table.rows]
    out: list[Row] = rows[: table.header]
    at = table.header
    while at < len(rows):
        row = rows[at]
        groups = [cell for cell in row if cell.role == "group"]
        inner = groups[-1] if groups and groups[-1].text.startswith(("（", "(")) else None
        if inner is None or inner.rowspan < 2:
            out.append(row)
            at += 1
            continue
        size = inner.rowspan
        place = next(i for i, cell in enumerate(row) if cell is inner)
        lines = [row[place + 1 :], *rows[at + 1 : at + size]]
        markup = "".join(
            "<tr>" + "".join(printer.cell(cell, False) for cell in line) + "</tr>" for line in lines
        )
        width = sum(cell.colspan for cell in lines[0])
        holder = Cell("", "other", colspan=width, html=f"<table>{markup}</table>")
        over = next((cell for cell in groups if cell is not inner), None)
        if over is not None:
            over.rowspan -= size - 1
        else:
            outer = next(c for line in reversed(out) for c in line if c.role == "group" and c.rowspan > 1)
            outer.rowspan -= size - 1
        out.append([*row[:place], inner.copy(rowspan=1), holder])
        at += size
    return Table(table.id, out, table.header, table.caption, table.sections, table.th)


def upper_tags(page_text: str) -> str:
    """Upper-case tags and attribute names, attributes unquoted where HTML allows it."""

    def tag(match: re.Match[str]) -> str:
        slash, name, rest = match.groups()
        rest = re.sub(r'([\w:-]+)="([\w%.-]+)"', lambda m: f"{m[1].upper()}={m[2]}", rest)
        return f"<{slash}{name.upper()}{rest}>"

    return re.sub(r"<(/?)([a-zA-Z][\w:]*)((?:\s[^<>]*)?)>", tag, page_text)
