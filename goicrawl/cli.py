"""Every command. Each only parses its options and calls one function."""

from __future__ import annotations

import click

from goicrawl import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="goicrawl")
def main() -> None:
    """The national record of how China's government organs answer information requests."""


if __name__ == "__main__":
    main()
