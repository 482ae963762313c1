"""Hanweb (大汉): lists in a data store inside a script, further groups from its dataproxy.

A column page carries the first groups of rows in `<script type="text/xml"><datastore>`; the rest comes
from `dataproxy.jsp`, whose answer is the same XML or a script that fills an array. Both kinds of answer
are read by the same `read_list`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin, urlsplit

from goicrawl.portals.addresses import resolve
from goicrawl.portals.family import Listing, Page, PageRequest
from goicrawl.portals.notes import note_of
from goicrawl.portals.pager_calls import MAX_PLANNED_PAGES
from goicrawl.portals.rows import RECORD_ATTRIBUTE, read_rows
from goicrawl.portals.static_lists import read_static_list

_DATASTORE = re.compile(r"<datastore>.*?(?:</datastore>|(?=</script)|\Z)", re.DOTALL | re.IGNORECASE)
_SCRIPT_AROUND = re.compile(r"<script[^>]*>\s*(<datastore>.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_RECORD = re.compile(r"<record>\s*(.*?)\s*</record>", re.DOTALL | re.IGNORECASE)
_NEXT_GROUP = re.compile(r"<nextgroup>(.*?)</nextgroup>", re.DOTALL | re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_XML_TOTAL = re.compile(r"<totalrecords?>\s*(\d+)\s*</totalrecords?>", re.IGNORECASE)
_JPAGE = re.compile(r"""\(\s*["']#([\w-]+)["']\s*\)\s*\.\s*jpage\s*\(\s*\{""")
_JS_STORE = re.compile(r"\bdataStore\s*=\s*\[", re.IGNORECASE)
_JS_TOTAL = re.compile(r"\btotalRecord\s*[:=]\s*[\"']?(\d+)", re.IGNORECASE)
_JS_STRING = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(,|\])""", re.DOTALL)
_JS_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_PAIR = re.compile(r"""["']?([\w.]+)["']?\s*:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(-?[\w.%-]+))""")
_NUMBER_OPTION = r"""\b{name}["']?\s*:\s*["']?(\d+)"""
_MARKS = re.compile(
    r"大汉版通|大汉网络|/module/jslib/|/module/web/jpage/|/module/jpage/|<!--<\$\[信息内容\]>begin-->|"
    r"""href=["']?/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html""",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"((?:^|(?<=[?&]))page=)(\d{1,6})(?=&|$)")
_DEFAULT_GROUP_SIZE = 3
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": ""}


@dataclass(frozen=True)
class _Unit:
    """A unit of the page: what its data store holds, and what the script says of it."""

    records: int
    next_group: str | None
    total: int | None
    options: _Options | None


@dataclass(frozen=True)
class _Options:
    unit: str
    total: int | None
    per_page: int | None
    group_size: int
    proxy: str | None
    parameters: Mapping[str, str]


class Hanweb:
    """Columns /col/colN/, articles /art/Y/M/D/art_COL_ID.html."""

    name = "hanweb"
    rank = 100

    def recognises(self, page: Page) -> bool:
        """By a data store, a jpage call, a dataproxy answer, the generator, or its addresses."""
        text = page.text
        if "<datastore>" in text or _JPAGE.search(text) or _JS_STORE.search(text):
            return True
        return (
            _MARKS.search(text) is not None or re.search(r"/col/col\d+/", urlsplit(page.url).path) is not None
        )

    def read_list(self, page: Page) -> Listing:
        """The rows of every unit on the page. Further groups by the store's own next link or by POST."""
        if _JS_STORE.search(page.text) and "<html" not in page.text[:2000].lower():
            return self._script_answer(page)
        units = _units(page)
        if not units:
            return read_static_list(page)
        entries = read_rows(_unpacked(page))
        groups = [request for unit in units for request in _further_groups(page, unit)]
        totals = [unit.total for unit in units if unit.total is not None]
        total = sum(totals) if totals and len(totals) == len(units) else None
        requests = tuple({request.key: request for request in groups}.values())
        note, requests = note_of(page, entries, requests)
        return Listing(entries, requests, total, note)

    def _script_answer(self, page: Page) -> Listing:
        found = _JS_TOTAL.search(page.text)
        rows = _script_rows(page.text)
        entries = read_rows(
            Page.from_bytes(page.url, _wrapped(rows).encode(), {"content-type": "; charset=utf-8"})
        )
        return Listing(entries, total=int(found[1]) if found else None)


def _units(page: Page) -> list[_Unit]:
    options = _options(page.text)
    stores = [match[0] for match in _DATASTORE.finditer(page.text)]
    units = []
    matched: set[str] = set()
    for position, store in enumerate(stores):
        next_group = _next_group(store)
        mine = next((o for o in options if next_group and f"unitid={o.unit}" in next_group), None)
        if mine is None and len(stores) == len(options):
            mine = options[position]
        if mine is not None:
            matched.add(mine.unit)
        printed = _XML_TOTAL.search(store)
        total = int(printed[1]) if printed else (mine.total if mine else None)
        units.append(_Unit(len(_RECORD.findall(store)), next_group, total, mine))
    units.extend(_Unit(0, None, o.total, o) for o in options if o.unit not in matched and not stores)
    return units


def _next_group(store: str) -> str | None:
    group = _NEXT_GROUP.search(store)
    href = _HREF.search(html.unescape(group[1])) if group else None
    target = (href[1] or href[2]) if href else None
    return target.strip() if target and target.strip() else None


def _further_groups(page: Page, unit: _Unit) -> list[PageRequest]:
    if unit.records and unit.total == unit.records:
        return []
    answer_to_post = "startrecord=" in page.url
    headers = {"X-Requested-With": "XMLHttpRequest", "Referer": page.url}
    if unit.next_group is not None and unit.records and not answer_to_post:
        url = resolve(page.base_url, _ahead(page.url, unit))
        return [PageRequest(url, headers=headers)] if url is not None and url != page.url else []
    options = unit.options
    if options is None or options.proxy is None or not options.parameters or unit.total is None:
        return []
    size = (options.per_page or 15) * options.group_size
    headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
    body = urlencode(options.parameters).encode()
    proxy = urljoin(page.base_url, options.proxy)
    mark = "&" if "?" in proxy else "?"
    starts = range(unit.records + 1, unit.total + 1, size)
    return [
        PageRequest(
            f"{proxy}{mark}startrecord={start}&endrecord={min(start + size - 1, unit.total)}"
            f"&perpage={options.per_page or 15}",
            method="POST",
            body=body,
            headers=headers,
        )
        for start in list(starts)[:MAX_PLANNED_PAGES]
    ]


def _ahead(current: str, unit: _Unit) -> str:
    """The next group's address; a link that leads no further gets the following page's number.

    Some stores print the same link in every answer and leave the number to the script.
    """
    link = unit.next_group or ""
    here, there = _PAGE_NUMBER.search(urlsplit(current).query), _PAGE_NUMBER.search(urlsplit(link).query)
    if here is None or there is None or int(there[2]) > int(here[2]):
        return link
    number = int(here[2])
    if unit.total is not None and number * unit.records >= unit.total:
        return current
    return _PAGE_NUMBER.sub(rf"\g<1>{number + 1}", link, count=1)


def _options(text: str) -> list[_Options]:
    found = []
    for call in _JPAGE.finditer(text):
        inside = _braced(text, call.end() - 1)
        proxy = re.search(
            r"""\b(?:proxyUrl|dataUrl|url)["']?\s*:\s*["']([^"']*dataproxy[^"']*)["']""", inside
        )
        found.append(
            _Options(
                unit=call[1],
                total=_number(inside, "totalRecord"),
                per_page=_number(inside, "perPage"),
                group_size=_number(inside, "groupSize") or _DEFAULT_GROUP_SIZE,
                proxy=proxy[1] if proxy else None,
                parameters=_parameters(text, inside),
            )
        )
    return found


def _parameters(text: str, inside: str) -> Mapping[str, str]:
    """What the script posts: ajaxParam:{…} in the call, or the variable that it names."""
    named = re.search(r"""\bajaxParam["']?\s*:\s*([\w$]+|\{)""", inside)
    if named is None:
        return {}
    if named[1] == "{":
        body = _braced(inside, named.end() - 1)
    else:
        assigned = re.search(rf"\b{re.escape(named[1])}\s*=\s*\{{", text)
        body = _braced(text, assigned.end() - 1) if assigned else ""
    pairs = {}
    for match in _PAIR.finditer(body):
        quoted = match[2] if match[2] is not None else match[3]
        pairs[match[1]] = _unescaped(quoted) if quoted is not None else match[4]
    return pairs


def _number(text: str, name: str) -> int | None:
    found = re.search(_NUMBER_OPTION.format(name=name), text, re.IGNORECASE)
    return int(found[1]) if found else None


def _braced(text: str, start: int) -> str:
    """The text from the brace at `start` to the one that closes it (8,000 characters at most)."""
    depth = 0
    for at in range(start, min(len(text), start + 8000)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return text[start : at + 1]
    return text[start : start + 8000]


def _unpacked(page: Page) -> Page:
    """The page with the records of its data stores standing as elements where the stores stood."""
    text = _SCRIPT_AROUND.sub(lambda match: match[1], page.text)
    text = _DATASTORE.sub(lambda match: _wrapped(_records(match[0])), text)
    return Page(page.url, page.body, text, page.headers)


def _records(store: str) -> list[str]:
    records = []
    for match in _RECORD.finditer(store):
        inside = match[1]
        if inside.startswith("<![CDATA["):
            inside = inside.removeprefix("<![CDATA[").removesuffix("]]>")
        elif "&lt;" in inside:
            inside = html.unescape(inside)
        records.append(inside)
    return records


def _wrapped(records: list[str]) -> str:
    parts = []
    for record in records:
        tag = "table" if record.lstrip()[:3].lower() == "<tr" else "div"
        parts.append(f'<{tag} {RECORD_ATTRIBUTE}="1">{record}</{tag}>')
    return f"<div>{''.join(parts)}</div>"


def _script_rows(text: str) -> list[str]:
    """The strings of dataStore=['…','…'], unescaped. What is no list of strings gives none."""
    start = _JS_STORE.search(text)
    at = start.end() if start else len(text)
    rows = []
    while match := _JS_STRING.match(text, at):
        rows.append(_unescaped(match[1] if match[1] is not None else match[2]))
        at = match.end()
        if match[3] == "]":
            break
    return rows


def _unescaped(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        code = match[1]
        if len(code) > 1:
            return chr(int(code[1:], 16))
        return _ESCAPES.get(code, code)

    return _JS_ESCAPE.sub(one, text)


FAMILY = Hanweb()
