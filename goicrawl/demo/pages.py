"""The pages around an article: head, banner, menu, head tables, the note on where the numbers come from."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterable
from datetime import date
from importlib import resources
from string import Template

from goicrawl.demo.figures import Figures
from goicrawl.demo.markup import escape

BANNER = "演示用复制站点，并非真实网站 · replica for demonstration, not the real site"
NOTICE_NOTE = (
    '<div class="replica-note">本页为演示而写，没有对应的真实文件。Written for the demonstration.</div>'
)

_SHELL = Template("""<!DOCTYPE html>
<html lang="zh-CN" style="--theme:$theme">
<head>
<meta charset="$charset">
<meta name="SiteName" content="$site_name">
<meta name="SiteDomain" content="$site_domain">
$site_code$column_meta$metas<title>$title</title>
<link rel="stylesheet" href="$style_path">
</head>
<body>
<div class="replica-banner">$banner</div>
<div class="top"><div class="wrap"><b>$site_name</b> <small>复制站 replica</small></div></div>
<div class="nav"><div class="wrap">$menu</div></div>
<div class="wrap"><div class="crumb">当前位置：<a href="/">首页</a>$crumb</div>
<div class="main">
$main
</div></div>
<div class="foot">$code_line演示站点 $site_domain<br>$foot</div>
</body>
</html>
""")

STYLE_PATH = "/style/portal.css"

_serial = itertools.count()


def counter(serial: int) -> int:
    """A view count: another number at every request, and in every run."""
    return int(time.time() * 10) % 1_000_000 + serial + next(_serial)


def style_sheet() -> bytes:
    """The style sheet that every page links."""
    return resources.files("goicrawl.demo").joinpath("portal.css").read_bytes()


def plain_text(html_text: str) -> str:
    """A link text without its tags."""
    return re.sub(r"<[^>]+>", "", html_text)


def shell(
    *,
    title: str,
    main: str,
    site_name: str,
    site_domain: str,
    site_code: str | None,
    column: str,
    menu: Iterable[tuple[str, str]],
    theme: str,
    charset: str,
    metas: str,
    foot: str,
) -> str:
    """A whole page around `main` (HTML); `menu` pairs link texts (HTML) with addresses."""
    code_meta = f'<meta name="SiteIDCode" content="{site_code}">\n' if site_code is not None else ""
    return _SHELL.substitute(
        title=escape(title),
        main=main,
        site_name=escape(site_name),
        site_domain=site_domain,
        site_code=code_meta,
        code_line="" if site_code is None else f"网站标识码：{site_code}&nbsp;&nbsp;",
        column_meta=f'<meta name="ColumnName" content="{escape(column)}">\n' if column else "",
        crumb=f" &gt; {escape(column)}" if column else "",
        menu="".join(f'<a href="{escape(path)}">{text}</a>' for text, path in menu),
        theme=theme,
        charset=charset,
        metas=metas,
        foot=foot,
        banner=escape(BANNER),
        style_path=STYLE_PATH,
    )


def article_metas(title: str, published_on: date, source: str) -> str:
    """The standard meta tags of an article."""
    return (
        f'<meta name="ArticleTitle" content="{escape(title)}">\n'
        f'<meta name="PubDate" content="{published_on.isoformat()} 09:30">\n'
        f'<meta name="ContentSource" content="{escape(source)}">\n'
    )


def notice_body(title: str) -> str:
    """The text of a page that is not a report."""
    return f"<p>这是演示站点为“{escape(title)}”准备的占位文字，没有实际内容。</p>"


def provenance_note(figures: Figures) -> str:
    """What is real about a replica report and what is not, for whoever opens it in a browser."""
    made_up = ["the sentences, the time of day, the counter and the site code", *figures.invented]
    sure = "real" if figures.provenance == "real" else "provenance not proved"
    return (
        f'<div class="replica-note"><b>演示说明 About this replica</b> — numbers: {sure}. '
        f"{escape(figures.source)} Made up for the demonstration: {escape('; '.join(made_up))}.</div>"
    )


def _fields(figures: Figures) -> list[tuple[str, str]]:
    """The head's labels and values: as the file gives them, else the body and the date."""
    fields = dict(figures.head)
    fields.setdefault("发布机构", figures.body)
    if "成文日期" not in fields and figures.written_on is not None:
        fields["成文日期"] = figures.written_on.isoformat()
    if "发布日期" not in fields and "文件编号" not in fields:
        fields["发布日期"] = figures.published_on.isoformat()
    return list(fields.items())


def _spaced(label: str, space: str) -> str:
    """Short labels are spread to the width of four characters, as portals print them."""
    return space.join(label) if len(label) <= 3 else label


def _inline(figures: Figures) -> str:
    """Label and value in one cell, three cells a row; 有 效 性 spread with spaces."""
    cells = [f"<td><b>{_spaced(label, '  ')}:</b> {escape(value)}</td>" for label, value in _fields(figures)]
    rows = "".join(f"<tr>{''.join(cells[at : at + 3])}</tr>" for at in range(0, len(cells), 3))
    return f'<table class="head">{rows}</table>'


def _pairs(figures: Figures) -> str:
    """A label cell and a value cell, twice a row, the short labels spread with ideographic spaces."""
    fields = [*_fields(figures), ("标题", figures.title)]
    cells = [
        f'<td class="th">{_spaced(label, "　")}：</td><td>{escape(value)}</td>' for label, value in fields
    ]
    rows = "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
    return f'<table class="head">{rows}</table>'


def _list(figures: Figures) -> str:
    """`li` with label and value in spans."""
    items = "".join(
        f'<li><span class="mes">{_spaced(label, "&nbsp;")}：</span><span>{escape(value)}</span></li>'
        for label, value in _fields(figures)
    )
    return f'<ul class="head">{items}</ul>'


def _definitions(figures: Figures) -> str:
    """dt and dd."""
    items = "".join(f"<dt>{label}：</dt><dd>{escape(value)}</dd>" for label, value in _fields(figures))
    return f'<dl class="head">{items}</dl>'


_HEAD_SHAPES: dict[str, Callable[[Figures], str]] = {
    "inline": _inline,
    "pairs": _pairs,
    "list": _list,
    "definitions": _definitions,
}


def head_table(figures: Figures, shape: str) -> str:
    """The metadata head in one of the shapes seen: inline, pairs, list, definitions; "" for none."""
    return "" if shape == "none" else _HEAD_SHAPES[shape](figures)
