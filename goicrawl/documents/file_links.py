"""The files that a page links, embeds or shows, and whether they stand in its article.

Which addresses are files, and which elements hold an article, is data: file_links.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from goicrawl.documents.document import Link, Place

FILE = Path(__file__).parent / "file_links.toml"
_EMBEDDED = {"iframe": "src", "embed": "src", "object": "data"}
_ORDER = {tag: number for number, tag in enumerate(_EMBEDDED)}
_WORD = re.compile(r"[a-z]+|\d+")
_HIGHEST = 60
"""Ancestors looked at; no article lies deeper in its page."""
_NO_ADDRESS = ("about:", "javascript:", "data:", "#")


@dataclass(frozen=True)
class Forms:
    """file_links.toml as it is used."""

    named: re.Pattern[str]
    sign: re.Pattern[str]
    """What at least one address has, in lower case, where any of many is a file's."""
    sure: re.Pattern[str]
    other: re.Pattern[str]
    viewers: tuple[tuple[re.Pattern[str], frozenset[str]], ...]
    scripts: tuple[tuple[bytes, re.Pattern[str]], ...]
    attributes: tuple[str, ...]
    article_ids: frozenset[str]
    article_beginnings: tuple[str, ...]
    article_classes: frozenset[str]
    furniture_elements: frozenset[str]
    furniture_words: frozenset[str]
    ornaments: frozenset[str]
    smallest: int


@cache
def forms() -> Forms:
    """The forms of addresses and the parts of pages, from the data file."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    endings = "|".join(data["extensions"])
    sure = [one["pattern"] for one in data["address"] if one["sure"]]
    other = [one["pattern"] for one in data["address"] if not one["sure"]]
    named = rf"\.(?:{endings})(?:$|[?#&])"
    article, furniture, pictures = data["article"], data["furniture"], data["pictures"]
    return Forms(
        named=re.compile(named, re.IGNORECASE),
        sign=re.compile(rf"\.(?:{endings})|down|attach|group\d|/files/|file"),
        sure=re.compile("|".join(sure), re.IGNORECASE),
        other=re.compile("|".join(other), re.IGNORECASE),
        viewers=tuple(
            (re.compile(one["pattern"], re.IGNORECASE), frozenset(one["parameters"]))
            for one in data["viewer"]
        ),
        scripts=tuple((one["sign"].encode(), re.compile(one["pattern"])) for one in data["script"]),
        attributes=tuple(data["data"]["attributes"]),
        article_ids=frozenset(article["ids"]),
        article_beginnings=tuple(article["id_beginnings"]),
        article_classes=frozenset(article["classes"]),
        furniture_elements=frozenset(furniture["elements"]),
        furniture_words=frozenset(furniture["words"]),
        ornaments=frozenset(pictures["not"]),
        smallest=pictures["smallest"],
    )


def file_links(tree: LexborHTMLParser, source: bytes, lowered: bytes, *, pictures: bool) -> list[Link]:
    """Links to files in the order of their kinds: links, embedded files, attributes, scripts, pictures.

    Args:
        source: the page as UTF-8, `lowered` the same in lower case.
        pictures: whether pictures of the article are asked for too.
    """
    known = forms()
    found: list[Link] = [*_anchors(tree, known), *_embedded(tree, known)]
    for attribute in known.attributes:
        if attribute.encode() in lowered:
            for node in tree.css(f"[{attribute}]"):
                address = (node.attributes.get(attribute) or "").strip()
                if known.named.search(address) or known.sure.search(address):
                    found.append(Link(address, "", "data", _place(node, known)))
    for sign, call in known.scripts:
        if sign in source:
            calls = call.finditer(source.decode("utf-8", "replace"))
            found += [Link(one[1], "", "script", "article") for one in calls]
    if pictures:
        found += _pictures(tree, known)
    base = tree.css_first("base[href]") if found and b"<base" in lowered else None
    if base is not None:
        found = [Link(_joined(base.attributes["href"] or "", link.url), *link[1:]) for link in found]
    if any(link.place == "page" for link in found) and not _has_article(tree, known):
        # A page that nothing divides is one article.
        found = [Link(*link[:3], "article") if link.place == "page" else link for link in found]
    return found


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base.strip(), address)
    except ValueError:
        return address


def is_surely_attachment(address: str) -> bool:
    """Whether an address has a form that only attachments of articles have."""
    return forms().sure.search(address) is not None


def shown_file(address: str) -> str:
    """The file that a viewer's address shows, else the address itself."""
    for pattern, parameters in forms().viewers:
        if pattern.search(address):
            try:
                query = urlsplit(address).query
            except ValueError:
                return address
            for name, value in parse_qsl(query):
                if name.lower() in parameters and value != "":
                    return value
    return address


