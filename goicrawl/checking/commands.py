"""The commands `goicrawl check` and `goicrawl findings`. What they do is imported when they run."""

from __future__ import annotations

from typing import Literal

import click
from rich.console import Console


class UsageFault(click.ClickException):
    """What was asked for does not exist: one line, exit status 2."""

    exit_code = 2


_province = click.option("--province", metavar="NAME", help="Everything in a province: 河北省.")
_lines = click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
)


@click.command("check")
@click.argument("codes", nargs=-1, metavar="[REGION]...")
@_province
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Only this rule: C1, C2, …")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(["pass", "fail", "uncertain", "not_assessable"]),
    help="Print the results of this status (default: fail and uncertain).",
)
@_lines
def check_corpus(
    codes: tuple[str, ...],
    province: str | None,
    rules: tuple[str, ...],
    statuses: tuple[str, ...],
    output_format: Literal["table", "json", "csv"],
) -> None:
    """Check what is stored: year against year, jurisdictions against the bodies in them."""
    from goicrawl import config, registry
    from goicrawl.checking import assessing, command, selection
    from goicrawl.database.errors import DatabaseError

    unknown = [rule for rule in rules if rule not in assessing.rules()]
    if unknown:
        raise UsageFault(f"no rule {unknown[0]}: {', '.join(assessing.rules())}")
    try:
        known = registry.load()
        command.run(
            config.load(), known, selection.select(codes, province, known), Console(), Console(stderr=True),
            rules=rules, statuses=statuses, output_format=output_format,
        )  # fmt: skip
    except registry.RegistryError as error:
        raise UsageFault(str(error)) from error
    except (config.ConfigError, DatabaseError) as error:
        raise click.ClickException(str(error)) from error


@click.group("findings")
def findings() -> None:
    """What does not hold together, within reports and between them, and what people say of it."""


@findings.command("list")
@click.argument("codes", nargs=-1, metavar="[REGION]...")
@_province
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Only findings of this rule.")
@click.option(
    "--status", "statuses", multiple=True, type=click.Choice(["fail", "uncertain"]), help="Only this status."
)
@click.option(
    "--severity",
    "severities",
    multiple=True,
    type=click.Choice(["error", "warning", "info"]),
    help="Only this severity.",
)
@click.option(
    "--verdict",
    "verdicts",
    multiple=True,
    type=click.Choice(["none", "accepted", "dismissed"]),
    help="Only findings with this verdict.",
)
@_lines
def list_findings(
    codes: tuple[str, ...],
    province: str | None,
    rules: tuple[str, ...],
    statuses: tuple[str, ...],
    severities: tuple[str, ...],
    verdicts: tuple[str, ...],
    output_format: Literal["table", "json", "csv"],
) -> None:
    """List findings with their keys and verdicts; `goicrawl check` brings those between reports."""
    from goicrawl import config, registry
    from goicrawl.checking import findings_command, selection
    from goicrawl.database.errors import DatabaseError
    from goicrawl.database.verdicts import Wanted

    try:
        patterns = selection.select(codes, province, registry.load()).patterns
        with findings_command.opened(config.load()) as engine:
            wanted = Wanted(patterns, rules, statuses, severities, verdicts)
            findings_command.list_findings(engine, wanted, Console(), output_format)
    except registry.RegistryError as error:
        raise UsageFault(str(error)) from error
    except (config.ConfigError, DatabaseError) as error:
        raise click.ClickException(str(error)) from error


def _on_finding(key: str, verdict: str | None, note: str = "", person: str | None = None) -> None:
    """Show a finding, or enter a verdict on it."""
    from goicrawl import config
    from goicrawl.checking import findings_command
    from goicrawl.database.errors import DatabaseError
    from goicrawl.database.verdicts import NoSuchFinding

    try:
        with findings_command.opened(config.load()) as engine:
            if verdict is None:
                findings_command.show_finding(engine, key, Console())
            else:
                findings_command.judge(engine, key, verdict, note, person, Console())
    except NoSuchFinding as error:
        raise UsageFault(str(error)) from error
    except (config.ConfigError, DatabaseError) as error:
        raise click.ClickException(str(error)) from error


@findings.command("show")
@click.argument("key")
def show_finding(key: str) -> None:
    """Show a finding: the cells it was made from as printed, their pages, and the verdicts on it."""
    _on_finding(key, None)


_note = click.option("--note", default="", metavar="TEXT", help="Why.")
_person = click.option("--person", metavar="NAME", help="Who says so (default: your user name).")


@findings.command("accept")
@click.argument("key")
@_note
@_person
def accept_finding(key: str, note: str, person: str | None) -> None:
    """Say that a finding is right: the report is wrong there."""
    _on_finding(key, "accepted", note, person)


@findings.command("dismiss")
@click.argument("key")
@_note
@_person
def dismiss_finding(key: str, note: str, person: str | None) -> None:
    """Say that a finding is none: the report is as it should be."""
    _on_finding(key, "dismissed", note, person)


@findings.command("reopen")
@click.argument("key")
@_note
@_person
def reopen_finding(key: str, note: str, person: str | None) -> None:
    """Take back what was said of a finding; that it was said is kept."""
    _on_finding(key, "reopened", note, person)
