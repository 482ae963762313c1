"""robots.txt is obeyed, its Crawl-delay kept, and a robots.txt that cannot be read means: stay away."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from goicrawl.downloading.failures import BACK_OFF, Failure, Refused, of_error
from goicrawl.downloading.throttle import set_least_delay


class PoliteRobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, with three differences.

    A server error on robots.txt forbids everything, as RFC 9309 says (Scrapy reads the error page as a
    robots.txt). A host that does not answer robots.txt is not asked for anything else. A Crawl-delay is
    kept; one of more than CRAWL_DELAY_LIMIT seconds cannot be, so the host is not visited.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._refusals: dict[str, Failure] = {}
        self._limit = crawler.settings.getfloat("CRAWL_DELAY_LIMIT")
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        if request.meta.get("dont_obey_robotstxt"):
            return
        parser = await self.robot_parser(request)
        refusal = self._refusals.get(urlsplit(request.url).netloc)
        if refusal is not None:
            raise Refused(refusal.outcome, refusal.detail)
        try:
            self.process_request_2(parser, request)
        except IgnoreRequest as error:
            raise Refused("blocked", f"robots.txt forbids {request.url}") from error

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Keep the Crawl-delay that was just read."""
        # Scrapy's parsers wrap one of another package and do not speak of delays themselves.
        parser = getattr(robotparser, "rp", None)
        delay = None if parser is None else parser.crawl_delay(self._robotstxt_useragent)
        if delay is None:
            return
        if delay > self._limit:
            detail = f"robots.txt asks for {delay:g} seconds between two requests"
            self._refusals[urlsplit(request.url).netloc] = Failure("blocked", detail)
            return
        set_least_delay(self.crawler, request, float(delay))

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status in BACK_OFF:
            detail = f"robots.txt: HTTP {response.status}, so nothing is known to be allowed"
            self._refusals[netloc] = Failure("blocked", detail)
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        failure = of_error(exc)
        # Led elsewhere, it is no robots.txt of this host; where the host itself may not be asked, the
        # page's own request says so.
        if failure.outcome != "off_site":
            self._refusals[netloc] = failure
        super()._robots_error(exc, netloc)
