"""Every command. Each only parses its options and calls one function."""

from __future__ import annotations

from pathlib import Path

import click

from goicrawl import __version__
from goicrawl.registry import RegistryError, listing
from goicrawl.registry.records import LEVELS, Level


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="goicrawl")
def main() -> None:
    """The national record of how China's government organs answer information requests."""


_seeds = click.option(
    "--seeds",
    "seeds",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another folder of seed files than the project's own.",
)


@main.group()
def portals() -> None:
    """Whom to ask: the portals, their regions and their report columns."""


@portals.command("list")
@click.option("--province", help="Only this province, by its full name: 河北省.")
@click.option("--family", help="Only portals of this CMS family, decided or guessed.")
@click.option("--level", type=click.Choice(LEVELS), help="Only this level.")
@click.option(
    "--format", "output_format", type=click.Choice(listing.FORMATS), default="table", show_default=True
)
@_seeds
def list_portals(
    province: str | None,
    family: str | None,
    level: Level | None,
    output_format: listing.Format,
    seeds: Path | None,
) -> None:
    """List portals: a table, the columns of seeds/portals.csv, or JSON."""
    try:
        listing.print_portals(seeds, province, family, level, output_format)
    except RegistryError as error:
        raise click.ClickException(str(error)) from error


@portals.command("show")
@click.argument("code")
@_seeds
def show_region(code: str, seeds: Path | None) -> None:
    """Show a region, by code or name: its years, portal, report columns and the regions below."""
    try:
        listing.print_region(seeds, code)
    except RegistryError as error:
        raise click.ClickException(str(error)) from error


@portals.command("check")
@_seeds
def check_portals(seeds: Path | None) -> None:
    """Check every row of the seed files; exit status 1 where one is wrong."""
    # Imported here: the families bring Scrapy's selectors, which the other commands can do without.
    from goicrawl.portals import FAMILIES

    try:
        errors = listing.print_check(seeds, {family.name for family in FAMILIES})
    except RegistryError as error:
        raise click.ClickException(str(error)) from error
    raise SystemExit(1 if errors else 0)


if __name__ == "__main__":
    main()
