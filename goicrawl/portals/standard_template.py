"""The national page template for the disclosure section, which recurs inside every family.

Since 国办公开办函〔2019〕61号 portals share one layout with class names of its own: the rows of a list
stand in `.zfxxgk_zdgkc` or `.scroll_con`, beside a menu `.sideMenu`/`.dl_nav…` that names the columns.
"""

from __future__ import annotations

from goicrawl.portals.texts import Element

_LIST_CLASSES = frozenset({"zfxxgk_zdgkc", "scroll_con"})


def lists_of(root: Element) -> list[Element]:
    """The template's list containers that hold links, outermost only, in page order."""
    found = [
        element
        for element in root.iterfind(".//*[@class]")
        if not _LIST_CLASSES.isdisjoint(element.get("class", "").split())
    ]
    return [
        element
        for element in found
        if element.find(".//a") is not None
        and not any(other is not element and other in element.iterancestors() for other in found)
    ]
