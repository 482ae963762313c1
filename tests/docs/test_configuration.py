"""Every variable and every deviation from Scrapy's defaults is documented, and nothing else is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from scrapy.settings import default_settings

from goicrawl import config, settings
from tests.docs.documents import documents, first_code, read, rows, section

VARIABLES = {setting.variable: setting for setting in config.SETTINGS}
NOT_SETTINGS = {"ROBOT_NAME"}
SETTINGS = {name for name in vars(settings) if name.isupper()} - NOT_SETTINGS


def variable_rows() -> dict[str, list[str]]:
    return {
        first_code(row[0]): row
        for row in rows(section(read("configuration.md"), "Variables"))
        if "GOI" in row[0]
    }


def setting_rows() -> dict[str, list[str]]:
    return {first_code(row[0]): row for row in rows(section(read("configuration.md"), "Scrapy settings"))}


def test_every_variable_has_a_row_and_no_other() -> None:
    assert list(variable_rows()) == list(VARIABLES)


@pytest.mark.parametrize(
    "name",
    [
        "delay", "timeout", "retries", "max_page_bytes", "max_list_pages", "max_discovery_pages",
        "read_page_seconds", "read_file_seconds", "read_scan_seconds", "read_memory",
    ],
)  # fmt: skip
def test_defaults_are_as_documented(name: str) -> None:
    default = getattr(config.load({"GOICRAWL_DATA_DIR": "/x"}), name)
    assert float(variable_rows()[f"GOICRAWL_{name.upper()}"][1]) == default


def test_documents_name_no_variable_that_does_not_exist() -> None:
    for path in documents():
        named = set(re.findall(r"GOICRAWL_[A-Z_]+\w", path.read_text(encoding="utf-8")))
        assert named <= set(VARIABLES), path.name


def test_every_setting_has_a_row_and_no_other() -> None:
    assert set(setting_rows()) == SETTINGS


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_a_setting_is_as_documented(name: str) -> None:
    _, default, here, _ = setting_rows()[name]
    known = hasattr(default_settings, name)
    assert (default == "not Scrapy's") == (not known and name != "ROBOTSTXT_USER_AGENT")
    for said, value in ((default, getattr(default_settings, name, None)), (here, getattr(settings, name))):
        if said in ("True", "False"):
            assert said == str(bool(value)), name
        elif re.fullmatch(r"[\d., ]+", said):
            assert said == shown(value), name


def shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
