"""Scrapy's settings that follow from the project's configuration."""

from __future__ import annotations

from goicrawl import __version__
from goicrawl.config import Config

ROBOT_NAME = "goicrawl"
"""The name that a robots.txt may address."""


def user_agent(contact: str) -> str:
    """Who is asking, and whom a portal's administrator can write to."""
    reach = f"+{contact}" if contact != "" else "no contact given"
    return f"{ROBOT_NAME}/{__version__} (annual reports on open government information; {reach})"


def settings_of(config: Config) -> dict[str, object]:
    """The Scrapy settings that a configuration decides, by name."""
    return {
        "USER_AGENT": user_agent(config.contact),
        "DOWNLOAD_DELAY": config.delay,
        "AUTOTHROTTLE_START_DELAY": config.delay,
        "DOWNLOAD_TIMEOUT": config.timeout,
        "RETRY_TIMES": config.retries,
        "DOWNLOAD_MAXSIZE": config.max_page_bytes,
    }
