"""Every command. Each only parses its options and calls one function."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

import click
from rich.console import Console

from goicrawl import __version__
from goicrawl.checking import commands as checking_commands
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


class UsageFault(click.ClickException):
    """What was asked for does not exist: one line, exit status 2."""

    exit_code = 2


@main.group("db")
def database() -> None:
    """The database: the embedded PostgreSQL server, or the one that GOICRAWL_DATABASE_URL names."""


def _run_on_database(name: str) -> None:
    """Run a function of goicrawl.database.commands on the configured database."""
    # Imported here: the database's libraries take longer to load than the other commands take to run.
    from goicrawl import config
    from goicrawl.database import commands
    from goicrawl.database.errors import DatabaseError

    try:
        getattr(commands, name)(config.load(), Console())
    except (config.ConfigError, DatabaseError) as error:
        raise click.ClickException(str(error)) from error


@database.command("start")
def start_database() -> None:
    """Start the embedded server and migrate; it keeps running until `goicrawl db stop`."""
    _run_on_database("start")


@database.command("stop")
def stop_database() -> None:
    """Stop the embedded server."""
    _run_on_database("stop")


@database.command("status")
def show_database() -> None:
    """Say whether the server runs, where its files are, and which schema it has."""
    _run_on_database("status")


@database.command("migrate")
def migrate_database() -> None:
    """Bring the schema up to date."""
    _run_on_database("migrate")


@main.command("status")
def show_status() -> None:
    """What is stored: portals visited, reports by year and outcome, findings, the last crawl."""
    _run_on_database("figures")


@main.command("bodies")
@click.argument("region", metavar="REGION")
def show_bodies(region: str) -> None:
    """The organs of a REGION, by code or full name, over the years, under all their names."""
    from goicrawl import config
    from goicrawl.database import body_listing
    from goicrawl.database.errors import DatabaseError

    try:
        body_listing.show(config.load(), Console(), region)
    except RegistryError as error:
        raise UsageFault(str(error)) from error
    except (config.ConfigError, DatabaseError) as error:
        raise click.ClickException(str(error)) from error


@main.command("export")
@click.option("--county", "counties", multiple=True, metavar="CODE", help="A region's code or full name.")
@click.option("--province", metavar="NAME", help="Every region of a province that has reports: 河北省.")
@click.option("--all", "everything", is_flag=True, help="Every region that has reports.")
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write into; it is made if need be.",
)
@click.option("--lang", "language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def export_files(
    counties: tuple[str, ...],
    province: str | None,
    everything: bool,
    folder: Path,
    language: Literal["zh", "en"],
) -> None:
    """Write reports, cells and findings of counties as CSV files that Excel opens."""
    from goicrawl import config, registry
    from goicrawl.database.errors import DatabaseError
    from goicrawl.exports.errors import ExportError
    from goicrawl.exports.export import export

    try:
        export(
            config.load(), registry.load(), folder, Console(),
            counties=counties, province=province, everything=everything, language=language,
        )  # fmt: skip
    except ExportError as error:
        raise UsageFault(str(error)) from error
    except (config.ConfigError, DatabaseError, RegistryError) as error:
        raise click.ClickException(str(error)) from error


@main.command("parse")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--url", help="Where the document comes from: helps to find the region.")
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The date that a list page gives.",
)
@click.option("--format", "output_format", type=click.Choice(["json"]), default="json", show_default=True)
def parse_documents(
    files: tuple[Path, ...], url: str | None, published: datetime | None, output_format: Literal["json"]
) -> None:
    """Read reports from files: one JSON object a line, cells, findings and all."""
    from goicrawl import config
    from goicrawl.reading.files import parse_files
    from goicrawl.reading.limits import limits_of
    from goicrawl.reading.pool import ReaderUnavailable

    try:
        status = parse_files(
            files,
            limits=limits_of(config.load()),
            url=url,
            published_on=None if published is None else published.date(),
            write=click.echo,
            complain=lambda line: click.echo(f"goicrawl parse: {line}", err=True),
        )
    except (config.ConfigError, ReaderUnavailable) as error:
        raise click.ClickException(str(error)) from error
    raise SystemExit(status)


@main.command("crawl")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--province", metavar="NAME", help="Every portal of a province, by its full name: 河北省.")
@click.option("--all", "everything", is_flag=True, help="Every portal.")
@click.option("--resume", is_flag=True, help="Go on with the last crawl: skip the portals it has finished.")
@click.option("--crawl-id", metavar="NAME", help="Name of the crawl to begin or to go on with.")
@click.option("--log", "log_file", type=click.Path(dir_okay=False, path_type=Path), help="Write a log here.")
@_seeds
def crawl_portals(
    codes: tuple[str, ...],
    province: str | None,
    everything: bool,
    resume: bool,
    crawl_id: str | None,
    log_file: Path | None,
    seeds: Path | None,
) -> None:
    """Visit portals: by region CODE (130827, 1308, 13) or name, by province, or all of them."""
    from goicrawl.config import ConfigError
    from goicrawl.database.errors import DatabaseError
    from goicrawl.spiders import command
    from goicrawl.spiders.crawl import CrawlError

    try:
        summary = command.run(
            codes, province, everything, crawl_id=crawl_id, resume=resume, seeds=seeds, log_file=log_file
        )
    except RegistryError as error:
        raise UsageFault(str(error)) from error
    except (ConfigError, CrawlError, DatabaseError) as error:
        raise click.ClickException(str(error)) from error
    raise SystemExit(1 if summary.unfinished else 0)


@main.command("reparse")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Only pages fetched on this day (UTC) or later.",
)
@click.option("--form", metavar="FORM", help="Only reports in this form (f2021); none: those in no form.")
@click.option("--again", is_flag=True, help="Also pages that this parser has read already.")
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many pages are read side by side (default: one for each core but one).",
)
def reparse_archive(since: datetime | None, form: str | None, again: bool, processes: int | None) -> None:
    """Read the archived pages again, without network; store what is now read otherwise."""
    from goicrawl import config, forms
    from goicrawl.database.errors import DatabaseError
    from goicrawl.reading.pool import ReaderUnavailable
    from goicrawl.reparsing import command, pages

    known = [*forms.load(), pages.NO_FORM]
    if form is not None and form not in known:
        raise UsageFault(f"no form {form}: {', '.join(known)}")
    day = None if since is None else since.date()
    try:
        summary = command.run(
            config.load(), Console(), since=day, form=form, again=again, processes=processes
        )
    except (config.ConfigError, DatabaseError, ReaderUnavailable) as error:
        raise click.ClickException(str(error)) from error
    raise SystemExit(1 if summary.left else 0)


main.add_command(checking_commands.check_corpus)
main.add_command(checking_commands.findings)


@main.command("demo")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the CSV files (default: export/ in the demonstration's data folder).",
)
@click.option("--keep", is_flag=True, help="Leave the replica portals and the database up until Ctrl-C.")
def run_demo(folder: Path | None, keep: bool) -> None:
    """Crawl replica portals on this machine: from a list page to a county's CSV, on real figures."""
    from goicrawl import config
    from goicrawl.database.errors import DatabaseError
    from goicrawl.demo.run import run
    from goicrawl.exports.errors import ExportError
    from goicrawl.spiders.crawl import CrawlError

    try:
        result = run(config.load(), Console(), to=folder, keep=keep)
    except (config.ConfigError, DatabaseError, ExportError, CrawlError, OSError) as error:
        raise click.ClickException(str(error)) from error
    raise SystemExit(1 if result.differences else 0)


if __name__ == "__main__":
    main()
