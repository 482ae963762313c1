"""Replica portals that a crawl cannot read: behind a challenge, gone, silent, moved to another host."""

from __future__ import annotations

from dataclasses import dataclass

from goicrawl.demo.pages import BANNER, STYLE_PATH, shell
from goicrawl.demo.site import Request, Response, redirect, style


@dataclass
class ChallengePortal:
    """Answers everything with status 521, a cookie and a script, as a protection service does."""

    host: str
    port: int = 0

    def respond(self, request: Request) -> Response:
        body = (
            f"<html><head><!-- {BANNER} --></head><body><script>"
            f"document.cookie='__jsl_clearance={request.serial}.replica|-1|;Max-age=3600;path=/';"
            "location.href=location.pathname+location.search;</script></body></html>"
        )
        return Response(
            body.encode(), status=521, headers=(("Set-Cookie", f"__jsluid_h={request.serial:032x}; path=/"),)
        )


@dataclass
class GonePortal:
    """Answers everything with 410: the site has been closed."""

    host: str
    port: int = 0

    def respond(self, request: Request) -> Response:
        del request
        return Response(
            f"<html><body><h1>本站已停止服务</h1><p>{BANNER}</p></body></html>".encode(), status=410
        )


@dataclass
class SilentPortal:
    """A portal with a front page and no column of annual reports of its own.

    Its one link of that name leads to another government's column, where it has no business.
    """

    host: str
    name: str
    elsewhere: str
    port: int = 0

    def respond(self, request: Request) -> Response:
        if request.path == "/robots.txt":
            return Response(b"", status=404, content_type="text/plain")
        if request.path == STYLE_PATH:
            return style(request)
        if request.path not in ("/", "/index.html", "/about.html"):
            return Response(b"<html><body>404</body></html>", status=404)
        link = self.elsewhere.replace(":PORT/", f":{self.port}/")
        html = shell(
            title=f"{self.name}门户网站",
            main=f'<ul class="list"><li><a href="/about.html">机构概况</a></li>'
            f'<li><a href="{link}">上级政府信息公开年报</a></li></ul>',
            site_name=self.name,
            site_domain=self.host,
            site_code=None,
            column="",
            menu=[("首页", "/"), ("机构概况", "/about.html")],
            theme="#5a6b7b",
            charset="utf-8",
            metas="",
            foot="",
        )
        return Response(html.encode())


@dataclass
class MovedHost:
    """A host that sends every request to the same path of another host."""

    host: str
    target_host: str
    port: int = 0

    def respond(self, request: Request) -> Response:
        return redirect(f"http://{self.target_host}:{self.port}{request.path}")
