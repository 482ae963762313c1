"""What the commands `goicrawl db …` and `goicrawl status` do."""

from __future__ import annotations

from rich.console import Console

from goicrawl.config import Config
from goicrawl.database import migrating, printing, server, summary


def start(config: Config, console: Console) -> None:
    """Start the embedded server if there is one to start, migrate, and say where the database is."""
    server.connect(config).dispose()
    printing.print_database(server.status(config), console)


def stop(config: Config, console: Console) -> None:
    """Stop the embedded server."""
    if config.database_url is not None:
        console.print("GOICRAWL_DATABASE_URL names another server: it is not stopped from here")
    elif server.stop(config):
        console.print("stopped")
    else:
        console.print("it was not running")


def status(config: Config, console: Console) -> None:
    """Say whether the server runs and which schema it has, without starting it."""
    printing.print_database(server.status(config), console)


def migrate(config: Config, console: Console) -> None:
    """Bring the schema up to date."""
    engine = server.connect(config, migrate=False)
    try:
        changed = migrating.upgrade(engine)
    finally:
        engine.dispose()
    newest = migrating.newest_revision()
    console.print(f"migrated to {newest}" if changed else f"nothing to do, the schema is {newest}")


def figures(config: Config, console: Console) -> None:
    """Print what the database holds."""
    engine = server.connect(config)
    try:
        printing.print_summary(summary.summarise(engine), console)
    finally:
        engine.dispose()
