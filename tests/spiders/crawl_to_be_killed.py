"""A crawl in a process of its own: `python -m … DATA_FOLDER ARCHIVE_FOLDER CRAWL_ID PORT HOST...`"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from goicrawl import config as configuration
from goicrawl.registry import Registry
from goicrawl.spiders.crawl import crawl
from tests.spiders.world import FAST, local_portal


def main(data_dir: str, archive_dir: str, crawl_id: str, port: str, *hosts: str) -> None:
    config = configuration.load({"GOICRAWL_DATA_DIR": data_dir})
    config = dataclasses.replace(config, archive_dir=Path(archive_dir), delay=0.0, timeout=3.0, retries=0)
    portals = [local_portal(host, int(port)) for host in hosts]
    crawl(
        config, Registry((), portals, ()), portals, crawl_id=crawl_id, settings={**FAST, "VISITS_AT_ONCE": 2}
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
