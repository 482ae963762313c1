"""The demonstration: replica portals are served, crawled over HTTP, stored, checked and exported."""

from __future__ import annotations

import dataclasses
import io
import json
import threading
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from goicrawl import registry as registries
from goicrawl.checking.run import CheckSummary
from goicrawl.config import Config
from goicrawl.database import server as database
from goicrawl.demo import telling
from goicrawl.demo.cast import demo_roles
from goicrawl.demo.comparing import compare
from goicrawl.demo.figures import load
from goicrawl.demo.replicas import ReplicaServer, serve
from goicrawl.demo.seeds import portal_url, write_seeds
from goicrawl.demo.site import Portal
from goicrawl.demo.telling import Tally
from goicrawl.exports.export import export
from goicrawl.spiders.crawl import crawl
from goicrawl.spiders.summary import CrawlSummary

FIRST_PORT = 28170
"""Below the ports that systems give to outgoing connections, so that it is free the next time as well."""

DELAY = 0.05
"""Seconds between two requests to one replica: they are on this machine and carry no load."""

STATE = "demo.json"
PAGE = "kuancheng_office_2021.html"
SCRAPY_SETTINGS = {"BACK_OFF_DELAY": 0.2, "AUTOTHROTTLE_ENABLED": False}


@dataclass(frozen=True)
class DemoResult:
    """What a run did: the crawl, what the database held before and after, the folders, and the checks."""

    summary: CrawlSummary
    before: Tally
    after: Tally
    folder: Path
    exported: Path
    compared: CheckSummary

    @property
    def differences(self) -> list[str]:
        """What did not go as the replicas are made to make it go; empty when all is well."""
        expected = {role.region_code: role.expected for role in demo_roles()}
        found = {visit.region_code: visit.outcome for visit in self.summary.visits}
        wrong = [
            f"the visit of {code} ended as {found.get(code, 'nothing')}, not as {outcome}"
            for code, outcome in expected.items()
            if found.get(code) != outcome
        ]
        if self.after.reports != len(load()):
            wrong.append(f"{self.after.reports} reports are stored, not {len(load())}")
        return wrong


def run(config: Config, console: Console, *, to: Path | None = None, keep: bool = False) -> DemoResult:
    """Run the demonstration in a data folder of its own under the configured one.

    `to` is the folder for the CSV files (by default in the demonstration's folder). With `keep` the replica
    portals and the database stay up after the report, until Ctrl-C. Both have ended when it returns.

    Raises:
        DatabaseError: the embedded database cannot be started.
        ExportError: a file cannot be written.
        OSError: the folder cannot be written, or no port is free.
    """
    folder = demo_folder(config)
    folder.mkdir(parents=True, exist_ok=True)
    exported = folder / "export" if to is None else to.absolute()
    own = own_config(config, folder)
    roles = demo_roles()
    try:
        with serve([site for role in roles for site in role.sites], _saved_port(folder)) as replicas:
            _save_port(folder, replicas.port)
            write_seeds(folder / "seeds", roles, replicas)
            registry = registries.load(folder / "seeds")
            telling.opening(console, folder, replicas, len(roles), DELAY, config.delay)
            before = telling.tally(own)
            told = telling.Visits(console, {portal_url(role, replicas): role for role in roles}, replicas)
            summary = crawl(own, registry, registry.portals, settings=SCRAPY_SETTINGS, progress=told)
            after = telling.tally(own)
            telling.stored(console, summary, before, after)
            telling.findings(console, own)
            compared = compare(console, own, registry)
            counties = [role.region_code for role in roles if role.expected == "ok"]
            quiet = Console(file=io.StringIO())
            telling.exported(console, export(own, registry, exported, quiet, counties=counties))
            _save_page(folder / PAGE, replicas)
            result = DemoResult(summary, before, after, folder, exported, compared)
            telling.differences(console, result.differences)
            telling.next_steps(console, folder, folder / PAGE, telling.psql_command(own))
            if keep:
                _wait(console, replicas)
    finally:
        database.stop(own)
    return result


def demo_folder(config: Config) -> Path:
    """The demonstration's folder: the configured data folder if it is one already, else `demo` in it."""
    return config.data_dir if (config.data_dir / STATE).is_file() else config.data_dir / "demo"


def own_config(config: Config, folder: Path) -> Config:
    """The configuration with data of its own: the embedded database, never the one configured."""
    return dataclasses.replace(
        config,
        data_dir=folder,
        database_url=None,
        archive_dir=folder / "archive",
        delay=DELAY,
        timeout=10.0,
        retries=1,
    )


def _saved_port(folder: Path) -> int:
    """The port of the last run: the addresses of the replicas are to stay what they were."""
    try:
        port = json.loads((folder / STATE).read_text(encoding="utf-8"))["port"]
    except (OSError, ValueError, KeyError, TypeError):
        return FIRST_PORT
    return port if isinstance(port, int) and 1024 <= port <= 65535 else FIRST_PORT


def _save_port(folder: Path, port: int) -> None:
    (folder / STATE).write_text(json.dumps({"port": port}) + "\n", encoding="utf-8")


def _save_page(path: Path, replicas: ReplicaServer) -> None:
    """Keep the report that contradicts itself as a file, for `goicrawl parse`."""
    for site in replicas.sites.values():
        if isinstance(site, Portal):
            for item in site.items:
                if item.figures is not None and item.figures.id == path.stem:
                    address = site.article_path(item)
                    path.write_bytes(replicas.answer(site.host, "GET", address, b"", {}).body)


def _wait(console: Console, replicas: ReplicaServer) -> None:
    address = replicas.url(demo_roles()[0].host)
    never = threading.Event()
    try:
        telling.line(console, f"\nThe replicas are up: open {address} in a browser. Ctrl-C ends them.")
        # A signal may reach another thread; without a timeout this one would sleep on.
        while not never.wait(0.5):
            pass
    except KeyboardInterrupt:
        telling.line(console, "ended")
