"""How much processor time a run takes, by who takes it: this process, those it started, PostgreSQL.

Times on the clock say as much about what else the machine does; processor time says what a run costs.
"""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of processor time. `server` is None where the system does not tell."""

    driver: float
    readers: float
    server: float | None

    def since(self, before: Spent) -> Spent:
        """What was spent between two moments."""
        server = None if self.server is None or before.server is None else self.server - before.server
        return Spent(self.driver - before.driver, self.readers - before.readers, server)

    @property
    def total(self) -> float:
        return self.driver + self.readers + (self.server or 0.0)


def spent(server: Path) -> Spent:
    """What was spent until now; `server` is the folder of the embedded PostgreSQL.

    Processes that were started count once they have ended.
    """
    own = resource.getrusage(resource.RUSAGE_SELF)
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(
        own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime, _of_server(server / "postmaster.pid")
    )


def _of_server(pid_file: Path) -> float | None:
    try:
        postmaster = int(pid_file.read_text().split()[0])
        times = [_times(postmaster)]
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    except (OSError, ValueError):
        return None
    for child in children:
        try:
            times.append(_times(int(child)))
        except OSError:
            continue
    return sum(times) / os.sysconf("SC_CLK_TCK")


def _times(process: int) -> int:
    """Ticks of a process and of its children that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15]))
