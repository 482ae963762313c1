"""What every replica portal is made of: requests, answers, articles, and the plain pages around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Protocol

from goicrawl.demo import pages
from goicrawl.demo.figures import Figures
from goicrawl.demo.markup import escape
from goicrawl.demo.reports import report_body
from goicrawl.demo.word_file import WORD_TYPE, word_file

_NEWS_ROWS = 8
IN_FILE = "word-file"
"""In place of a style of tables: the page links the report, which is a Word file."""
_COLUMN_LINK = "政府信息<br>公开年报"
_MENU = (
    ("政府信息<br>公开指南", "/zfxxgk/zn/"),
    ("政府信息<br>公开制度", "/zfxxgk/zd/"),
    ("法定主动<br>公开内容", "/zfxxgk/fdzdgknr/"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the server hands it on. `serial` grows with every request that a server answers."""

    method: str
    path: str
    query: Mapping[str, str]
    body: bytes
    headers: Mapping[str, str]
    serial: int


@dataclass(frozen=True, slots=True)
class Response:
    """One answer; `headers` beside Content-Type and Content-Length, which the server writes."""

    body: bytes
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class Site(Protocol):
    """A host and what it answers. The server sets `port` before the first request."""

    host: str
    port: int

    def respond(self, request: Request) -> Response: ...


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a column's list and the page behind it: a report when it has figures, else a replica notice.

    `key` tells apart the pages of one portal. `moved_from` is an old path that the list still links and
    that redirects to the page.
    """

    title: str
    published_on: date
    key: str
    figures: Figures | None = None
    style: str = "plain"
    moved_from: str | None = None

    @property
    def cut_title(self) -> str:
        """The title as a narrow list shows it: the first 22 characters and dots."""
        return self.title if len(self.title) <= 22 else self.title[:22] + "..."


def redirect(target: str, status: int = 301) -> Response:
    """An answer that sends the client elsewhere."""
    return Response(b"", status=status, headers=(("Location", target),))


def style(request: Request) -> Response:
    """The style sheet of the replica pages."""
    del request
    return Response(pages.style_sheet(), content_type="text/css; charset=utf-8")


Route = Callable[[Request], Response]


@dataclass
class Portal:
    """A replica portal: its identity, its articles, its menu; families add the column's list.

    `elsewhere` is a link in the menu, text and address, to another organ's column on another host; PORT in
    the address stands for the server's port. `encoding` is how its pages are encoded; unless it is utf-8 the
    HTTP header does not name it, as on the real portals of that kind.
    """

    host: str
    name: str
    site_code: str
    items: list[Item]
    column_name: str = "政府信息公开年报"
    theme: str = "#1f5fa8"
    encoding: str = "utf-8"
    head_shape: str = "pairs"
    elsewhere: tuple[str, str] | None = None
    menu: list[tuple[str, str]] = field(default_factory=list, init=False)
    port: int = 0

    def __post_init__(self) -> None:
        self.items = sorted(self.items, key=lambda item: item.published_on, reverse=True)
        self.routes: dict[str, Route] = {
            "/": self.home,
            "/index.html": self.home,
            "/robots.txt": self.robots,
            pages.STYLE_PATH: style,
        }
        for item in self.items:
            self.routes[self.article_path(item)] = self._article_route(item)
            if item.style == IN_FILE and item.figures is not None:
                self.routes[self.file_path(item)] = self._file_route(item.figures)
            if item.moved_from is not None:
                self.routes[item.moved_from] = self._redirect_route(self.article_path(item))
        self.add_routes()
        for text, path in _MENU:
            self.routes[path] = self._notice_route(pages.plain_text(text))
        self.menu = [*_MENU, (_COLUMN_LINK, self.column_path)]
        if self.elsewhere is not None:
            self.menu.append(self.elsewhere)

    # What a family says about itself.
    column_path = "/"
    body_open = '<div class="article-content">'
    body_close = "</div>"
    generator = ""

    def article_path(self, item: Item) -> str:
        """Where the item's page is, from the root."""
        raise NotImplementedError

    def file_path(self, item: Item) -> str:
        """Where the file is that an item's page links, from the root."""
        folder, _, _ = self.article_path(item).rpartition("/")
        return f"{folder}/files/{sha256(item.key.encode()).hexdigest()[:32]}.docx"

    def link(self, item: Item) -> str:
        """What the list links: the page, or the old path of a page that has moved."""
        return self.article_path(item) if item.moved_from is None else item.moved_from

    def add_routes(self) -> None:
        """Add the family's list pages to `routes`."""
        raise NotImplementedError

    # The answers.
    def respond(self, request: Request) -> Response:
        route = self.routes.get(request.path)
        return self.not_found() if route is None else route(request)

    def answer(self, html: str, status: int = 200) -> Response:
        """A page in the portal's encoding."""
        utf8 = self.encoding == "utf-8"
        content_type = "text/html; charset=utf-8" if utf8 else "text/html"
        html = html.replace(":PORT/", f":{self.port}/")
        return Response(html.encode(self.encoding), status=status, content_type=content_type)

    def not_found(self) -> Response:
        return self.answer(self.page("页面不存在", "<p>404 Not Found</p>", column=""), status=404)

    def robots(self, request: Request) -> Response:
        del request
        return Response(b"User-agent: *\nAllow: /\n", content_type="text/plain")

    def home(self, request: Request) -> Response:
        """The front page: the menu, some news, a counter that changes at every request."""
        rows = "".join(
            f'<li><a href="{self.article_path(item)}">{escape(item.title)}</a></li>'
            for item in [item for item in self.items if item.figures is None][:_NEWS_ROWS]
        )
        main = f'<div class="block"><h2>信息动态</h2><ul class="list">{rows}</ul></div>'
        foot = f"您是本演示站第 {pages.counter(request.serial)} 位访问者"
        return self.answer(self.page(f"{self.name}门户网站", main, column="", foot=foot))

    def page(self, title: str, main: str, *, column: str, metas: str = "", foot: str = "") -> str:
        """A whole page of this portal around `main` (HTML); `column` is the column's name, "" for none."""
        return pages.shell(
            title=title,
            main=main,
            site_name=self.name,
            site_domain=self.host,
            site_code=self.site_code or None,
            column=column,
            menu=self.menu,
            theme=self.theme,
            charset="gb2312" if self.encoding == "gb18030" else self.encoding,
            metas=self.generator + metas,
            foot=foot,
        )

    def _article_route(self, item: Item) -> Route:
        def route(request: Request) -> Response:
            views = pages.counter(request.serial)
            metas = pages.article_metas(item.title, item.published_on, self.name)
            if item.figures is None:
                inner = pages.notice_body(item.title)
                head, note = "", pages.NOTICE_NOTE
            else:
                inner = self._report(item, item.figures)
                head = pages.head_table(item.figures, self.head_shape)
                note = pages.provenance_note(item.figures)
            main = (
                f'<div class="article">{head}<h1 class="title">{escape(item.title)}</h1>'
                f'<div class="info">{item.published_on.isoformat()} 09时30分&nbsp;&nbsp;'
                f"浏览次数：{views}</div>"
                f"{self.body_open}{inner}{self.body_close}{note}</div>"
            )
            return self.answer(self.page(item.title, main, column=self.column_name, metas=metas))

        return route

    def _report(self, item: Item, figures: Figures) -> str:
        if item.style != IN_FILE:
            return report_body(figures, item.style)
        return f'<p>附件：<a href="{self.file_path(item)}">{escape(item.title)}.docx</a></p>'

    def _file_route(self, figures: Figures) -> Route:
        def route(request: Request) -> Response:
            del request
            return Response(word_file(figures), content_type=WORD_TYPE)

        return route

    def _redirect_route(self, target: str) -> Route:
        def route(request: Request) -> Response:
            del request
            return redirect(target, status=302)

        return route

    def _notice_route(self, text: str) -> Route:
        def route(request: Request) -> Response:
            del request
            main = f'<div class="article"><h1>{escape(text)}</h1>{pages.notice_body(text)}</div>'
            return self.answer(self.page(text, main, column=text))

        return route
