"""A slow reparse in a process of its own: `python -m … ARCHIVE_FOLDER`; the database is the environment's."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console

from goicrawl import config
from goicrawl.database import server
from goicrawl.reading.limits import limits_of
from goicrawl.reading.version import parser_version
from goicrawl.reparsing import reparse as module
from goicrawl.reparsing.command import print_summary
from goicrawl.reparsing.pages import Selection
from goicrawl.reparsing.progress import ReparseProgress


def main(archive: str) -> None:
    module.BATCH = 2
    console = Console()
    engine = server.connect(config.load(), migrate=False)
    print_summary(
        console,
        module.reparse(
            engine, Path(archive), Selection(parser_version()), processes=1,
            limits=limits_of(config.load({})),
            progress=ReparseProgress(console), function="tests.reparsing.readers:slow",
        ),
    )  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
