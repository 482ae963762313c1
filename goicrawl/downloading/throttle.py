"""The pace of each host: never faster than its own Crawl-delay, slower as soon as it fails."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response


class PoliteThrottle(AutoThrottle):
    """Scrapy's AutoThrottle, which knows one least delay for all hosts, with one for each host."""

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        slot = _slot(self.crawler, request)
        if slot is not None:
            slot.delay = max(slot.delay, least_delay(self.crawler, request))


def set_least_delay(crawler: Crawler, request: Request, seconds: float) -> None:
    """From now on at least so many seconds lie between two requests to this request's host."""
    key = _downloader(crawler).get_slot_key(request)
    # A slot that was idle for a minute is thrown away; these settings make its successor.
    kept = _downloader(crawler).per_slot_settings.setdefault(key, {})
    kept["delay"] = max(seconds, crawler.settings.getfloat("DOWNLOAD_DELAY"))
    slot = _downloader(crawler).slots.get(key)
    if slot is not None:
        slot.delay = max(slot.delay, kept["delay"])


def least_delay(crawler: Crawler, request: Request) -> float:
    """The least number of seconds between two requests to this request's host."""
    key = _downloader(crawler).get_slot_key(request)
    usual = crawler.settings.getfloat("DOWNLOAD_DELAY")
    return float(_downloader(crawler).per_slot_settings.get(key, {}).get("delay", usual))


def back_off(crawler: Crawler, request: Request) -> None:
    """Double the host's delay, from BACK_OFF_DELAY up to AUTOTHROTTLE_MAX_DELAY."""
    slot = _slot(crawler, request)
    if slot is not None:
        start = crawler.settings.getfloat("BACK_OFF_DELAY")
        most = crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
        slot.delay = max(slot.delay, min(max(slot.delay * 2, start), most))


def recover(crawler: Crawler, request: Request) -> None:
    """The host answers again: back to its usual delay, from where AutoThrottle goes on."""
    slot = _slot(crawler, request)
    if slot is not None:
        slot.delay = least_delay(crawler, request)


def _slot(crawler: Crawler, request: Request) -> Slot | None:
    return _downloader(crawler).slots.get(_downloader(crawler).get_slot_key(request))


def _downloader(crawler: Crawler) -> Downloader:
    return crawler.engine.downloader
