"""What stands around the report: other tables with figures, navigation, copies that are not shown."""

from __future__ import annotations

from tests.renderings.model import Block, Cell, Draft, Para, Raw, Table
from tests.renderings.printing import Printer
from tests.renderings.styles.registry import EVERY, MODERN, Phase, style


def simple_table(lines: list[list[str]], header: int = 1) -> Table:
    rows = [[Cell(text, "other") for text in line] for line in lines]
    return Table("unrelated", rows, header=header)


def put(draft: Draft, blocks: list[Block], *, where: str = "any") -> None:
    """Put blocks before the report, behind it, or between two of its blocks."""
    place = draft.rng.choice(("before", "after", "between")) if where == "any" else where
    if place == "between":
        headings = [i for i, b in enumerate(draft.blocks) if isinstance(b, Para) and b.level == 2]
        at = draft.rng.choice(headings[1:])
        draft.blocks[at:at] = blocks
    else:
        draft.options.setdefault(place, []).extend(blocks)


@style(Phase.PAGE, groups="contact")
def contact_table(draft: Draft) -> None:
    """A table of contacts with telephone numbers and postcodes."""
    lines = [
        ["受理机构", "政府信息公开办公室", "联系电话", "0314-6862011"],
        ["办公地址", "民族街128号", "邮政编码", "067600"],
        ["办公时间", "8:30-12:00 14:30-18:00", "传真", "0314-6862012"],
    ]
    put(draft, [simple_table(lines, header=0)])


@style(Phase.PAGE, groups="fees")
def fee_table(draft: Draft) -> None:
    """A table of fees with figures whose labels look like those of the form."""
    lines = [
        ["收费项目", "收费标准（元）", "本年收费金额（元）"],
        ["1.信息处理费", "10", "400"],
        ["2.邮寄费", "20", "60"],
        ["3.其他", "5", "35"],
        ["总计", "", "495"],
    ]
    put(draft, [Para("信息处理费收取情况表"), simple_table(lines)])


@style(Phase.PAGE, groups="departments", forms=MODERN)
def department_table(draft: Draft) -> None:
    """A table of the departments' requests: 单位, 本年新收, 上年结转, 予以公开, 总计."""
    heads = ["单位", "本年新收", "上年结转", "予以公开", "部分公开", "不予公开", "其他处理", "总计"]
    lines = [heads]
    names = ("县公安局", "县自然资源局", "县住房和城乡建设局", "县农业农村局", "其他", "合计")
    lines += [[name, *(str(draft.rng.randint(0, 40)) for _ in heads[1:])] for name in names]
    put(draft, [Para("各部门办理政府信息公开申请情况"), simple_table(lines)])


@style(Phase.PAGE, groups="comparison", forms=MODERN)
def comparison_table(draft: Draft) -> None:
    """A table sets this year's figures beside last year's under the form's own row labels."""
    year = draft.figures.report_year
    lines = [["项目", f"{year - 1}年", f"{year}年", "同比"]]
    labels = (
        "本年新收政府信息公开申请数量",
        "上年结转政府信息公开申请数量",
        "予以公开",
        "部分公开",
        "本机关不掌握相关政府信息",
        "结转下年度继续办理",
    )
    lines += [
        [label, str(draft.rng.randint(1, 90)), str(draft.rng.randint(1, 90)), "-3.5%"] for label in labels
    ]
    put(draft, [Para("近两年政府信息公开申请情况对比表"), simple_table(lines)])


@style(Phase.PAGE, groups="last-year", forms=MODERN, output="html")
def last_year_disclosure(draft: Draft) -> None:
    """A table sets 规章, 行政许可, 行政处罚 of three years side by side."""
    year = draft.figures.report_year
    lines = [["信息内容", f"{year - 2}年", f"{year - 1}年", f"{year}年"]]
    labels = ("规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费")
    lines += [[label, *(str(draft.rng.randint(10, 900)) for _ in range(3))] for label in labels]
    put(draft, [Para("近三年主动公开情况"), simple_table(lines)])


@style(Phase.PAGE, groups="visits", forms=EVERY)
def visits_table(draft: Draft) -> None:
    """The website's own annual statistics: visits, items, 依申请公开."""
    lines = [
        ["网站名称", "政府门户网站", "网站标识码", "1308270001"],
        ["独立用户访问总量（单位：个）", "218640", "网站总访问量（单位：次）", "1724301"],
        ["信息发布总数（单位：条）", "4188", "政务动态信息更新量", "2043"],
        ["留言办理 收到留言数量", "162", "办结留言数量", "160"],
        ["主动公开信息数", "4188", "依申请公开数", "12"],
    ]
    put(
        draft,
        [Para("政府网站工作年度报表"), simple_table(lines, header=0)],
        where=draft.rng.choice(("before", "after")),
    )


@style(Phase.PAGE, groups="list")
def other_reports(draft: Draft) -> None:
    """Links to other reports of other bodies and years stand beside the text."""
    year = draft.figures.report_year
    lines = [
        f"某某镇人民政府{year - n}年政府信息公开工作年度报告 {year - n + 1}-01-{10 + n}" for n in range(1, 6)
    ]
    items = "".join(f'<li><a href="./t{n}.html">{line}</a></li>' for n, line in enumerate(lines))
    put(draft, [Raw(f"<ul>{items}</ul>", "\n".join(lines))], where="after")


