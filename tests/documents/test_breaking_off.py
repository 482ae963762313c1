"""Pages whose last bytes never came."""

from __future__ import annotations

import pytest

from goicrawl.documents.breaking_off import ends_inside_table

WHOLE = "<html><body><p>前</p><TABLE border=1><tr><td>甲</td><td>12</td></tr></TABLE><p>后</p></body></html>"


def test_a_whole_page() -> None:
    assert not ends_inside_table(WHOLE.encode())


def test_every_cut_of_a_page() -> None:
    data = WHOLE.encode()
    opened = data.index(b"<TABLE") + len(b"<TABLE")
    closed = data.index(b"</TABLE") + len(b"</TABLE")
    for end in range(len(data)):
        assert ends_inside_table(data[:end]) is (opened <= end < closed), data[:end]


@pytest.mark.parametrize(
    ("page", "inside"),
    [
        ("", False),
        ("<p>没有表格", False),
        ("<table><tr><td>1", True),
        ("<table><tr><td>1</body></html>", False),
        ("<table><tr><td>1</BODY >", False),
        ("<table><tr><td><table><tr><td>1</table>", True),
        ("<table><tr><td><table><tr><td>1</table></table>", False),
        ("</table></table><table><tr>", True),
        ("</body><table><tr><td>1", True),
        ("<tablet>", False),
        ("<table>1</table\n>", False),
    ],
)
def test_pages(page: str, inside: bool) -> None:
    assert ends_inside_table(page.encode()) is inside


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_other_encodings(encoding: str) -> None:
    assert ends_inside_table("<table><tr><td>甲".encode(encoding))
    assert not ends_inside_table("<table><tr><td>甲</table>".encode(encoding))
