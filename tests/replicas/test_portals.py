"""Each replica behaves as portals of its family do, seen over raw HTTP."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest

from goicrawl.demo import cast
from goicrawl.demo.figures import load
from goicrawl.demo.generic import GenericPortal
from goicrawl.demo.hanweb import DATAPROXY
from goicrawl.demo.items import false_friends
from goicrawl.demo.replicas import ReplicaServer, serve
from goicrawl.demo.site import Portal
from tests.replicas.asking import ask

KUANCHENG = "www.kuancheng-replica.localhost"
PINGTAN = "www.pingtan-replica.localhost"
SUQIAN = "www.suqian-replica.localhost"
HUAIAN = "www.huaian-replica.localhost"
HONGZE = "www.hongze-replica.localhost"
TEST_CITY = "www.test-city-replica.localhost"

COLUMN = "/zwgk/zfxxgk/zfxxgknb_1813/"
TITLE = "政府信息公开工作年度报告"


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve() as running:
        yield running


def portal(server: ReplicaServer, host: str) -> Portal:
    site = server.sites[host]
    assert isinstance(site, Portal)
    return site


def test_every_page_says_that_it_is_a_replica(server: ReplicaServer) -> None:
    for site in server.sites.values():
        if isinstance(site, Portal):
            for path in ("/", site.column_path, site.article_path(site.items[0])):
                body = ask(server, site.host, path).body.decode(site.encoding)
                assert "replica for demonstration, not the real site" in body
                assert "演示用复制站点" in body


def test_every_list_has_three_pages_or_more_and_false_friends(server: ReplicaServer) -> None:
    for site in server.sites.values():
        if isinstance(site, Portal):
            assert len(site.items) > 2 * getattr(site, "per_page")  # noqa: B009
            titles = [item.title for item in site.items if item.figures is None]
            for word in ("政府网站工作年度报表", "法治政府", "图解", "通知"):
                assert any(word in title for title in titles)


def test_every_article_of_every_list_is_there(server: ReplicaServer) -> None:
    for site in server.sites.values():
        if isinstance(site, Portal):
            for item in site.items:
                answer = ask(server, site.host, site.article_path(item))
                assert answer.status == 200
                assert item.title in answer.body.decode(site.encoding)


def test_a_report_page_differs_at_every_request_in_its_counter_alone(server: ReplicaServer) -> None:
    site = portal(server, PINGTAN)
    path = next(site.article_path(item) for item in site.items if item.figures is not None)
    first, second = (ask(server, PINGTAN, path).text for _ in range(2))
    assert first != second
    counter = r"浏览次数：\d+"
    assert re.sub(counter, "", first) == re.sub(counter, "", second)


def test_hanweb_embeds_three_display_pages(server: ReplicaServer) -> None:
    text = ask(server, KUANCHENG, "/col/col5985/index.html").text
    assert text.count("<record>") == 45
    assert "totalRecord:79,perPage:15" in text
    assert "838111" not in text  # the report itself is further down
    assert "..." in text  # cut titles, in full in the title attribute


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_hanweb_dataproxy_gives_the_rest(server: ReplicaServer, method: str) -> None:
    ids = "columnid=5985&unitid=22710"
    path = f"{DATAPROXY}?startrecord=46&endrecord=90&perpage=15"
    if method == "GET":
        answer = ask(server, KUANCHENG, f"{path}&{ids}")
    else:
        answer = ask(server, KUANCHENG, path, method="POST", body=ids.encode())
    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.text.count("<record>") == 79 - 45
    assert "art_5985_838111.html" in answer.text
    assert ask(server, KUANCHENG, f"{path}&columnid=1&unitid=22710").text.count("<record>") == 0


def test_hanweb_next_group_leads_on_to_the_last(server: ReplicaServer) -> None:
    column = ask(server, KUANCHENG, "/col/col5985/index.html").text
    match = re.search(r'<nextgroup><!\[CDATA\[<a href="([^"]+)"', column)
    assert match is not None
    rest = ask(server, KUANCHENG, match[1]).text
    assert rest.count("<record>") == 79 - 45
    assert "<nextgroup></nextgroup>" in rest


def test_hanweb_without_a_next_group_posts(server: ReplicaServer) -> None:
    column = ask(server, TEST_CITY, "/col/col1577/index.html").text
    assert "<nextgroup></nextgroup>" in column
    assert "ajaxParam:{col:'1'" in column
    assert column.count("<record>") == 6
    assert "art_1577_99.html" not in column
    path = f"{DATAPROXY}?startrecord=7&endrecord=12&perpage=2"
    answer = ask(server, TEST_CITY, path, method="POST", body=b"columnid=1577&unitid=51560")
    assert answer.text.count("<record>") == 6
    assert "art_1577_99.html" in answer.text


def test_trs_counts_from_0_and_its_last_announced_page_is_missing(server: ReplicaServer) -> None:
    pages = [
        ask(server, PINGTAN, f"{COLUMN}{name}.html") for name in ("index", "index_1", "index_2", "index_3")
    ]
    assert [page.status for page in pages] == [200] * 4
    for index, page in enumerate(pages):
        assert f'createPageHTML(5, {index}, "index", "html")' in page.text
        assert 'href="index_' not in page.text.replace(
            "'<a href=\"' + name", ""
        )  # no link a parser could follow
    links = [set(re.findall(r'<li><a href="(\./[^"]+)"', page.text)) for page in pages]
    assert [len(found) for found in links] == [10, 10, 10, 6]
    assert len(set.union(*links)) == 36
    assert ask(server, PINGTAN, f"{COLUMN}index_4.html").status == 404
    moved = ask(server, PINGTAN, COLUMN.rstrip("/"))
    assert (moved.status, moved.headers["location"]) == (301, COLUMN)


def test_ucap_counts_from_1_and_claims_a_stale_total(server: ReplicaServer) -> None:
    first = ask(server, SUQIAN, "/suqian/c100234/nblist.shtml").text
    assert "createPageHTML('page_div',4, 1,'nblist','shtml',5)" in first
    assert ask(server, SUQIAN, "/suqian/c100234/nblist_1.shtml").status == 404
    rest = [ask(server, SUQIAN, f"/suqian/c100234/nblist_{number}.shtml").text for number in (2, 3, 4)]
    links = [re.findall(r'<li><a href="([^"]+)"', text) for text in [first, *rest]]
    assert [len(found) for found in links] == [8, 8, 8, 2]
    assert ask(server, SUQIAN, "/suqian/c100234/nblist_5.shtml").status == 404


def test_ucap_lists_the_old_address_of_a_report_that_has_moved(server: ReplicaServer) -> None:
    old = "/suqian/old/nb2023.shtml"
    assert old in ask(server, SUQIAN, "/suqian/c100234/nblist_2.shtml").text
    answer = ask(server, SUQIAN, old)
    assert answer.status == 302
    assert f"宿迁市2023年{TITLE}" in ask(server, SUQIAN, answer.headers["location"]).text


@pytest.mark.parametrize(("host", "row"), [(HUAIAN, "<tr>"), (HONGZE, "<dd>")])
def test_generic_has_real_next_links(server: ReplicaServer, host: str, row: str) -> None:
    site = portal(server, host)
    path, seen, number = site.column_path, 0, 0
    while number < 100:
        number += 1
        text = ask(server, host, path).body.decode(site.encoding)
        seen += text.count(f"{row}{'<td width=' if row == '<tr>' else '<a '}")
        match = re.search(r'<a href="([^"]+)">下一页</a>', text)
        if match is None:
            break
        path = site.column_path.replace("index.html", match[1])
    assert number >= 3
    assert seen == len(site.items)
    assert ask(server, host, f"{site.column_path}?page=99").status == 404


def test_gbk_pages_are_declared_in_the_page_alone(server: ReplicaServer) -> None:
    answer = ask(server, HUAIAN, "/zfxxgk/nb/index.html")
    assert answer.headers["content-type"] == "text/html"
    assert b'<meta charset="gb2312">' in answer.body
    assert "政府信息公开年报" in answer.body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode("utf-8")


def test_the_front_page_splits_the_column_link_and_links_another_organ(server: ReplicaServer) -> None:
    moved = ask(server, "hongze-replica.localhost")
    assert (moved.status, moved.headers["location"]) == (301, server.url(HONGZE))
    text = ask(server, HONGZE).text
    assert '<a href="/hzq/xxgknb/index.html">政府信息<br>公开年报</a>' in text
    assert f"http://{cast.OTHER_ORGAN}:{server.port}/" in text


def test_obstacles(server: ReplicaServer) -> None:
    blocked = ask(server, "www.blocked-replica.localhost", "/robots.txt")
    assert blocked.status == 521
    assert "__jsluid_h" in blocked.headers["set-cookie"]
    assert b"document.cookie" in blocked.body
    assert ask(server, "www.gone-replica.localhost").status == 410
    assert ask(server, "www.no-such-replica.localhost").status == 404
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.refusing_port), timeout=5).close()


def test_requests_are_counted_by_host() -> None:
    with serve() as server:
        for _ in range(3):
            ask(server, PINGTAN)
        ask(server, HUAIAN, "/robots.txt", method="HEAD")
        assert server.requests == {PINGTAN: 3, HUAIAN: 1}
        assert server.paths[-1] == (HUAIAN, "HEAD", "/robots.txt")


def test_a_taken_port_is_replaced_by_the_next_free_pair() -> None:
    with serve() as first, serve(port=first.port) as second:
        assert second.port != first.port
        assert second.refusing_port != first.refusing_port
        assert ask(second, PINGTAN).status == 200


def test_the_port_asked_for_is_used_again() -> None:
    with serve() as any_port:
        start = any_port.port
    with serve(port=start) as first:
        ports = first.port, first.refusing_port
        ask(first, PINGTAN)
    with serve(port=ports[0]) as second:
        assert (second.port, second.refusing_port) == ports


def test_a_portal_of_ones_own() -> None:
    site = GenericPortal(
        host="www.own-replica.localhost",
        name="某县人民政府",
        site_code="",
        items=list(false_friends("某县", range(2020, 2024), "x")),
        per_page=5,
    )
    with serve([site]) as server:
        assert 'name="SiteIDCode"' not in ask(server, site.host).text
        assert ask(server, site.host, f"{site.column_path}?page=4").status == 200


def test_all_figures_are_on_some_replica() -> None:
    shown = {
        item.figures.id
        for site in cast.demo_sites()
        if isinstance(site, Portal)
        for item in site.items
        if item.figures is not None
    }
    assert shown == set(load())
