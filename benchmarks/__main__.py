"""Every benchmark of this folder, one after the other: `python -m benchmarks [NAME]...`.

The machine is named first, because figures mean nothing without it. Each benchmark is a module with a
`main()` and runs in a process of its own.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def main() -> None:
    """Run the benchmarks asked for, or all; exit status 1 where one failed."""
    names = benchmarks()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Run the benchmarks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(names)}")
    chosen = parser.parse_args()
    unknown = sorted(set(chosen.names) - set(names))
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are: {', '.join(names)}")
    for line in machine():
        print(line)
    failed = []
    for name in chosen.names or names:
        print(f"\n{name}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=FOLDER.parent, check=False)
        if done.returncode != 0:
            failed.append(name)
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")


def benchmarks() -> list[str]:
    """The names of the benchmarks, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))


def machine() -> list[str]:
    """What the figures were measured on, a line each."""
    cores = os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        f"processor  {_processor()}, {cores} cores, {memory:.0f} GiB of memory",
        f"system     {platform.system()}, {platform.machine()}",
        f"Python     {platform.python_version()} ({platform.python_implementation()})",
    ]


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    named = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return named[1].strip() if named is not None else platform.processor() or "unknown"


if __name__ == "__main__":
    main()
