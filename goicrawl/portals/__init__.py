"""CMS families: recognise a portal's software, list its report links, find its next page.

    family = recognise(page)            # a Family; hint="hanweb" for answers of a list's endpoint
    listing = family.read_list(page)    # entries, next pages, total, note

`FAMILIES` holds one instance of every module in this folder that defines `FAMILY`, surest first. How to
add one is told in `family`.
"""

from __future__ import annotations

import importlib
import pkgutil

from goicrawl.portals.family import Entry, Family, Listing, Page, PageRequest

__all__ = ["FAMILIES", "Entry", "Family", "Listing", "Page", "PageRequest", "recognise"]


def _discovered() -> tuple[Family, ...]:
    modules = [importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
    families = [module.FAMILY for module in modules if hasattr(module, "FAMILY")]
    return tuple(sorted(families, key=lambda family: (family.rank, family.name)))


FAMILIES: tuple[Family, ...] = _discovered()


def recognise(page: Page, hint: str | None = None) -> Family:
    """The family of a page.

    `hint` names a family that the page is thought to be of: the family of the list that led here, or a
    portal row's family_hint. It wins if its family recognises the page, or if no other but the fallback
    does; a hint that names no family is no hint.
    """
    hinted = next((family for family in FAMILIES if family.name == hint), None)
    if hinted is not None and hinted.recognises(page):
        return hinted
    sniffed = next(family for family in FAMILIES if family.recognises(page))
    return hinted if hinted is not None and sniffed is FAMILIES[-1] else sniffed
