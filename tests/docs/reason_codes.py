"""The codes of reasons and the rules of findings that the reading side can give, found in its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from goicrawl import forms
from tests.docs.documents import ROOT

ROOMS = ("documents", "extraction", "checks", "reading")
SAYING = frozenset({"say", "refuse", "note"})
"""Methods whose code is an argument of its own."""

_WITH_DETAIL = re.compile(r"([a-z]+(?:_[a-z]+)*): ")
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")
_RULE = re.compile(r"[A-Z]\d")


@cache
def codes() -> frozenset[str]:
    """Every code, as `code: detail` or as an argument of a method that says it."""
    found: set[str] = set()
    for node in _nodes():
        if isinstance(node, ast.JoinedStr) and node.values:
            found |= _leading(node.values[0])
        elif isinstance(node, ast.Constant):
            found |= _leading(node)
        elif isinstance(node, ast.Call) and _name(node.func) in SAYING:
            found |= {text for argument in node.args for text in _texts(argument) if _CODE.fullmatch(text)}
    return frozenset(found)


@cache
def rules() -> frozenset[str]:
    """Every rule that a finding can name: the identities, and what the code itself notes."""
    found = {identity.id for identity in forms.identities()}
    for node in _nodes():
        if isinstance(node, ast.Call) and _name(node.func) in (SAYING | {"Finding"}):
            found |= {text for argument in node.args for text in _texts(argument) if _RULE.fullmatch(text)}
    return frozenset(found)


def _nodes() -> Iterator[ast.AST]:
    for room in ROOMS:
        for path in sorted((ROOT / "goicrawl" / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            statements = (node for node in ast.walk(tree) if isinstance(node, ast.Expr))
            documentation = {id(one.value) for one in statements if isinstance(one.value, ast.Constant)}
            yield from (node for node in ast.walk(tree) if id(node) not in documentation)


def _leading(node: ast.AST) -> set[str]:
    texts = list(_texts(node))
    match = _WITH_DETAIL.match(texts[0]) if texts else None
    return set() if match is None else {match[1]}


def _texts(node: ast.AST) -> Iterator[str]:
    """Texts that an argument may be: a constant, or either side of a conditional expression."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
