"""A replica of a Hanweb portal: the list is XML in a script, three display pages; the rest by dataproxy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, quote

from goicrawl.demo.markup import escape
from goicrawl.demo.site import Item, Portal, Request, Response

DATAPROXY = "/module/web/jpage/dataproxy.jsp"


@dataclass
class HanwebPortal(Portal):
    """`next_group` says what a data store's link to further records is: the address of the next group, none
    (the script posts record numbers then), or always that of the first group, whose page must be changed.
    """

    column_id: int = 1
    web_id: int = 1
    unit_id: int = 1001
    per_page: int = 15
    next_group: Literal["next", "none", "first"] = "next"

    body_open = '<div id="zoom"><!--<$[信息内容]>begin-->'
    body_close = "<!--<$[信息内容]>end--></div>"
    generator = "<meta name='Generator' content='大汉版通'>\n<meta name='Author' content='大汉网络'>\n"

    @property
    def group_size(self) -> int:
        """How many records one datastore holds: three display pages."""
        return 3 * self.per_page

    def article_path(self, item: Item) -> str:
        day = item.published_on
        return f"/art/{day.year}/{day.month}/{day.day}/art_{self.column_id}_{item.key}.html"

    def add_routes(self) -> None:
        self.column_path = f"/col/col{self.column_id}/index.html"
        self.routes[self.column_path] = self._column
        self.routes[f"/col/col{self.column_id}/"] = self._column
        self.routes[DATAPROXY] = self._dataproxy

    def _column(self, request: Request) -> Response:
        del request
        parameters = ",".join(f"{name}:'{value}'" for name, value in self._parameters())
        main = (
            f"<h2>{escape(self.column_name)}</h2>\n"
            f'<div id="{self.unit_id}"><script type="text/xml">'
            f"{self._datastore(0, self.group_size)}</script></div>\n"
            f"<script>if (window.jQuery) $('#{self.unit_id}').jpage({{themeName:'default',"
            f"totalRecord:{len(self.items)},perPage:{self.per_page},groupSize:3,barPosition:'bottom',"
            f"proxyUrl:'{DATAPROXY}',ajaxParam:{{{parameters}}}}});</script>\n"
            "<noscript>本栏目列表由脚本显示。</noscript>\n" + _VIEWER.replace("UNIT", str(self.unit_id))
        )
        return self.answer(self.page(self.column_name, main, column=self.column_name))

    def _dataproxy(self, request: Request) -> Response:
        """Records as a datastore; empty unless column and unit are this column's."""
        asked = dict(request.query)
        asked.update(parse_qsl(request.body.decode("ascii", "replace")))
        begin, end = 0, 0
        if (asked.get("columnid"), asked.get("unitid")) == (str(self.column_id), str(self.unit_id)):
            if asked.get("startrecord", "").isdecimal():
                begin = max(int(asked["startrecord"]), 1) - 1
                last = asked.get("endrecord", "")
                end = int(last) if last.isdecimal() else begin + self.group_size
            else:
                number = int(asked["page"]) if asked.get("page", "").isdecimal() else 1
                begin = (max(number, 1) - 1) * self.group_size
                end = begin + self.group_size
        return Response(
            self._datastore(begin, end).encode(self.encoding),
            content_type=f"text/xml; charset={self.encoding}",
        )

    def _parameters(self) -> list[tuple[str, str]]:
        return [
            ("col", "1"),
            ("appid", "1"),
            ("webid", str(self.web_id)),
            ("path", "/"),
            ("columnid", str(self.column_id)),
            ("sourceContentType", "1"),
            ("unitid", str(self.unit_id)),
            ("webname", quote(quote(self.name))),  # encoded twice, as the real ones are
            ("permissiontype", "0"),
        ]

    def _datastore(self, begin: int, end: int) -> str:
        group = ""
        if self.next_group == "first" or (self.next_group == "next" and end < len(self.items)):
            page = 1 if self.next_group == "first" else end // self.group_size + 1
            query = "&".join(f"{name}={value}" for name, value in self._parameters())
            group = f'<![CDATA[<a href="{DATAPROXY}?page={page}&{query}"></a>]]>'
        records = "\n".join(
            f'<record><![CDATA[\n<li class="clearfix"><a target="_blank" href="{self.link(item)}" '
            f'title="{escape(item.title)}">{escape(item.cut_title)}</a>'
            f"<b>{item.published_on.isoformat()}</b></li>]]></record>"
            for item in self.items[begin:end]
        )
        return (
            f"<datastore>\n<nextgroup>{group}</nextgroup>\n<recordset>\n{records}\n</recordset>\n</datastore>"
        )


# What jpage does in a browser, short: it shows the records of the script; no pager.
_VIEWER = """<script>
var unit = document.getElementById('UNIT'), html = '';
unit.querySelector('script').textContent.split('<' + 'record>').slice(1).forEach(function (record) {
  html += record.split('CDATA[')[1].split(']' + ']>')[0];
});
unit.insertAdjacentHTML('beforeend', '<ul class="list">' + html + '</ul>');
</script>"""