@style(Phase.PAGE, groups="toolbar")
def toolbar(draft: Draft) -> None:
    """Breadcrumbs, share buttons and a view counter stand above the text, a footer below."""
    put(
        draft,
        [
            Para("当前位置： 首页 > 政务公开 > 政府信息公开年报"),
            Raw("<div><span>微信</span> <span>微博</span> 【字体：大 中 小】 浏览次数：<em>1024</em></div>",
                "微信 微博 【字体：大 中 小】 浏览次数：1024"),
        ],
        where="before",
    )  # fmt: skip
    put(
        draft,
        [Para("主办：某某县人民政府办公室 备案号：冀ICP备05012345号 网站标识码：1308270001")],
        where="after",
    )


@style(Phase.PAGE, groups="contents", forms=MODERN)
def contents(draft: Draft) -> None:
    """A list of contents repeats the headings before the text."""
    lines: list[Block] = [Para("目  录")]
    lines += [Para(f"{heading}{'…' * 12}{page}") for page, heading in enumerate(draft.form.sections, 1)]
    draft.blocks[1:1] = lines


@style(Phase.PAGE, groups="prose", forms=MODERN)
def echoing_prose(draft: Draft) -> None:
    """The overview repeats the labels of the tables with other figures."""
    at = next(i for i, b in enumerate(draft.blocks) if isinstance(b, Para) and b.level == 2) + 1
    draft.blocks[at:at] = [
        Para("（一）主动公开。我局现行有效件数如下：规章 9 件，行政规范性文件 31 件，行政许可 77 件。"),
        Para("（二）依申请公开。本年新收政府信息公开申请数量 58 件，上年结转政府信息公开申请数量 6 件。"),
        Para("（三）办理结果。（一）予以公开 21 件，（二）部分公开 8 件；3.其他 2 件；（七）总计 61 件。"),
        Para("1.属于国家秘密"),
        Para("2019年 36"),
    ]


@style(Phase.PAGE, groups="signature")
def form_foot(draft: Draft) -> None:
    """The last table ends with the foot of the form: 单位负责人, 填报人, 联系电话."""
    table = list(draft.tables())[-1]
    foot = ("单位负责人：张三", "审核人：李四", "填报人：王五", "联系电话：6861234", "填报日期：1月20日")
    table.rows.append([Cell(text, "other") for text in foot])


def copy_of(draft: Draft, *, value: str) -> str:
    """The form's tables as markup, every figure replaced."""
    printer = Printer(draft)
    out = []
    for table in draft.tables():
        rows = [
            [cell.copy(text=value, html=None) if cell.role == "value" else cell.copy() for cell in row]
            for row in table.rows
        ]
        out.append(printer.table(Table(table.id, rows, header=table.header)))
    return "".join(out)


@style(Phase.PRINT, rank=5, groups="copies", output="html")
def hidden_copy(draft: Draft) -> None:
    """The empty form, or one full of other figures, is on the page but not shown."""
    other = copy_of(draft, value=draft.rng.choice(("0", "", "88")))
    wrap = draft.rng.choice(
        (
            '<div style="display:none">{}</div>',
            '<div style="DISPLAY: none; color: red">{}</div>',
            "<!-- {} -->",
            "<div hidden>{}</div>",
            "<template>{}</template>",
            '<script type="text/html">{}</script>',
            '<textarea style="display:none">{}</textarea>',
            "<noscript>{}</noscript>",
        )
    )
    put(draft, [Raw(wrap.format(other))], where=draft.rng.choice(("before", "after")))


@style(Phase.PRINT, rank=5, groups="copies", output="html")
def printed_twice(draft: Draft) -> None:
    """The whole report is on the page twice, for the screen and for the telephone."""
    draft.options["after"] = [
        Raw(f'<div class="mobile">{"".join(Printer(draft).block(block) for block in draft.blocks)}</div>'),
        *draft.options.get("after", ()),
    ]


@style(Phase.PRINT, rank=5, groups="copies", output="html", mutates=True)
def copy_hidden_by_class(draft: Draft) -> None:
    """A form full of other figures is hidden by a style sheet; who does not read it may refuse."""
    draft.options["head_extra"] = draft.options.get("head_extra", "") + "<style>.gone{display:none}</style>"
    put(draft, [Raw(f'<div class="gone">{copy_of(draft, value="88")}</div>')], where="before")
    draft.refuse(list(draft.expected))


@style(Phase.PRINT, rank=5, groups="copies", output="html", mutates=True)
def printed_twice_differing(draft: Draft) -> None:
    """The tables are printed twice and some figures differ; nobody can say which are meant."""
    first = [block for block in draft.blocks if isinstance(block, Table)]
    second = [
        Table(table.id, [[cell.copy() for cell in row] for row in table.rows], table.header)
        for table in first
    ]
    cells = [
        c for t in second for row in t.rows for c in row if c.role == "value" and c.address in draft.expected
    ]
    for cell in draft.rng.sample(cells, min(len(cells), 6)):
        cell.text, cell.html = str(draft.rng.randint(20000, 90000)), None
    draft.refuse(list(draft.expected), "the tables are printed twice with different figures")
    draft.blocks += [Para("附表："), *second]
