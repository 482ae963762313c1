"""Exceptions and statuses become outcomes."""

from __future__ import annotations

import pytest
from OpenSSL import SSL
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
from twisted.internet.error import ConnectError, ConnectionLost
from twisted.python.failure import Failure as TwistedFailure
from twisted.web.client import ResponseNeverReceived

from goicrawl.downloading.failures import Failure, HostStopped, Refused, is_unreachable, of_error, of_status


def never_received(error: Exception) -> DownloadFailedError:
    cause = ResponseNeverReceived([TwistedFailure(error)])
    failed = DownloadFailedError(str(cause))
    failed.__cause__ = cause
    return failed


@pytest.mark.parametrize(
    ("error", "outcome", "unreachable"),
    [
        (CannotResolveHostError("no such name"), "dns_failure", False),
        (never_received(SSL.Error([("SSL routines", "", "unsupported protocol")])), "tls_failure", True),
        (never_received(ConnectionLost()), "timeout", True),
        (DownloadTimeoutError("took longer"), "timeout", True),
        (DownloadConnectionRefusedError("refused"), "timeout", True),
        (ResponseDataLossError(), "timeout", True),
        (ConnectError(), "timeout", True),
        (OSError("no route"), "timeout", True),
        (DownloadCancelledError("size 99 > 10"), "parse_error", False),
        (UnsupportedURLSchemeError("ftp"), "off_site", False),
        (IgnoreRequest("max redirections reached"), "blocked", False),
        (IgnoreRequest("… exceeded DOWNLOAD_MAXSIZE …"), "parse_error", False),
        (Refused("off_site", "elsewhere"), "off_site", False),
        (HostStopped(Failure("timeout", "dead"), unreachable=True), "timeout", True),
        (HostStopped(Failure("blocked", "HTTP 403"), unreachable=False), "blocked", False),
    ],
)
def test_errors(error: Exception, outcome: str, unreachable: bool) -> None:
    failure = of_error(error)
    assert failure.outcome == outcome
    assert failure.detail != ""
    assert is_unreachable(error) is unreachable


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(404, "gone"), (410, "gone"), (403, "blocked"), (412, "blocked"), (429, "blocked"), (521, "blocked"),
     (401, "blocked"), (400, "blocked"), (500, "timeout"), (503, "timeout"), (304, "gone")],
)  # fmt: skip
def test_statuses(status: int, outcome: str) -> None:
    failure = of_status(status)
    assert failure is not None
    assert failure.outcome == outcome
    assert str(status) in failure.detail


def test_a_page_that_came_is_no_failure() -> None:
    assert of_status(200) is None
