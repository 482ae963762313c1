"""Pagers that are written by a script: what a call says, and what "page 2" is then called.

Look-alikes number differently. Where the call begins with the number of pages, page 2 is
`index_1.html`; where it begins with the quoted id of a container, page 2 is `fg_2.shtml`, named after
the template file that the call names. Both are in wide use; guessing wrong loses a page or asks for
pages that do not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from goicrawl.portals.family import Page

MAX_PLANNED_PAGES = 500
"""No column of yearly reports is longer; a larger number in a call is a mistake or another list's."""

_BLOCK_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_COMMENT = re.compile(r"(?<![:\"'\\])//[^\n]*")
_CALL = re.compile(r"(?<![\w.$])(createPageHTML|createPage)\s*\(((?:[^()]|\([^()]*\)){1,400})\)")
_ARGUMENT = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|((?:[^,()"']|\([^()]*\))*))\s*(?:,|$)""")
_PARSED_INT = re.compile(r"""^(?:parseInt|Number)\s*\(\s*["']?(\d+)["']?\s*(?:,\s*10\s*)?\)$""")
_NAME_AND_NUMBER = re.compile(
    r"^(?P<name>.*?)(?:_(?P<number>\d+))?\.(?P<extension>s?html?|jhtml)$", re.IGNORECASE
)
_COUNT_PAGE = re.compile(r"(?<![\w.])countPage\s*=\s*(?:parseInt\s*\(\s*)?[\"']?(\d+)")
_WRITTEN_NAME = re.compile(r"[\"'](\w+)_[\"']\s*\+[^;\n]{0,60}?[\"']\.(s?html?)", re.IGNORECASE)
_SET_PAGE = re.compile(r"\.pagination\s*\(\s*[\"']setPage[\"']\s*,\s*(\d+)\s*,\s*(\d+)")
_MAX_PAGE = re.compile(r"(?i:max_?page|page_?count|total_?pages?)\s*=\s*parseInt\s*\(\s*[\"']?(\d+)")
_PAGE_INDEX = re.compile(r"\?\s*\(\s*(\d+)\s*\)\s*:\s*PageIndex")


@dataclass(frozen=True, slots=True)
class PagerCall:
    """One pager call: how many pages, which one this is, and how pages are called.

    `zero_based`: page k (counted from 1) is `name_{k-1}`, else `name_{k}`; page 1 is `name` in both.
    `current` counts from 1. `total` is the number of rows the call claims, None if it claims none.
    """

    pages: int
    current: int
    name: str
    extension: str
    zero_based: bool
    total: int | None = None
    bare_numbers: bool = False
    """Pages are called `1.html`, `2.html` with nothing before the number."""

    def file_name(self, page: int) -> str:
        """The file name of a page counted from 1."""
        if self.bare_numbers:
            return f"{page}.{self.extension}"
        if page <= 1:
            return f"{self.name}.{self.extension}"
        return f"{self.name}_{page - 1 if self.zero_based else page}.{self.extension}"

    def addresses(self, base: str) -> list[str]:
        """The addresses of the pages after this one, nearest first, absolute."""
        last = min(self.pages, self.current + MAX_PLANNED_PAGES)
        return [urljoin(base, self.file_name(page)) for page in range(self.current + 1, last + 1)]


def inline_scripts(page: Page) -> str:
    """The page's inline scripts without their comments; what stands in an HTML comment is no script."""
    texts = page.selector.root.iterfind(".//script")
    code = "\n".join(script.text for script in texts if script.text and not script.get("src"))
    return _LINE_COMMENT.sub("", _BLOCK_COMMENT.sub("", code))


def container_calls(page: Page, code: str) -> list[PagerCall]:
    """Calls like createPageHTML('page_div', 5, 1, 'fg', 'shtml', 89): 1-based, named after the template."""
    found = []
    for arguments in _calls(code):
        if len(arguments) >= 5 and isinstance(arguments[0], str):
            pages, current, name, extension = arguments[1:5]
            if isinstance(pages, int) and isinstance(name, str) and isinstance(extension, str) and name:
                at = current if isinstance(current, int) else 1
                found.append(
                    _call(page, pages, at, name, extension, False, next(_numbers(arguments[5:]), None))
                )
    return found


def number_calls(page: Page, code: str) -> list[PagerCall]:
    """Calls like createPageHTML(9, 0, "index", "html") and countPage = 9: 0-based."""
    found = []
    for arguments in _calls(code):
        if len(arguments) >= 4 and isinstance(arguments[0], int):
            pages, current, name, extension = arguments[:4]
            if isinstance(pages, int) and isinstance(name, str) and isinstance(extension, str) and name:
                at = current + 1 if isinstance(current, int) else 1
                found.append(
                    _call(page, pages, at, name, extension, True, next(_numbers(arguments[4:]), None))
                )
    if not found and (match := _COUNT_PAGE.search(code)):
        own_name, _, own_extension = _own_file(page)
        written = _WRITTEN_NAME.search(code)
        name, extension = (written[1], written[2]) if written else (own_name, own_extension)
        found.append(_call(page, int(match[1]), 1, name, extension, True, None))
    return found


def other_calls(page: Page, code: str) -> list[PagerCall]:
    """The rarer forms: setPage, maxPage beside 1.html, PageIndex, and a printed page count. All 1-based."""
    name, number, extension = _own_file(page)
    if match := _SET_PAGE.search(code):
        return [_call(page, int(match[2]), int(match[1]), name, extension, False, None)]
    if match := _MAX_PAGE.search(code):
        if name.isdigit() and number is None:
            return [PagerCall(int(match[1]), int(name), "", extension, False, bare_numbers=True)]
        return [_call(page, int(match[1]), 1, name, extension, False, None)]
    if match := _PAGE_INDEX.search(code):
        return [_call(page, int(match[1]), 1, name, extension, False, None)]
    count = page.selector.xpath(
        "string((//*[contains(concat(' ', @class, ' '), ' dlist_page ')]//span/b)[1])"
    ).get("")
    if count.strip().isdecimal():
        return [_call(page, int(count), 1, name, extension, False, None)]
    return []


def _call(
    page: Page, pages: int, current: int, name: str, extension: str, zero_based: bool, total: int | None
) -> PagerCall:
    # The page's own address knows better than a call that a template left at its first value.
    own_name, number, _ = _own_file(page)
    if number is not None and own_name == name.rpartition("/")[2]:
        current = max(current, number + 1 if zero_based else number)
    return PagerCall(pages, max(current, 1), name, extension.lstrip("."), zero_based, total)


def _own_file(page: Page) -> tuple[str, int | None, str]:
    """Name, page number and extension of the page's own file: ("index", 2, "html") for index_2.html."""
    file = urlsplit(page.url).path.rpartition("/")[2]
    match = _NAME_AND_NUMBER.match(file)
    if match is None or not match["name"]:
        guess = re.search(r"index(?:_\d+)?\.(shtml|html|htm)\b", page.text)
        return "index", None, guess[1] if guess else "html"
    return match["name"], int(match["number"]) if match["number"] else None, match["extension"]


def _calls(code: str) -> Iterator[list[str | int | None]]:
    for match in _CALL.finditer(code):
        if code[: match.start()].rstrip().endswith("function"):
            continue
        yield [_value(part, code) for part in _ARGUMENT.finditer(match[2]) if part[0]]


def _value(part: re.Match[str], code: str) -> str | int | None:
    quoted = part[1] if part[1] is not None else part[2]
    if quoted is not None:
        return int(quoted) if quoted.isdecimal() else quoted
    bare = (part[3] or "").strip()
    if bare.isdecimal():
        return int(bare)
    if match := _PARSED_INT.match(bare):
        return int(match[1])
    if re.fullmatch(r"[A-Za-z_$][\w$]*", bare):
        assigned = re.search(
            rf"(?<![\w.$]){re.escape(bare)}\s*=\s*(?:parseInt\s*\(\s*)?(?:[\"']([^\"']*)[\"']|(\d+))", code
        )
        if assigned:
            text = assigned[1] if assigned[1] is not None else assigned[2]
            return int(text) if text.isdecimal() else text
    return None


def _numbers(arguments: list[str | int | None]) -> Iterator[int]:
    return (argument for argument in arguments if isinstance(argument, int))
