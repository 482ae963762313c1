"""A replica of a UCAP portal with static lists: a script's pager, counted from 1, and a stale total."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from goicrawl.demo.markup import escape
from goicrawl.demo.site import Item, Portal, Request, Response, Route

_PAGER_FUNCTION = """<script>
function createPageHTML(box, count, current, name, ext, total) {
  var html = '';
  for (var i = 1; i <= count; i++) {
    html += i == current ? '<span>' + i + '</span>'
      : '<a href="' + (i == 1 ? name : name + '_' + i) + '.' + ext + '">' + i + '</a>';
  }
  document.getElementById(box).innerHTML = html;
}
</script>"""


@dataclass
class UcapPortal(Portal):
    """`stale_total` is the number of rows that the pager claims; `container` is the pager's element."""

    slug: str = "site"
    channel: str = "c100234"
    list_name: str = "list"
    extension: str = "shtml"
    container: str = "page_div"
    per_page: int = 12
    stale_total: int | None = None

    body_open = '<div id="UCAP-CONTENT">'

    def article_path(self, item: Item) -> str:
        name = hashlib.md5(f"{self.host}/{item.key}".encode(), usedforsecurity=False).hexdigest()
        return f"/{self.slug}/{self.channel}/{item.published_on:%Y%m}/{name}.shtml"

    @property
    def pages(self) -> int:
        """How many list pages there are."""
        return max(1, -(-len(self.items) // self.per_page))

    def add_routes(self) -> None:
        directory = f"/{self.slug}/{self.channel}"
        self.column_path = f"{directory}/{self.list_name}.{self.extension}"
        for number in range(1, self.pages + 1):
            name = self.list_name if number == 1 else f"{self.list_name}_{number}"
            self.routes[f"{directory}/{name}.{self.extension}"] = self._list_route(number)

    def _list_route(self, number: int) -> Route:
        def route(request: Request) -> Response:
            del request
            begin = (number - 1) * self.per_page
            rows = "\n".join(
                f'<li><a href="{self.link(item)}" title="{escape(item.title)}">{escape(item.title)}</a>'
                f"<span>{item.published_on.isoformat()}</span></li>"
                for item in self.items[begin : begin + self.per_page]
            )
            total = len(self.items) if self.stale_total is None else self.stale_total
            main = (
                f'<h2>{escape(self.column_name)}</h2>\n<ul class="list news-list">\n{rows}\n</ul>\n'
                f'<div class="pager" id="{self.container}"></div>{_PAGER_FUNCTION}\n'
                f"<script>createPageHTML('{self.container}',{self.pages}, {number},"
                f"'{self.list_name}','{self.extension}',{total});</script>"
            )
            channel = hashlib.md5(self.channel.encode(), usedforsecurity=False).hexdigest()
            metas = f'<meta name="channelid" content="{channel}">\n'
            return self.answer(self.page(self.column_name, main, column=self.column_name, metas=metas))

        return route
