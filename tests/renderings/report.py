"""`python -m tests.renderings.report [--n 2000] [STYLE...]`: how each style is read, in counts and seeds."""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict

from tests.renderings.judge import CLASSES, Problem, compare
from tests.renderings.model import Rendering
from tests.renderings.renderer import sample
from tests.renderings.styles import STYLES, combine


def read(rendering: Rendering) -> tuple[list[Problem], bool]:
    """The problems, and whether every address was read right."""
    from goicrawl.reading import parse_report

    try:
        report = parse_report(rendering.data, media_type=rendering.media_type)
    except Exception as error:
        return [Problem("silently_wrong", "page", f"{type(error).__name__}: {error}")], False
    problems = compare(report, rendering)
    return problems, not problems and rendering.truth.keys() <= report.cells.keys()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("styles", nargs="*", help="styles, or several joined by +; all when none is named")
    parser.add_argument("--n", type=int, default=2000, help="how many renderings in all")
    parser.add_argument("--mixed", type=int, default=0, help="how many of them mix styles at random")
    chosen = parser.parse_args(arguments)
    names = chosen.styles or ["official", *STYLES]
    tasks = [(names[i % len(names)], i // len(names)) for i in range(chosen.n - chosen.mixed)]
    tasks += [(combine(random.Random(seed)), seed) for seed in range(chosen.mixed)]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    seeds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for style, seed in tasks:
        problems, exact = read(sample(style, seed))
        line = style if style in names else "mixed"
        kinds = {problem.kind for problem in problems}
        counts[line]["n"] += 1
        counts[line]["exact" if exact else "refused" if not problems else "failed"] += 1
        for kind in kinds:
            counts[line][kind] += 1
            if len(seeds[line, kind]) < 4:
                seeds[line, kind].append(str(seed) if style == line else f"{style} {seed}")
    print(f"{'style':26}{'n':>5}{'exact':>7}{'refused':>8}" + "".join(f"{k:>15}" for k in CLASSES))
    total: Counter[str] = Counter()
    for line, count in counts.items():
        total += count
        print(summary(line, count))
        for kind in CLASSES:
            if seeds[line, kind]:
                print(f"{'':10}{kind}: seeds {', '.join(seeds[line, kind])}")
    print(summary("all", total))
    return 1 if total["failed"] else 0


def summary(line: str, count: Counter[str]) -> str:
    numbers = "".join(f"{count[kind] or '.':>15}" for kind in CLASSES)
    return f"{line:26}{count['n']:>5}{count['exact']:>7}{count['refused']:>8}{numbers}"


if __name__ == "__main__":
    sys.exit(main())
