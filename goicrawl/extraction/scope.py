"""Whom a report speaks for: the organ alone, a government and its departments, or all below it.

Two things tell it: the name of the body, and what the report says of the bodies whose figures it holds.
A statement goes before the name of a government or of its office, because offices publish for their
government. Where statements contradict each other, or a department's report states figures of a whole
county, nothing is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from goicrawl.extraction.report import Scope, Section
from goicrawl.registry.bodies import Body

_BELOW = (
    r"(?:乡镇|镇街|镇乡|乡街|街镇|街道|各镇|各乡|所辖|辖区|下辖"
    r"|县[（(]?[市区]|区县|市县|各县|各区|各旗|旗县|各市州)"
)
_TAKES_IN = r"(?:汇总|综合|包括|涵盖|包含|覆盖|含)"
_WHOLE = re.compile(
    _TAKES_IN + r"[^。；]{0,30}?" + _BELOW
    + r"|全[省市县区州盟旗](?:政府系统|行政机关|各级"
    + r"|各?[^。；，]{0,6}(?:部门|单位)[^。；]{0,12}(?:乡镇|镇街|街道|县[（(市区]|各县|各区))"
)  # fmt: skip
_LEVEL = re.compile(r"本级(?!人大)|" + _TAKES_IN + r"[^。；]{0,30}?(?:各?部门|各单位|所属)")
_PARTS_OF_AN_ORGAN = re.compile(
    r"所属|下属|直属|局属|委属|办属|机关各|各科室|各股室|各处室|二级单位|派出机构|事业单位"
)
_TOWN_BRANCHES = re.compile(_BELOW + r"[^。，；、]{0,6}(?:所|站|院|校|中队|大队|分局|中心)")
_BELOW_THE_LEVEL = re.compile(_BELOW)
_OF_THE_DATA = re.compile(r"本报告|本年报|数据|统计|编制|汇总")
_OWN = re.compile(r"(?:我|本)(?:局|办|委(?!托)|厅|镇|乡|街道)(?!级)")
_REQUESTS = re.compile(
    r"(?:收到|受理|接到|办理|处理)[^。；]{0,24}?申请[^。；]{0,8}?[0-9０-９一二三四五六七八九十零〇]+\s*[件条宗份]"
)
_ONLY_OWN = re.compile(
    r"(?:仅|只)(?:统计|包括|包含|涵盖|含|为|指)?[^。；]{0,12}?(?:本机关|本单位|本级机关|机关本身|(?:我|本)(?:局|办|委|厅|镇|乡|街道))"
)
_TITLE_OF_THE_WHOLE = re.compile(r"全[省市县区州盟旗]|汇总(?:年报|报告)?")
_LONGEST_SENTENCE = 200
_LONGEST_TEXT = 4000


def scope_of(
    body: Body | None, title: str | None, lines: Sequence[str], sections: Sequence[Section]
) -> tuple[Scope | None, str | None]:
    """The scope, and where the signs contradict each other None and a doubt that says which.

    `lines` are the page's paragraphs before the first chapter.
    """
    by_name: Scope | None = None if body is None else body.scope
    said = _statements(title, lines, sections)
    if body is not None and by_name == "organ" and body.kind != "office":
        whole = [text for scope, text in said if scope != "organ" and not _of_its_parts(scope, text)]
        if whole:
            return None, f"scope_contradicts: {body.name} speaks for itself, but: {_cut(whole[0])}"
        return by_name, None
    if body is not None and body.kind == "government":
        # A government's office writes 我办 of itself; 我局 in a government's report is another organ's.
        said = [
            (scope, text) for scope, text in said if scope != "organ" or re.search("[我本][局厅委]", text)
        ]
        named: Scope = "jurisdiction"
        if [scope for scope, _ in said] and all(scope == "organ" for scope, _ in said):
            return None, f"scope_contradicts: {body.name} speaks for its {named}, but: {_cut(said[0][1])}"
    scopes = list(dict.fromkeys(scope for scope, _ in said))
    if len(scopes) > 1:
        first, other = (next(text for scope, text in said if scope == one) for one in scopes[:2])
        return None, f"scope_contradicts: {_cut(first)} / {_cut(other)}"
    return (scopes[0] if scopes else by_name), None


def _statements(
    title: str | None, lines: Sequence[str], sections: Sequence[Section]
) -> list[tuple[Scope, str]]:
    """What the report says of the bodies whose figures it holds, with the sentence that says so."""
    found: list[tuple[Scope, str]] = []
    if title is not None and _TITLE_OF_THE_WHOLE.search(title[:60]) is not None:
        found.append(("jurisdiction", title))
    texts = [text for text in lines if len(text) >= 12]
    texts += [section.text[:1500] for section in sections[:1]]
    for text in texts:
        for sentence in re.split(r"[。\n]", text[:_LONGEST_TEXT]):
            if len(sentence) <= _LONGEST_SENTENCE:
                scope = _said_in(sentence)
                if scope is not None:
                    found.append((scope, sentence.strip()))
    return found


def _said_in(sentence: str) -> Scope | None:
    if _ONLY_OWN.search(sentence) is not None and _OF_THE_DATA.search(sentence) is not None:
        return "organ"
    if "本报告" in sentence or "本年报" in sentence or "数据" in sentence:
        if _WHOLE.search(sentence) is not None:
            return "jurisdiction"
        if _LEVEL.search(sentence) is not None and _BELOW_THE_LEVEL.search(sentence) is None:
            return "level"
    if _OWN.search(sentence) is not None and _REQUESTS.search(sentence) is not None:
        return "organ"
    return None


def _of_its_parts(scope: Scope, sentence: str) -> bool:
    """Whether what looks like a government and its departments is an organ and its own parts."""
    if _TOWN_BRANCHES.search(sentence) is not None:
        return True
    return scope == "level" and _PARTS_OF_AN_ORGAN.search(sentence) is not None


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
