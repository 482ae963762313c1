"""How row labels and column heads are worded: numbering, slips, short forms, marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goicrawl.forms import Row
from tests.renderings.model import Draft
from tests.renderings.styles.distance import apart
from tests.renderings.styles.registry import EVERY, Phase, style

LEVEL_2 = re.compile(r"^(\d+)\.")
NUMBERED = re.compile(r"^(其中：)?(\d+\.|（[一二三四五六七八九]）|[一二三四五六七八九]、)")
SLIPS = "的及和与公开政府信息申请处理机关行本其他数"
TURNING = "不非未无否上下前后去明党内外减增免"
"""A slip in one of these makes another label of it."""
SHORT = {
    "requests.denied_prohibited_by_law": "2.法律行政法规禁止公开",
    "requests.denied_security_and_stability": "3.三安全一稳定",
    "requests.denied_third_party_rights": "4.第三方合法权益",
    "requests.unable_not_held": "1.本机关不掌握",
    "requests.unable_needs_creation": "2.需要另行制作",
    "requests.unable_still_unclear": "3.补正后仍不明确",
    "requests.not_processed_petition": "1.信访举报投诉类",
    "requests.not_processed_reconfirmation": "5.要求确认或重新出具已获取信息",
    "requests.newly_received": "一、本年新收申请数量",
    "requests.carried_over_in": "二、上年结转申请数量",
}


def rows(draft: Draft) -> Iterator[tuple[str, Row]]:
    """Every row of the form with the key of its label."""
    for table in draft.form.form.tables:
        for row in table.rows:
            key = row.single_row_id if f"{table.id}.{row.single_row_id}." in _stems(draft) else row.id
            yield f"{table.id}.{key}", row


def _stems(draft: Draft) -> set[str]:
    return {address.rsplit(".", 1)[0] + "." for address in draft.figures.cells}


def relabel(draft: Draft, key: str, text: str) -> None:
    draft.labels[key] = text


@style(Phase.PLAN, rank=5, groups="numbering")
def numbering(draft: Draft) -> None:
    """Rows are numbered 1、 or 1． or (1) or 1) instead of 1."""
    form = draft.rng.choice(("{}、", "{}．", "({})", "（{}）", "{})", "{}. ", "{},", "full．", "circled"))
    for key, row in rows(draft):
        text = draft.labels.get(key, row.label)

        def number(match: re.Match[str]) -> str:
            if form == "circled":
                return chr(ord("①") + int(match[1]) - 1)
            if form == "full．":
                return chr(ord("０") + int(match[1])) + "．"
            return form.format(match[1])

        relabel(draft, key, re.sub(r"(?<!\d)(\d)\.", number, text, count=1))


@style(Phase.PLAN, rank=5, groups="numbering", forms=frozenset({"f2021", "f2019", "f2014"}))
def brackets_and_marks(draft: Draft) -> None:
    """(一) and ㈠ for （一）, other quotation marks, half-width marks."""
    marks = draft.rng.choice(
        (
            {"（": "(", "）": ")", "“": '"', "”": '"', "，": ",", "：": ":"},
            {"“": "「", "”": "」", "、": ","},
            {"“": "", "”": "", "，": "、"},
            {"“": "‘", "”": "’", "（": "﹙", "）": "﹚"},
            {f"（{a}）": b for a, b in zip("一二三四五六七", "㈠㈡㈢㈣㈤㈥㈦", strict=True)},
            {"（": "〔", "）": "〕", "一、": "一.", "二、": "二.", "三、": "三.", "四、": "四."},
        )
    )  # fmt: skip
    for key, row in rows(draft):
        text = draft.labels.get(key, row.label)
        for old, new in marks.items():
            text = text.replace(old, new)
        relabel(draft, key, text)


@style(Phase.PLAN, rank=6, groups="numbering")
def unnumbered_items(draft: Draft) -> None:
    """The rows under a group carry no numbers."""
    for key, row in rows(draft):
        relabel(draft, key, LEVEL_2.sub("", draft.labels.get(key, row.label)))


@style(Phase.PLAN, rank=6, groups="numbering", output="html")
def unnumbered(draft: Draft) -> None:
    """No label carries a number at all."""
    for key, row in rows(draft):
        relabel(draft, key, NUMBERED.sub(r"\1", draft.labels.get(key, row.label)))


@style(Phase.PLAN, rank=3, groups="wording")
def label_slips(draft: Draft) -> None:
    """Some labels have one character lost, added or changed; long ones two."""
    every = [row.label for _, row in rows(draft)]
    for key, row in rows(draft):
        head = NUMBERED.match(row.label)
        start = head.end() if head else 0
        core = row.label[start:]
        if len(core) < 6 or draft.rng.random() > 0.4:
            continue
        text = core
        for _ in range(2 if len(core) >= 14 else 1):
            text = slip(draft, text)
        others = [other for other in every if other != row.label]
        if apart(text, core, [NUMBERED.sub("", other) for other in others]):
            relabel(draft, key, row.label[:start] + text)


def slip(draft: Draft, text: str) -> str:
    at = draft.rng.randrange(1, len(text))
    while text[at] in TURNING:
        at = draft.rng.randrange(1, len(text))
    letter = draft.rng.choice(SLIPS)
    kind = draft.rng.choice("lac")
    if kind == "l":
        return text[:at] + text[at + 1 :]
    return text[:at] + letter + text[at + (kind == "c") :]


@style(Phase.PLAN, rank=3, groups="wording")
def short_labels(draft: Draft) -> None:
    """Short forms of labels that the forms list as such."""
    for key, row in rows(draft):
        if row.aliases and draft.rng.random() < 0.7:
            relabel(draft, key, draft.rng.choice(row.aliases))


@style(Phase.PLAN, rank=3, groups="wording", forms=frozenset({"f2021", "f2019"}))
def own_short_labels(draft: Draft) -> None:
    """Short forms that no list has; whoever is not sure of them may leave their rows out."""
    for key in draft.rng.sample(sorted(SHORT), 3):
        relabel(draft, key, SHORT[key])
        draft.refuse([address for address in draft.figures.cells if address.startswith(f"{key}.")])


@style(Phase.PLAN, rank=3, groups="wording", forms=EVERY)
def wordier_labels(draft: Draft) -> None:
    """A unit or a word stands behind the label: 规章（件）, 行政处罚（单位：件）."""
    tail = draft.rng.choice(("（件）", "(件)", "（单位：件）", "：", " ："))
    for key, row in rows(draft):
        if row.kind != "group" and draft.rng.random() < 0.5:
            relabel(draft, key, row.label + tail)


@style(Phase.CELL, rank=0, groups="label-inside")
def broken_heads(draft: Draft) -> None:
    """Column heads are broken over lines: 商业/企业, 结果/维持."""
    for cell in draft.cells("header"):
        words = cell.text
        if 4 <= len(words) <= 7 and "\n" not in words and draft.rng.random() < 0.8:
            middle = len(words) // 2
            cell.text = words[:middle] + "\n" + words[middle:]


@style(Phase.CELL, rank=0, groups="label-inside")
def spaced_labels(draft: Draft) -> None:
    """Labels and heads are padded or drawn apart: 规　章, 总 计, no-break spaces before."""
    for cell in draft.cells("header", "label", "group", "caption", "corner"):
        text = cell.text
        if len(text) <= 3 and draft.rng.random() < 0.7:
            cell.text = draft.rng.choice((" ", "\u3000", "\xa0", "\u3000\u3000")).join(text)
        elif draft.rng.random() < 0.4:
            cell.text = (
                draft.rng.choice(("\u3000\u3000", "\xa0\xa0", " "))
                + text
                + draft.rng.choice(("", " ", "\xa0"))
            )


@style(Phase.CELL, rank=0, groups="label-inside", output="html")
def split_labels(draft: Draft) -> None:
    """Labels are split over spans, paragraphs and line breaks, with spaces of every kind between."""
    joints = (
        "<br/>",
        "</span><span>",
        "</p><p>",
        "&nbsp;",
        "\n      ",
        "<!-- -->",
        "</b><b>",
        "<wbr>",
        "&#8203;",
        "&emsp;",
        "</font></font><font><font>",
    )
    for cell in draft.cells("header", "label", "group", "caption", "corner"):
        if len(cell.text) < 4 or draft.rng.random() > 0.6:
            continue
        joint = draft.rng.choice(joints)
        cuts = sorted(draft.rng.sample(range(1, len(cell.text)), draft.rng.choice((1, 1, 2))))
        parts = [cell.text[a:b] for a, b in zip([0, *cuts], [*cuts, len(cell.text)], strict=True)]
        open_tag = {"</span><span>": "<span>", "</p><p>": "<p>", "</b><b>": "<b>"}.get(joint, "")
        if joint.startswith("</font>"):
            open_tag = "<font><font>"
        close = "".join(f"</{name}>" for name in reversed(re.findall(r"<(\w+)>", open_tag)))
        cell.html = open_tag + joint.join(parts) + close


@style(Phase.CELL, rank=0, groups="label-inside", output="text")
def wrapped_labels(draft: Draft) -> None:
    """Long labels run over two lines of the text."""
    for cell in draft.cells("label", "group", "corner"):
        if len(cell.text) > 14:
            at = draft.rng.randint(6, len(cell.text) - 4)
            cell.text = cell.text[:at] + "\n" + cell.text[at:]
    draft.options["keep_breaks"] = True
