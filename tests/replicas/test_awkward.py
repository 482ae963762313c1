"""Visits of portals that go wrong end in outcomes that say how, over real HTTP with the real spider."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from goicrawl import config as configuration
from goicrawl import registry as registries
from goicrawl.database import server as database
from goicrawl.demo.cast import Role
from goicrawl.demo.replicas import serve
from goicrawl.demo.seeds import write_seeds
from goicrawl.spiders.crawl import crawl
from goicrawl.spiders.summary import VisitSummary
from tests.replicas import awkward
from tests.replicas.awkward import AwkwardPortal

HANGING = awkward.Hanging()
PORTALS = {
    "empty_list": AwkwardPortal("www.empty-replica.localhost", awkward.empty_list),
    "needs_browser": AwkwardPortal("www.scripted-replica.localhost", awkward.scripted_list),
    "endless": AwkwardPortal("www.endless-replica.localhost", awkward.endless_list),
    "off_site": AwkwardPortal("www.leaving-replica.localhost", awkward.to_another_site),
    "circle": AwkwardPortal("www.circle-replica.localhost", awkward.in_a_circle),
    "timeout": AwkwardPortal("www.hanging-replica.localhost", HANGING),
    "refused_by_robots": AwkwardPortal(
        "www.robots-replica.localhost", awkward.empty_list, robots=b"User-agent: *\nDisallow: /\n"
    ),
}


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, VisitSummary]]:
    folder = tmp_path_factory.mktemp("awkward")
    config = dataclasses.replace(
        configuration.load({"GOICRAWL_DATA_DIR": str(folder)}), delay=0.0, timeout=2.0, retries=0
    )
    roles = [
        Role((site,), f"99{at:04}", f"{name}（虚构）", "county", "演示省（虚构）", site.host, "", name, name)
        for at, (name, site) in enumerate(PORTALS.items(), start=1)
    ]
    try:
        with serve(list(PORTALS.values())) as server:
            write_seeds(folder / "seeds", roles, server)
            registry = registries.load(folder / "seeds")
            summary = crawl(
                config, registry, registry.portals,
                settings={"BACK_OFF_DELAY": 0.05, "AUTOTHROTTLE_ENABLED": False},
            )  # fmt: skip
            HANGING.released.set()
            names = {role.region_code: role.expected for role in roles}
            yield {names[visit.region_code or ""]: visit for visit in summary.visits}
    finally:
        HANGING.released.set()
        database.stop(config)


@pytest.mark.parametrize("outcome", ["empty_list", "needs_browser", "off_site", "timeout"])
def test_the_outcome_says_what_went_wrong(visits: dict[str, VisitSummary], outcome: str) -> None:
    assert visits[outcome].outcome == outcome, visits[outcome]
    assert visits[outcome].reports == 0


def test_a_list_without_end_is_left_when_nothing_new_comes(visits: dict[str, VisitSummary]) -> None:
    assert visits["endless"].outcome == "empty_list"
    assert len(PORTALS["endless"].asked) <= 5


def test_a_circle_of_redirects_is_left(visits: dict[str, VisitSummary]) -> None:
    assert visits["circle"].outcome not in ("ok", "empty_list", "no_report_column")
    assert len(PORTALS["circle"].asked) <= 10


def test_robots_are_obeyed(visits: dict[str, VisitSummary]) -> None:
    assert visits["refused_by_robots"].outcome == "blocked"
    assert set(PORTALS["refused_by_robots"].asked) == {"/robots.txt"}
