"""A replica of a TRS portal: relative links, and a pager that a script writes, counted from 0."""

from __future__ import annotations

from dataclasses import dataclass

from goicrawl.demo.markup import escape
from goicrawl.demo.site import Item, Portal, Request, Response, Route, redirect

_PAGER_FUNCTION = """<script>
function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt) {
  var html = '';
  for (var i = 0; i < _nPageCount; i++) {
    var name = i == 0 ? _sPageName : _sPageName + '_' + i;
    html += i == _nCurrIndex ? '<span>' + (i + 1) + '</span>'
      : '<a href="' + name + '.' + _sPageExt + '">' + (i + 1) + '</a>';
  }
  document.write(html);
}
</script>"""


@dataclass
class TrsPortal(Portal):
    """`announced_pages` is what the pager says; pages past the last one that has rows answer 404."""

    directory: str = "/zwgk/zfxxgk/zfxxgknb_1813/"
    extension: str = "html"
    per_page: int = 10
    announced_pages: int | None = None

    body_open = '<div class="view TRS_UEDITOR trs_paper_default trs_web">'

    def article_path(self, item: Item) -> str:
        day = item.published_on
        return f"{self.directory}{day:%Y%m}/t{day:%Y%m%d}_{item.key}.htm"

    @property
    def pages(self) -> int:
        """How many list pages there are."""
        return max(1, -(-len(self.items) // self.per_page))

    def add_routes(self) -> None:
        self.column_path = self.directory
        self.routes[self.directory] = self._list_route(0)
        self.routes[self.directory.rstrip("/")] = self._slash
        for index in range(self.pages):
            name = "index" if index == 0 else f"index_{index}"
            self.routes[f"{self.directory}{name}.{self.extension}"] = self._list_route(index)

    def _slash(self, request: Request) -> Response:
        del request
        return redirect(self.directory)

    def _list_route(self, index: int) -> Route:
        def route(request: Request) -> Response:
            del request
            rows = "\n".join(
                f'<li><a href="{self._relative(item)}" target="_blank" title="{escape(item.title)}">'
                f"{escape(item.cut_title)}</a><span>{item.published_on:%Y/%m/%d}</span></li>"
                for item in self.items[index * self.per_page : (index + 1) * self.per_page]
            )
            announced = self.announced_pages or self.pages
            main = (
                f'<h2>{escape(self.column_name)}</h2>\n<ul class="list u-list">\n{rows}\n</ul>\n'
                f'<div class="pager">{_PAGER_FUNCTION}\n'
                f'<script>createPageHTML({announced}, {index}, "index", "{self.extension}");</script></div>'
            )
            return self.answer(self.page(self.column_name, main, column=self.column_name))

        return route

    def _relative(self, item: Item) -> str:
        return (
            "./" + self.link(item).removeprefix(self.directory)
            if item.moved_from is None
            else item.moved_from
        )
