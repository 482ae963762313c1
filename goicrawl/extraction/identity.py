"""Which report it is: its year and period, the body that issued it, its region, and whom it speaks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from goicrawl.documents.document import Document
from goicrawl.extraction.introduction import Introduction, read_introduction
from goicrawl.extraction.issuing_body import candidates, first_line_body, in_full
from goicrawl.extraction.metadata import PageHead
from goicrawl.extraction.period import Period, find_period
from goicrawl.extraction.report import Scope, Section
from goicrawl.extraction.scope import scope_of
from goicrawl.extraction.titles import FIRST_YEAR, read_title, title_in
from goicrawl.forms.labels import squeeze
from goicrawl.registry import Region, Registry
from goicrawl.registry.bodies import Body
from goicrawl.registry.body_candidates import Candidate, candidates_of, of_lower_levels

NOTHING = Introduction((), (), None)
_ORGANS = frozenset({"government", "office", "department", "township", "subdistrict"})
_OWN_REPORTERS = frozenset({"department", "township", "subdistrict"})
_SITE_CODE = re.compile(r"\d{6,10}")
MOST_NAMED = 4
"""Candidates that a doubt names; all of them are in `candidates`."""


@dataclass(frozen=True, slots=True)
class ReportIdentity:
    """What tells a report from every other. None where the page does not say it surely.

    `issuing_body` is written out in full, or as printed where it may be one of several `candidates`;
    `doubts` are short codes, each with ": " and a detail.
    """

    title: str | None
    report_year: int | None
    period: tuple[date, date] | None
    scope: Scope | None
    issuing_body: str | None
    region_code: str | None
    doubts: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()


def identify(
    document: Document,
    head: PageHead,
    sections: Sequence[Section],
    *,
    url: str | None,
    published_on: date | None,
    registry: Registry,
) -> ReportIdentity:
    """Put together what the page says about its report. Never raises, never guesses between two answers."""
    doubts: list[str] = []
    lines = [block.text for block in document.paragraphs]
    period = find_period(lines)
    is_report = len(sections) > 0 or (head.title is not None and title_in(head.title) is not None)
    published = head.metadata.published_on or head.metadata.written_on or published_on
    told = read_introduction(lines, sections) if is_report and _is_untitled(head) else NOTHING
    year = _report_year(head, period, told, published if is_report else None, doubts)
    region, sure = _region(head, url, registry, year)
    body, printed = _issuing_body(head, sections, lines[-30:], told, region, registry, year, doubts)
    body, found = _candidates(body, printed, region, registry, year, doubts)
    scope, doubt = scope_of(body, head.title, head.lines, sections)
    if doubt is not None:
        doubts.append(doubt)
    placeless = any(one.why != "region_not_said" for one in found)
    return ReportIdentity(
        title=head.title,
        report_year=year,
        period=period.days,
        scope=scope,
        issuing_body=None if body is None else body.name,
        region_code=None if placeless else _region_code(body, region, doubts if sure else []),
        doubts=tuple(doubts),
        candidates=found,
    )


def _is_untitled(head: PageHead) -> bool:
    """Whether no title says of which body and which year the report is."""
    parts = None if head.title is None else read_title(head.title)
    return parts is None or parts.body is None or parts.report_year is None


def _body_of_sentences(
    names: Sequence[str],
    kinds: frozenset[str],
    region: Region | None,
    registry: Registry,
    year: int | None,
    doubts: list[str],
) -> Body | None:
    """The one organ of these kinds that the introduction names; None where there is none, or several."""
    found = [in_full(name, region, registry, year) for name in names]
    bodies = {body.name: body for body in found if body.kind in kinds and body.scope is not None}
    if len(bodies) != 1:
        return None
    body = bodies.popitem()[1]
    doubts.append(f"issuing_body_from_sentence: {body.name}")
    return body


def _report_year(
    head: PageHead, period: Period, told: Introduction, published: date | None, doubts: list[str]
) -> int | None:
    titled = None if head.title is None else read_title(head.title).report_year
    if period.year is not None:
        if titled is not None and titled != period.year:
            doubts.append(f"report_year_disagrees: title says {titled}, period says {period.year}")
        return period.year
    if titled is not None:
        return titled
    if told.year is not None and (published is None or published.year - 1 == told.year):
        doubts.append(f"report_year_from_sentence: {told.year}")
        return told.year
    if published is None or published.year - 1 < FIRST_YEAR:
        return None
    doubts.append(f"report_year_not_printed: the year before {published.isoformat()} is taken")
    return published.year - 1


def _region(
    head: PageHead, url: str | None, registry: Registry, year: int | None
) -> tuple[Region | None, bool]:
    """The division of the site: by its code, else by its host where that is one division's.

    Last comes the code that the foot of the page prints, which may be another site's: not sure.
    """
    found = _region_of_code(head.site_code, registry, year)
    if found is not None:
        return found, True
    for address in (url, head.site_domain):
        host = _host(address)
        if host is None:
            continue
        codes = {row.region_code for row in registry.portals_of_host(host) if row.region_code is not None}
        if len(codes) == 1:
            return registry.region(codes.pop(), year), True
    return _region_of_code(head.code_in_foot, registry, year), False


def _region_of_code(code: str | None, registry: Registry, year: int | None) -> Region | None:
    if code is None or _SITE_CODE.fullmatch(code) is None:
        return None
    return registry.region(code[:6], year)


def _host(address: str | None) -> str | None:
    if address is None or address == "":
        return None
    try:
        return urlsplit(address if "//" in address else "//" + address).hostname
    except ValueError:
        return None


def _region_code(body: Body | None, site: Region | None, doubts: list[str]) -> str | None:
    """The body's own division where its name says which, else the site's."""
    own = None if body is None else body.region_code
    if own is None:
        return None if site is None else site.code
    if site is not None and own != site.code and own[:2] != site.code[:2]:
        doubts.append(f"region_disagrees: the body is of {own}, the site is of {site.code}")
    return own


def _issuing_body(
    head: PageHead,
    sections: Sequence[Section],
    tail: Sequence[str],
    told: Introduction,
    region: Region | None,
    registry: Registry,
    year: int | None,
    doubts: list[str],
) -> tuple[Body | None, list[str]]:
    """The body, and the names on the page that name an organ, as printed."""
    titled, further = candidates(head, sections, tail)
    printed = head.metadata.issuing_body
    names = [name for name in (titled, *further) if name is not None]
    bodies = [in_full(name, region, registry, year) for name in names]
    issuer = None if printed is None else in_full(printed, region, registry, year)
    if region is None:
        # 县政府办 on a page that does not say of which county: another name on it may.
        codes = {body.region_code for body in (*bodies, issuer) if body is not None} - {None}
        region = registry.region(next(iter(codes)) or "", year) if len(codes) == 1 else None
        bodies = [in_full(name, region, registry, year) for name in names]
        issuer = None if printed is None else in_full(printed, region, registry, year)
    read = list(zip(names, bodies, strict=True))
    if titled is None:
        beside = first_line_body(head, region, registry, year)
        bodies = [body for body in bodies if body.scope is not None]
        if beside is not None:
            bodies.append(in_full(beside, region, registry, year))
            read.append((beside, bodies[-1]))
    alike = [name for name, body in read if body.scope is not None]
    alike += [printed] if printed is not None and issuer is not None and issuer.scope is not None else []
    if not bodies:
        named = _body_of_sentences(told.named, _ORGANS, region, registry, year, doubts)
        if named is not None:
            bodies.append(named)
            alike += told.named
            if region is None and printed is not None:
                issuer = in_full(printed, registry.region(named.region_code or "", year), registry, year)
        elif issuer is not None:
            return issuer, alike
        else:
            # A government or its office may make another's report; the other organs only their own.
            beside_it = _body_of_sentences(told.beside, _OWN_REPORTERS, region, registry, year, doubts)
            return beside_it, list(told.beside)
    chosen = bodies[0]
    for other in (*bodies[1:], *((issuer,) if issuer is not None else ())):
        chosen = _more_specific(chosen, other)
    if issuer is not None and not _agree(chosen, issuer):
        doubts.append(f"issuing_body_disagrees: the report is of {chosen.name}, 发布机构 is {issuer.name}")
    return chosen, alike


def _candidates(
    body: Body | None,
    printed: Sequence[str],
    region: Region | None,
    registry: Registry,
    year: int | None,
    doubts: list[str],
) -> tuple[Body | None, tuple[Candidate, ...]]:
    """Which bodies are perhaps meant, where that is in doubt; the body is then as printed, without region."""
    if body is None:
        return None, ()
    found: tuple[Candidate, ...] = ()
    if body.region_code is None:
        found = candidates_of(body.name, region=region, registry=registry, year=year)
    elif region is not None and body.region_code == region.code:
        each = [of_lower_levels(name, region=region, registry=registry, year=year) for name in printed]
        if each and all(each):
            found, body = each[0], Body(squeeze(printed[0]), body.kind, body.scope, None)
    named = [f"{one.region_code or 'somewhere in it'} {one.name}" for one in found]
    if any(one.why != "region_not_said" for one in found):
        more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
        listed = ", ".join(named[:MOST_NAMED])
        doubts.append(f"issuing_body_ambiguous: {body.name} may be {listed}{more}")
    return body, found


def _more_specific(chosen: Body, other: Body) -> Body:
    """`other` where it says the same and more: the place in full, or an organ for a bare place."""
    if other.name == chosen.name:
        return chosen if chosen.region_code is not None else other
    if chosen.scope is None and other.scope is not None and _contains(other.name, chosen.name):
        return other
    same_kind = chosen.scope is not None and other.kind == chosen.kind
    in_full = len(other.name) > len(chosen.name) and other.name.endswith(chosen.name)
    if same_kind and in_full and chosen.region_code in (None, other.region_code):
        return other
    return chosen


def _contains(longer: str, shorter: str) -> bool:
    return len(longer) > len(shorter) and shorter in longer


def _agree(body: Body, issuer: Body) -> bool:
    """Whether two names can be of one report: one body, or a government and the office that publishes it."""
    one, other = squeeze(body.name), squeeze(issuer.name)
    if one == other or one.endswith(other) or other.endswith(one):
        return True
    if body.kind == "government" and issuer.kind == "office":
        return other.startswith(one) or body.region_code == issuer.region_code
    return body.scope is None and other.startswith(one)
