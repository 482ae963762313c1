"""`python -m tests.renderings.show STYLE SEED`: one rendering, and what is made of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.renderings.judge import compare
from tests.renderings.renderer import sample


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("style")
    parser.add_argument("seed", type=int)
    parser.add_argument("--to", type=Path, help="write the bytes here instead of to the terminal")
    parser.add_argument("--quiet", action="store_true", help="the problems only")
    chosen = parser.parse_args(arguments)
    rendering = sample(chosen.style, chosen.seed)
    if chosen.to is not None:
        chosen.to.write_bytes(rendering.data)
    elif not chosen.quiet:
        sys.stdout.buffer.write(rendering.data)
        sys.stdout.buffer.flush()
        print()
    print(
        f"figures {rendering.figures}, form {rendering.form}, {rendering.media_type}, styles {rendering.name}"
    )
    print(f"{len(rendering.truth)} cells, {len(rendering.may_refuse)} of them may be refused")
    for why in rendering.must_report:
        print(f"to be reported: {why}")
    from goicrawl.reading import parse_report

    report = parse_report(rendering.data, media_type=rendering.media_type)
    print(f"read as {report.form} {report.report_year}, {report.outcome}, {len(report.cells)} cells")
    for reason in report.reasons:
        print(f"reason: {reason}")
    problems = compare(report, rendering)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
