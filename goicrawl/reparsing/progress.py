"""What a reparse says while it runs: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

SECONDS = 30.0
"""Between two plain lines with the count."""


class ReparseProgress:
    """Counts pages that are done, and has lines of its own for those that went wrong."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar: Progress | None = None
        self._pages = self._done = 0
        self._said = time.monotonic()

    def begin(self, pages: int) -> None:
        """So many pages are to be read."""
        self._pages = pages
        if self._console.is_terminal:
            self._bar = Progress(
                TextColumn("pages"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
                console=self._console,
            )  # fmt: skip
            self._bar.add_task("pages", total=pages)
            self._bar.start()

    def advance(self, pages: int) -> None:
        """So many more are done: stored, or known to be unreadable."""
        self._done += pages
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0], pages)
        elif time.monotonic() - self._said >= SECONDS:
            self._said = time.monotonic()
            self.say(f"reparse: {self._done} of {self._pages} pages")

    def say(self, line: str) -> None:
        """One line, above the bar where there is one."""
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)

    def end(self) -> None:
        """Nothing more comes."""
        if self._bar is not None:
            self._bar.stop()
