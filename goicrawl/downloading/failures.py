"""Why a request brought no page, in the words that a visit's outcome uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

FailureOutcome = Literal[
    "blocked", "tls_failure", "timeout", "dns_failure", "gone", "off_site", "parse_error"
]

GONE = frozenset({404, 410})
BACK_OFF = frozenset({403, 412, 429, 512, 521})
"""Statuses by which a host says that it does not want this visitor: it is left alone at once."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An outcome of DESIGN's list, and the detail that a person needs to look further."""

    outcome: FailureOutcome
    detail: str


class Refused(IgnoreRequest):
    """A request that one of this project's middlewares did not send, or whose answer it threw away."""

    def __init__(self, outcome: FailureOutcome, detail: str) -> None:
        super().__init__(f"{outcome}: {detail}")
        self.failure = Failure(outcome, detail)


class HostStopped(Refused):
    """The circuit breaker is open for this host. `unreachable`: because it did not answer at all."""

    def __init__(self, failure: Failure, *, unreachable: bool) -> None:
        super().__init__(failure.outcome, failure.detail)
        self.unreachable = unreachable


def of_status(status: int) -> Failure | None:
    """What an HTTP status other than success means for the page; None for a page that came."""
    if 200 <= status < 300:
        return None
    detail = f"HTTP {status}"
    if status in GONE:
        return Failure("gone", detail)
    if status >= 500 and status not in BACK_OFF:
        return Failure("timeout", f"{detail}: the server failed")
    if 300 <= status < 400:
        return Failure("gone", f"{detail} without a usable address")
    return Failure("blocked", detail)


def of_error(error: BaseException) -> Failure:
    """What an exception of the download means. Unknown kinds keep their name in the detail."""
    if isinstance(error, Refused):
        return error.failure
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    text = _text(error)
    if isinstance(error, CannotResolveHostError):
        return Failure("dns_failure", text)
    if any(_is_tls(cause) for cause in causes(error)):
        return Failure("tls_failure", _text(next(cause for cause in causes(error) if _is_tls(cause))))
    if isinstance(error, DownloadTimeoutError):
        return Failure("timeout", text)
    if isinstance(error, DownloadConnectionRefusedError):
        return Failure("timeout", "the connection was refused")
    if isinstance(error, ResponseDataLossError):
        return Failure("timeout", "the response broke off")
    if isinstance(error, DownloadCancelledError):
        return Failure("parse_error", f"too large: {text}")
    if isinstance(error, UnsupportedURLSchemeError):
        return Failure("off_site", f"not an address of the web: {text}")
    return Failure("timeout", f"no connection: {text}")


def is_unreachable(error: BaseException) -> bool:
    """Whether the host did not answer at all, so that its other scheme is worth one try."""
    if isinstance(error, HostStopped):
        return error.unreachable
    if isinstance(error, IgnoreRequest | CannotResolveHostError | DownloadCancelledError):
        return False
    return isinstance(
        error,
        DownloadTimeoutError
        | DownloadConnectionRefusedError
        | DownloadFailedError
        | ResponseDataLossError
        | OSError,
    ) or any(_is_tls(cause) or _is_twisted_connection_error(cause) for cause in causes(error))


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all that it names as its reasons: `__cause__`, and Twisted's lists of failures."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if one.__cause__ is not None:
            waiting.append(one.__cause__)
        reasons = getattr(one, "reasons", None)
        if isinstance(reasons, list):
            values = [getattr(reason, "value", None) for reason in reasons]
            waiting.extend(value for value in values if isinstance(value, BaseException))


def _ignored(text: str) -> Failure:
    # Scrapy has no kinds of IgnoreRequest, only these words.
    if "max redirections" in text:
        return Failure("blocked", "the redirects never end")
    if "DOWNLOAD_MAXSIZE" in text:
        return Failure("parse_error", f"too large: {text}")
    return Failure("blocked", text)


def _is_tls(error: BaseException) -> bool:
    # By name: pyOpenSSL, service_identity and ssl each have their own, and none needs to be installed.
    return any(
        (kind.__module__.partition(".")[0] in {"OpenSSL", "ssl", "service_identity"})
        for kind in type(error).__mro__
    )


def _is_twisted_connection_error(error: BaseException) -> bool:
    return type(error).__module__.startswith("twisted.internet.error")


def _text(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text[:300] if text != "" else type(error).__name__