def _anchors(tree: LexborHTMLParser, known: Forms) -> Iterator[Link]:
    nodes = tree.css("a")
    hrefs = [node.attrs.get("href") or "" for node in nodes]
    joined = "\n".join(hrefs)
    # Most pages have hundreds of links and no file.
    if joined.isascii() and known.sign.search(joined.lower()) is None:
        return
    for node, href in zip(nodes, hrefs, strict=True):
        href = shown_file(href.strip())
        if href.lower().startswith(_NO_ADDRESS):
            continue
        sure = known.named.search(href) is not None or known.sure.search(href) is not None
        if not sure and known.other.search(href) is None:
            continue
        place = _place(node, known)
        if sure or place != "furniture":
            text = " ".join(node.text().split()) or (node.attributes.get("title") or "").strip()
            yield Link(href, text, "a", place)


def _embedded(tree: LexborHTMLParser, known: Forms) -> Iterator[Link]:
    nodes = ((node.tag or "", node) for node in tree.css("iframe,embed,object"))
    for tag, node in sorted(nodes, key=lambda one: _ORDER[one[0]]):
        address = shown_file((node.attributes.get(_EMBEDDED[tag]) or "").strip())
        if address != "" and not address.lower().startswith(_NO_ADDRESS):
            yield Link(address, (node.attributes.get("title") or "").strip(), tag, _place(node, known))


def _pictures(tree: LexborHTMLParser, known: Forms) -> Iterator[Link]:
    for node in tree.css("img"):
        address = (node.attributes.get("src") or "").strip()
        if address == "" or address.lower().startswith(_NO_ADDRESS) or address.lower().endswith(".svg"):
            continue
        if known.ornaments & set(_WORD.findall(address.lower())) or _is_small(node, known.smallest):
            continue
        place = _place(node, known)
        if place != "furniture":
            title = node.attributes.get("title") or node.attributes.get("alt") or ""
            yield Link(address, " ".join(title.split()), "img", place)


def _is_small(node: LexborNode, smallest: int) -> bool:
    for side in ("width", "height"):
        digits = re.match(r"\s*(\d{1,5})\s*(?:px)?\s*$", node.attributes.get(side) or "")
        if digits is not None and int(digits[1]) < smallest:
            return True
    return False


def _place(node: LexborNode, known: Forms) -> Place:
    """What holds a link, from the inside out: the article, what stands around it, or neither."""
    one: LexborNode | None = node
    for _ in range(_HIGHEST):
        if one is None or one.tag in ("body", "html"):
            break
        if one.tag in known.furniture_elements:
            return "furniture"
        name, classes = one.id, one.attributes.get("class")
        if name or classes:
            words = f"{name or ''} {classes or ''}".lower()
            if _is_article((name or "").lower(), (classes or "").lower().split(), known):
                return "article"
            if known.furniture_words & set(_WORD.findall(words)):
                return "furniture"
        one = one.parent
    return "page"


def _is_article(name: str, classes: list[str], known: Forms) -> bool:
    return (
        name in known.article_ids
        or (name != "" and name.startswith(known.article_beginnings))
        or not known.article_classes.isdisjoint(classes)
    )


def _has_article(tree: LexborHTMLParser, known: Forms) -> bool:
    return any(
        _is_article((node.id or "").lower(), (node.attributes.get("class") or "").lower().split(), known)
        for node in tree.css("[id],[class]")
    )
