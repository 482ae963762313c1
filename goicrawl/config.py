"""Everything that can be configured, in one table.

Each setting has one environment variable, ``GOICRAWL_`` and the name in capitals. Nothing else in
the project reads the environment.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

PREFIX = "GOICRAWL_"


class ConfigError(ValueError):
    """An environment variable holds a value that cannot be used."""


def _number(text: str) -> float:
    value = float(text)
    if not 0 <= value < float("inf"):
        raise ValueError("not a number from 0 up")
    return value


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise ValueError("not a whole number from 0 up")
    return value


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table: name, what it is for, how its text is read."""

    name: str
    meaning: str
    read: Callable[[str], object]

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


@dataclass(frozen=True, slots=True)
class Config:
    """The configuration in force. Lengths in seconds, sizes in bytes."""

    data_dir: Path
    database_url: str | None
    archive_dir: Path
    contact: str
    delay: float
    timeout: float
    retries: int
    max_page_bytes: int
    max_list_pages: int
    max_discovery_pages: int
    read_page_seconds: float
    read_file_seconds: float
    read_scan_seconds: float
    read_memory: int


SETTINGS: tuple[Setting, ...] = (
    Setting("data_dir", "folder of the embedded database and the archive", _folder),
    Setting("database_url", "a PostgreSQL server to use instead of the embedded one", str),
    Setting("archive_dir", "folder of the WARC files (default: archive/ in the data folder)", _folder),
    Setting("contact", "address or page that the User-Agent names, so that a portal can reach you", str),
    Setting("delay", "seconds between two requests to one host", _number),
    Setting("timeout", "seconds to wait for a response", _number),
    Setting("retries", "how often a failed request is tried again", _count),
    Setting("max_page_bytes", "a response larger than this is given up", _count),
    Setting("max_list_pages", "how many pages of one list are followed at most", _count),
    Setting("max_discovery_pages", "how many pages a search for the report column may open", _count),
    Setting("read_page_seconds", "seconds that reading a web page or a text may take", _number),
    Setting("read_file_seconds", "seconds that reading a Word file or a spreadsheet may take", _number),
    Setting("read_scan_seconds", "seconds that reading a PDF or a picture may take", _number),
    Setting("read_memory", "bytes of memory that a process that reads documents may have", _count),
)


def load(environment: Mapping[str, str] | None = None) -> Config:
    """Read the configuration from the environment.

    Raises:
        ConfigError: a variable's value cannot be read; the message names the variable.
    """
    environ = os.environ if environment is None else environment
    values: dict[str, object] = {}
    for setting in SETTINGS:
        text = environ.get(setting.variable)
        if text is None or text == "":
            continue
        try:
            values[setting.name] = setting.read(text)
        except ValueError as error:
            raise ConfigError(f"{setting.variable}={text!r}: {error}") from error
    data_dir = values.get("data_dir")
    if not isinstance(data_dir, Path):
        data_dir = Path(platformdirs.user_data_dir("goicrawl", appauthor=False))
        values["data_dir"] = data_dir
    defaults: dict[str, object] = {
        "database_url": None,
        "archive_dir": data_dir / "archive",
        "contact": "",
        "delay": 3.0,
        "timeout": 30.0,
        "retries": 2,
        "max_page_bytes": 32 * 1024 * 1024,
        "max_list_pages": 100,
        "max_discovery_pages": 20,
        "read_page_seconds": 30.0,
        "read_file_seconds": 120.0,
        "read_scan_seconds": 600.0,
        "read_memory": 2 * 1024 * 1024 * 1024,
    }
    merged = {**defaults, **values}
    return Config(**{field.name: merged[field.name] for field in fields(Config)})  # type: ignore[arg-type]
