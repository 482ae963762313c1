"""Addresses found in portal pages: made absolute, and what their shape gives away."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urldefrag, urljoin, urlsplit

from goicrawl.portals.texts import Element

_CONTROL = re.compile(r"[\t\r\n\x00-\x1f]+")
_SIMPLE_PATH = re.compile(r"^(?:/|\./)?(?![./])[\w%~-][\w./%~-]*$", re.ASCII)
"""A path that can be joined without urljoin, which costs ten times as much; most links are such."""
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
_QUOTED_TARGET = re.compile(
    r"""(?:(?:window\s*\.\s*)?open\s*\(\s*|location(?:\s*\.\s*href)?\s*=\s*|location\s*\.\s*(?:assign|replace)\s*\(\s*)"""
    r"""(?P<quote>["'])(?P<target>[^"'<>]{1,500})(?P=quote)"""
)
_LOOKS_LIKE_ADDRESS = re.compile(
    r"^(?:https?://\S+|//[^/\s]+\.\S+|\.{0,2}/[^\s]*|[\w%.~-]+(?:/[\w%.~-]*)*\.(?:s?html?|jspx?|jhtml|aspx?|php|do)(?:[?#].*)?|[\w%~-]+/(?:[\w%.~-]+/)*)$",
    re.IGNORECASE,
)
_DATA_ATTRIBUTES = ("data-url", "data-href", "data-link")

_ARTICLE = re.compile(
    r"""/t(?:(?:19|20)\d{6}_)?\d+\.s?html?$      # TRS: t20240131_123.html, t1077272.shtml
      | /art/ | /art_\w+\.html                   # Hanweb
      | [/_]content(?:_?\d+|/\d+|\.s?html?$)     # UCAP, numeric trees
      | /info/\d+/\d+\.html?$                    # Vsb
      | /m?post_\d+\.html                        # NFCMS
      | /(?:19|20)\d{2}[-/]?\d{2}(?:[-/]\d{1,2})?/[^/]+\.\w+$
      | /(?:19|20)\d{2}/\d{1,2}/\d{1,2}/
      | /[0-9a-f]{32}\.s?html?$ | /[0-9a-f]{8}-[0-9a-f-]{27}\.html?$ | /doc_[0-9a-f]+\.html?$
      | /\d{5,}\.(?:s?html?|jhtml)$
      | /(?:article|details?|show|single|xxgk-show)[/-].*\d+ | /content/\d+$
      | (?:info|content|view|show|detail|article)\w*\.(?:jspx?|aspx?|php|do)\?
      | \.(?:pdf|docx?|wps|ofd|rtf|xlsx?|et|zip|rar)$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_REPORT_SLUG = re.compile(
    r"/(?:\w*gk(?:gz)?(?:nb|nd(?:bg)?)\w*|(?:20\d\d|gz)?ndbg\w*|20\d\dn?b|nianbao)(?:/|$|\.)", re.IGNORECASE
)
_WEBSITE_SLUG = re.compile(
    r"/(?:zf)?wz(?:gz)?(?:nd)?(?:nb|bb|ndbb|ndbg)\w{0,4}(?:/|$|\.s?html?)", re.IGNORECASE
)


def resolve(base: str, raw: str | None) -> str | None:
    """The absolute http(s) address of a link as written, without its fragment, else None."""
    if raw is None:
        return None
    if _SIMPLE_PATH.match(raw) and ".." not in raw and "//" not in raw:
        origin, folder = _origin_and_folder(base)
        return origin + raw if raw[0] == "/" else folder + raw.removeprefix("./")
    return _resolve_any(base, raw)


@lru_cache(maxsize=64)
def _origin_and_folder(base: str) -> tuple[str, str]:
    return urljoin(base, "/").removesuffix("/"), urljoin(base, ".")


def _resolve_any(base: str, raw: str) -> str | None:
    target = _CONTROL.sub("", raw).strip()
    if not target or target[0] == "#" or "{{" in target:
        return None
    if _SCHEME.match(target) and not target[:6].lower().startswith(("http:/", "https:")):
        return None
    try:
        url = urldefrag(urljoin(base, target)).url
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return url.replace(" ", "%20")


def resolve_script(base: str, script: str | None) -> str | None:
    """The address that a click handler or a javascript: link opens, if it surely is an address.

    Only whole quoted targets count: one put together from parts ('/list_' + page) does not.
    """
    if not script:
        return None
    match = _QUOTED_TARGET.search(script)
    if match is None:
        return None
    after = script[match.end() :].lstrip()
    if after.startswith("+") or not _LOOKS_LIKE_ADDRESS.match(match["target"].strip()):
        return None
    return resolve(base, match["target"])


def address_of(base: str, element: Element) -> str | None:
    """Where an element leads: its href, else a data-url, else the address its click handler opens."""
    href = element.get("href")
    if href is not None:
        if href.lstrip()[:11].lower() == "javascript:":
            url = resolve_script(base, href)
        else:
            url = resolve(base, href)
        if url is not None:
            return url
    for name in _DATA_ATTRIBUTES:
        value = element.get(name)
        if value and _LOOKS_LIKE_ADDRESS.match(value.strip()):
            return resolve(base, value)
    return resolve_script(base, element.get("onclick"))


def looks_like_article(url: str) -> bool:
    """Whether an address has the shape of one document's page, in any family known."""
    return _ARTICLE.search(_after_host(url)) is not None


def has_report_slug(url: str) -> bool:
    """Whether a path names a column of annual reports: zfxxgknb, xxgknb, gknb, ndbg."""
    path = _after_host(url)
    return _REPORT_SLUG.search(path) is not None and _WEBSITE_SLUG.search(path) is None


def has_website_slug(url: str) -> bool:
    """Whether a path names the yearly statistics of the website itself: wzndbb, zfwzgzndbb, wzgzndbb."""
    return _WEBSITE_SLUG.search(_after_host(url)) is not None


def is_home(url: str) -> bool:
    """Whether an address is a site's root."""
    parts = urlsplit(url)
    return not parts.query and parts.path.lower() in ("", "/", "/index.html", "/index.shtml", "/index.htm")


def same_host(one: str, other: str) -> bool:
    """Whether two addresses are on the same host, www. or not."""
    hosts = [(urlsplit(url).hostname or "").removeprefix("www.") for url in (one, other)]
    return hosts[0] == hosts[1]


def _after_host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
