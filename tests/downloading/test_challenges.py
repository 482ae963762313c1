"""Challenge and block pages are told from honest pages, whatever status they come with."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse, Response

from goicrawl.demo.cast import demo_sites
from goicrawl.demo.site import Portal, Request
from goicrawl.downloading.challenges import challenge_in, rules

URL = "http://www.example.gov.cn/zfxxgk/nb/"


def page(body: str, status: int = 200, encoding: str = "utf-8", **headers: str) -> Response:
    return HtmlResponse(URL, status=status, headers=headers, body=body.encode(encoding))


CHALLENGES = [
    (
        "jiasule",
        page("<script>document.cookie='__jsl_clearance_s=17|-1|x;path=/';location.href=1</script>", 521),
    ),
    ("jiasule", page("", 521)),
    ("jiasule", page("<script>go({ct:'__jsl_clearance_s',ha:'md5'})</script>", 200)),
    ("riversecurity", page("<html><meta id=x content=y><script>$_ts=window['$_ts'];</script></html>", 412)),
    ("riversecurity", page("<html><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></html>", 202)),
    ("riversecurity", page("<html><script>$_ts=window['$_ts'];</script><body></body></html>", 200)),
    ("riversecurity", page("<html></html>", 412, **{"Set-Cookie": "FSSBBIl1UgzbN7N80S=a; Path=/"})),
    ("wzws", page("<script>var wzwschallenge='x'</script>")),
    ("c3vk", page("<script>document.cookie='C3VK=ab12';window.location.reload()</script>")),
    ("aliyun_waf", page("<script>var arg1='AB';setCookie('acw_sc__v2',x)</script>")),
    ("chuangyu", page("<title>创宇盾</title><p>当前访问疑似黑客攻击</p><a href='/help'>help</a>", 403)),
    ("yundi", page("<title>电信云堤</title><div id=slider></div>")),
    ("captcha", page("<p>请拖动下方滑块完成验证</p>")),
    ("captcha", page("<form>请输入验证码 <input></form>")),
    ("captcha", page("<form>请输入验证码 <input></form>", encoding="gb18030")),
    ("firewall", page("<h1>您的访问被拦截</h1>", 200)),
    ("firewall", page("<h1>您的请求存在威胁，请求被拦截</h1>", 403, "gb18030")),
    ("script_challenge", page("<script>eval('x')</script>", 202)),
    ("refused", page("", 405)),
]


@pytest.mark.parametrize(("kind", "response"), CHALLENGES)
def test_challenges_are_named(kind: str, response: Response) -> None:
    assert challenge_in(response) == kind


def test_every_kind_of_the_rules_has_an_example() -> None:
    untested = {rule.kind for rule in rules()} - {kind for kind, _ in CHALLENGES}
    # These differ from their neighbours in words alone.
    assert untested == {"ct6t", "nwaf", "safedog", "baota", "tencent_waf", "huawei_waf", "cloudflare"}


@pytest.mark.parametrize(
    "site", [s for s in demo_sites() if isinstance(s, Portal)], ids=lambda site: site.host
)
def test_no_page_of_an_honest_portal_is_taken_for_one(site: Portal) -> None:
    for path in site.routes:
        answer = site.respond(Request("GET", path, {}, b"", {}, 1))
        response = HtmlResponse(URL, status=answer.status, body=answer.body)
        assert challenge_in(response) is None, path


@pytest.mark.parametrize(
    "response",
    [
        # Honest pages that hold words of block pages: a search form with a captcha, a report about one.
        page("<form>请输入验证码</form><ul><li><a href='/a.html'>政府信息公开年报</a></li></ul>"),
        page("<table><tr><td>网站防火墙、访问被拦截、滑动验证</td></tr></table>"),
        page("<p>" + "某局依法公开。" * 3000 + "访问过于频繁</p>"),
        page("<p>页面不存在</p>", 404),
        page("<p>服务器错误</p>", 502),
        Response(URL, body=b"%PDF-1.4 acw_sc__v2"),
        Response(URL, body=b""),
    ],
)
def test_honest_pages(response: Response) -> None:
    assert challenge_in(response) is None
