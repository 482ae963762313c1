"""How the page becomes bytes: declared rightly, wrongly or not at all."""

from __future__ import annotations

from tests.renderings.model import Draft
from tests.renderings.styles.registry import Phase, style


def in_gbk(draft: Draft) -> None:
    """Encode as GBK; what GBK lacks becomes a character reference, or a plain space in a text."""
    if draft.output == "html":
        draft.options["encode"] = lambda text: text.encode("gbk", errors="xmlcharrefreplace")
        return
    draft.options["encode"] = lambda text: text.replace("\xa0", " ").encode("gb18030")


@style(Phase.BYTES, groups="charset", output="html")
def gbk_called_gb2312(draft: Draft) -> None:
    """GBK bytes that a meta tag calls gb2312."""
    in_gbk(draft)
    draft.options["charset_tag"] = draft.rng.choice(
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />',
            "<META content='text/html; charset=GB2312' http-equiv=Content-Type>",
            "<meta charset=gb2312>",
        )
    )


@style(Phase.BYTES, groups="charset")
def gbk_unnamed(draft: Draft) -> None:
    """GBK bytes, and nothing says so."""
    in_gbk(draft)
    draft.options["charset_tag"] = ""


@style(Phase.BYTES, groups="charset")
def gbk_by_header(draft: Draft) -> None:
    """GBK bytes that only the HTTP header names."""
    in_gbk(draft)
    draft.options["charset_tag"] = ""
    draft.options["media_type"] = f"{draft.options.get('media_type', 'text/html')}; charset=GBK"


@style(Phase.BYTES, groups="charset", output="html")
def gbk_called_utf8(draft: Draft) -> None:
    """GBK bytes that a meta tag calls utf-8."""
    in_gbk(draft)


@style(Phase.BYTES, groups="charset", output="html")
def utf8_called_gbk(draft: Draft) -> None:
    """UTF-8 bytes that a meta tag calls gbk or gb2312."""
    name = draft.rng.choice(("gbk", "gb2312", "GB18030"))
    draft.options["charset_tag"] = f'<meta http-equiv="Content-Type" content="text/html; charset={name}">'


@style(Phase.BYTES, groups="charset")
def utf8_unnamed(draft: Draft) -> None:
    """UTF-8 bytes, and nothing says so."""
    draft.options["charset_tag"] = ""


@style(Phase.BYTES, groups="charset")
def byte_order_mark(draft: Draft) -> None:
    """UTF-8 with a byte order mark, whatever the page declares."""
    draft.options["encode"] = lambda text: b"\xef\xbb\xbf" + text.encode("utf-8")
    draft.options["charset_tag"] = draft.rng.choice(("", '<meta charset="gb2312">', '<meta charset="utf-8">'))


@style(Phase.BYTES, groups="charset")
def utf16(draft: Draft) -> None:
    """UTF-16 with a byte order mark, as Notepad's "Unicode" has it."""
    draft.options["encode"] = lambda text: text.encode("utf-16")
    draft.options["charset_tag"] = ""


@style(Phase.BYTES, groups="charset", output="html")
def broken_bytes(draft: Draft) -> None:
    """A few bytes of the page are broken, none of them in the report."""

    def encode(text: str) -> bytes:
        return text.encode("utf-8").replace(b"</body>", b"\xff\xfe<p>\xc4\xe3</p></body>")

    draft.options["encode"] = encode
