"""goicrawl.settings: what it says of Scrapy's defaults is so."""

from __future__ import annotations

import re
from pathlib import Path

from scrapy.settings import Settings, default_settings

import goicrawl.settings
from goicrawl import config
from goicrawl.downloading.politeness import settings_of, user_agent
from goicrawl.spiders.crawl import scrapy_settings

SOURCE = Path(goicrawl.settings.__file__).read_text(encoding="utf-8")
OWN = {
    "CRAWL_DELAY_LIMIT", "BACK_OFF_DELAY", "CIRCUIT_BREAKER_FAILURES", "VISITS_AT_ONCE", "READER_PROCESSES",
    "STORE_BATCH", "STORE_SECONDS",
}  # fmt: skip


def test_every_setting_says_the_default_or_that_it_is_the_projects_own() -> None:
    lines = SOURCE.splitlines()
    names = {name for name in vars(goicrawl.settings) if name.isupper() and name != "ROBOT_NAME"}
    assert len(names) > 25
    for name in names:
        (at,) = [number for number, line in enumerate(lines) if re.match(rf"{name}\b", line)]
        comment = lines[at]
        while lines[at - 1].startswith("#"):
            at -= 1
            comment = lines[at] + comment
        if name in OWN:
            assert "this project's:" in comment, name
            assert not hasattr(default_settings, name)
        else:
            assert "default:" in comment, name
            decided_by_user = name in settings_of(config.load())
            assert decided_by_user or getattr(default_settings, name) != getattr(goicrawl.settings, name), (
                name
            )


def test_nothing_listens_and_nothing_is_kept_beside_the_database() -> None:
    settings = Settings()
    settings.setmodule("goicrawl.settings")
    assert settings.getbool("REMOTE_CONTROL_ENABLED") is False
    assert settings.getbool("TELNETCONSOLE_ENABLED") is False
    assert settings["JOBDIR"] is None
    assert settings.getbool("ROBOTSTXT_OBEY") is True
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1


def test_the_configuration_decides_the_pace(tmp_path: Path) -> None:
    chosen = config.load(
        {
            "GOICRAWL_DATA_DIR": str(tmp_path),
            "GOICRAWL_DELAY": "7",
            "GOICRAWL_TIMEOUT": "11",
            "GOICRAWL_RETRIES": "5",
            "GOICRAWL_MAX_PAGE_BYTES": "1000",
            "GOICRAWL_CONTACT": "https://example.org/goicrawl",
        }
    )
    settings = scrapy_settings(chosen, {"STORE_SECONDS": 3})
    assert settings.getfloat("DOWNLOAD_DELAY") == 7
    assert settings.getfloat("AUTOTHROTTLE_START_DELAY") == 7
    assert settings.getfloat("DOWNLOAD_TIMEOUT") == 11
    assert settings.getint("RETRY_TIMES") == 5
    assert settings.getint("DOWNLOAD_MAXSIZE") == 1000
    assert settings.getfloat("STORE_SECONDS") == 3
    assert "https://example.org/goicrawl" in settings["USER_AGENT"]
    assert set(settings_of(chosen)) <= set(vars(goicrawl.settings))


def test_the_user_agent_is_honest() -> None:
    assert user_agent("").startswith("goicrawl/")
    assert "Mozilla" not in user_agent("someone@example.org")
    assert "someone@example.org" in user_agent("someone@example.org")
