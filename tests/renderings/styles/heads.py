"""The head of the page: title, numbers and dates of the document in the many shapes portals give them."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date

from tests.renderings.model import Cell, Draft, Para, Raw, Table
from tests.renderings.styles.registry import Phase, style

SYNONYMS = {
    "index_number": ("索引号", "索引号", "索 引 号"),
    "subject_category": ("主题分类", "信息分类", "分类"),
    "issuing_body": ("发布机构", "发文机关", "发文机构", "制发机关", "公开主体"),
    "document_number": ("文号", "文件编号", "发文字号", "公文字号"),
    "validity": ("有效性", "有\xa0\xa0效\xa0\xa0性", "效力状态", "是否有效"),
    "written_on": ("成文日期", "生成日期", "制发日期"),
    "published_on": ("发布日期", "发布时间", "公布日期"),
}
INDEX = (
    "13566001/{year}-00330",
    "014416330-{year}01-0007",
    "11370321004221441C/{year}-0012",
    "bgs01/{year}-00021",
)
SUBJECTS = ("综合政务", "政府信息公开", "综合政务/政务公开", "年度报告")
STYLES_OF_DATE: tuple[Callable[[date], str], ...] = (
    lambda day: day.isoformat(),
    lambda day: f"{day.year}年{day.month:02d}月{day.day:02d}日",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}.{day.month:02d}.{day.day:02d}",
    lambda day: f"{day.year}/{day.month:02d}/{day.day:02d}",
    lambda day: f"{day.isoformat()} 17:23",
    lambda day: f"{day.isoformat()} 10时25分",
)


def facts(draft: Draft) -> list[tuple[str, str, str]]:
    """(field, label, printed value) in the order of the page; what is true goes into `draft.metadata`."""
    rng = draft.rng
    written, published = draft.plan["dates"]
    year = draft.figures.report_year + 1
    body = draft.figures.body_short if draft.figures.body_short and rng.random() < 0.7 else draft.figures.body
    true: dict[str, object] = {
        "index_number": rng.choice(INDEX).format(year=year),
        "subject_category": rng.choice(SUBJECTS),
        "issuing_body": body,
        "document_number": rng.choice((None, None, f"县政办字〔{year}〕3号")),
        "validity": rng.choice(("有效", "有效", None)),
        "written_on": written,
        "published_on": published,
    }
    say = rng.choice(STYLES_OF_DATE)
    order = list(true)
    if rng.random() < 0.5:
        rng.shuffle(order)
    for name in rng.sample(order, rng.choice((0, 0, 1, 2))):
        order.remove(name)
    out = []
    for name in order:
        value = true[name]
        empty = rng.choice(("", "", "null")) if name != "document_number" else ""
        printed = empty if value is None else say(value) if isinstance(value, date) else str(value)
        draft.metadata[name] = value
        out.append((name, rng.choice(SYNONYMS[name]), printed))
    if draft.figures.region_code is not None:
        draft.meta_tags.append(("SiteIDCode", f"{draft.figures.region_code}0001"))
    return out


def colon(draft: Draft) -> str:
    return draft.rng.choice(("：", ":", "： "))


@style(Phase.PAGE, rank=9, groups="head", output="html")
def head_meta_tags(draft: Draft) -> None:
    """Meta tags only: PubDate, ArticleTitle, SiteName, ColumnName."""
    published = draft.plan["dates"][1]
    draft.metadata["published_on"] = published
    draft.meta_tags += [
        ("SiteName", "某某县人民政府"),
        ("ColumnName", "政府信息公开年报"),
        ("ColumnType", "政府信息公开"),
        ("ArticleTitle", draft.title),
        ("PubDate", f"{published.isoformat()} 09:43"),
        ("Keywords", "2009年;政府信息公开;年报"),
    ]


@style(Phase.PAGE, rank=9, groups="head")
def head_table(draft: Draft) -> None:
    """A table with label and value cells, two pairs a row."""
    mark = draft.rng.choice(("", "：", ":"))
    cells = [Cell(text, "other") for _, label, value in facts(draft) for text in (label + mark, value)]
    per_row = draft.rng.choice((2, 4, 4, 6))
    rows = [cells[i : i + per_row] for i in range(0, len(cells), per_row)]
    rows.append([Cell("名称" + mark, "other"), Cell(draft.title, "other", colspan=max(per_row - 1, 1))])
    draft.head.append(Table("unrelated", rows))


@style(Phase.PAGE, rank=9, groups="head", output="html")
def head_inline_table(draft: Draft) -> None:
    """A table whose cells hold label and value in one: <b>索引号：</b>X."""
    mark = colon(draft)
    bold = draft.rng.choice(("b", "strong", "span", "em"))
    cells = [
        f"<td><{bold}>{html.escape(label)}{mark}</{bold}>{html.escape(value)}</td>"
        for _, label, value in facts(draft)
    ]
    rows = "".join(f"<tr>{''.join(cells[i : i + 2])}</tr>" for i in range(0, len(cells), 2))
    draft.head.append(Raw(f'<table class="cm-table-fixed">{rows}</table>'))


@style(Phase.PAGE, rank=9, groups="head", output="html")
def head_list(draft: Draft) -> None:
    """A list of label and value: li, dl or div."""
    mark = colon(draft)
    shape = draft.rng.choice(
        (
            ("<ul class='clearfix'>{}</ul>", "<li>{label}{mark}{value}</li>"),
            (
                "<ul>{}</ul>",
                "<li><span class='tt'>{label}{mark}</span><span class='value'>{value}</span></li>",
            ),
            ("<dl>{}</dl>", "<dt>{label}{mark}</dt><dd>{value}</dd>"),
            (
                "<div class='table'>{}</div>",
                "<div class='table-tr'><div>{label}</div><div>{value}</div></div>",
            ),
            (
                "<div class='metadata'>{}</div>",
                "<div class='col-xs-12'><label>{label}{mark}</label>{value}</div>",
            ),
            ("<table>{}</table>", "<tr><th>{label}</th><td>{value}</td></tr>"),
        )
    )
    items = "".join(
        shape[1].format(label=html.escape(label), mark=mark, value=html.escape(value))
        for _, label, value in facts(draft)
    )
    draft.head.append(Raw(shape[0].format(items)))


@style(Phase.PAGE, rank=9, groups="head")
def head_lines(draft: Draft) -> None:
    """Lines of text, several facts on a line, empty ones too."""
    mark = draft.rng.choice(("：", ": "))
    parts = [f"{label}{mark}{value}" for _, label, value in facts(draft)]
    per_line = draft.rng.choice((1, 2, 3))
    gap = draft.rng.choice((" ", "\u3000", "  "))
    draft.head += [Para(gap.join(parts[i : i + per_line])) for i in range(0, len(parts), per_line)]


@style(Phase.PAGE, rank=8, groups="byline")
def byline(draft: Draft) -> None:
    """A line under the title: 来源, 发布时间, 浏览次数."""
    if draft.metadata:
        return
    published = draft.plan["dates"][1]
    words = draft.rng.choice(
        ("发布时间：{day} 09:43", "发布日期：{day}", "时间：{day} 16:13", "{day} 17时23分")
    )
    line = words.format(day=published.isoformat()) + draft.rng.choice(
        ("", " 浏览次数：372", " 来源：本站原创")
    )
    draft.blocks.insert(1, Para(line))
    draft.metadata["published_on"] = published


@style(Phase.PAGE, rank=1, groups="who")
def city_title(draft: Draft) -> None:
    """The title names the place, not the government: 宿迁市2023年政府信息公开工作年度报告."""
    body = draft.figures.body
    if body.endswith("人民政府") and draft.figures.region_code is not None:
        short = body.removesuffix("人民政府")
        title = next(b for b in draft.blocks if isinstance(b, Para) and b.level == 1)
        title.text = draft.title = draft.title.replace(body, short)


@style(Phase.PAGE, rank=1, groups="who")
def bodiless_title(draft: Draft) -> None:
    """The title names no body; the foot of the report does."""
    title = next(b for b in draft.blocks if isinstance(b, Para) and b.level == 1)
    title.text = draft.title = draft.title.replace(draft.figures.body, "")
