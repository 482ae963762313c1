"""The archive: what is written is read back byte for byte, by this project and by warcio."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from goicrawl.archive.capture import Capture
from goicrawl.archive.reader import ArchiveError, iterate, read_capture, whole_length
from goicrawl.archive.recovery import recover
from goicrawl.archive.writer import WarcArchive

GBK = "<meta charset=gb2312><p>宽城满族自治县㐂镕</p>".encode("gb18030")


def capture(url: str = "http://www.example.gov.cn/a.html", body: bytes = GBK, **extra: object) -> Capture:
    values: dict[str, object] = {
        "url": url,
        "requested_url": url,
        "fetched_at": datetime(2024, 1, 31, 10, 20, 30, 123456, tzinfo=UTC),
        "status": 200,
        "headers": (("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")),
        "body": body,
        **extra,
    }
    return Capture(**values)  # type: ignore[arg-type]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_capture_comes_back_whole(tmp_path: Path) -> None:
    posted = capture(
        "http://www.example.gov.cn/list?page=2",
        b"",
        requested_url="http://example.gov.cn/list",
        status=404,
        method="POST",
        request_headers=(("User-Agent", "goicrawl"),),
        request_body=b"page=2&\r\n\r\nend",
        ip_address="203.0.113.7",
    )
    with WarcArchive(tmp_path) as archive:
        first = archive.write(capture())
        second = archive.write(posted)
        assert files(tmp_path) == [first.warc_file + ".open"]
        assert read_capture(tmp_path, first.warc_file, first.offset) == capture()
    assert files(tmp_path) == [first.warc_file]
    assert read_capture(tmp_path, first.warc_file, first.offset) == capture()
    assert read_capture(tmp_path, second.warc_file, second.offset) == posted
    assert list(iterate(tmp_path)) == [first, second]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    body=st.binary(max_size=200_000),
    headers=st.lists(
        st.tuples(
            st.sampled_from(["Content-Type", "Content-Encoding", "X-A", "Server"]),
            st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="\x7f\x85\xa0")),
        )
    ),
)
def test_any_bytes_and_headers_come_back(tmp_path: Path, body: bytes, headers: list[tuple[str, str]]) -> None:
    with WarcArchive(tmp_path) as archive:
        kept = archive.write(capture(body=body, headers=tuple(headers)))
    assert read_capture(tmp_path, kept.warc_file, kept.offset) == kept.capture


def test_warcio_reads_every_record_and_its_digests(tmp_path: Path) -> None:
    squeezed = (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Content-Type", "text/html"))
    with WarcArchive(tmp_path) as archive:
        kept = [archive.write(capture()), archive.write(capture(headers=squeezed))]
    path = tmp_path / kept[0].warc_file
    with path.open("rb") as file:
        seen = []
        records = ArchiveIterator(file, check_digests="raise")
        for record in records:
            kind, body = record.rec_type, record.content_stream().read()
            seen.append((kind, body))
            if kind == "response" and len(seen) == 2:
                assert records.get_record_offset() == kept[0].offset
                assert records.get_record_length() == kept[0].length
                assert record.rec_headers["WARC-Payload-Digest"].startswith("sha256:")
    kinds = [kind for kind, _ in seen]
    assert kinds == ["warcinfo", "response", "request", "response", "request"]
    assert [body for kind, body in seen if kind == "response"] == [GBK, GBK]


def test_one_gzip_member_a_record(tmp_path: Path) -> None:
    with WarcArchive(tmp_path) as archive:
        kept = archive.write(capture())
    data = (tmp_path / kept.warc_file).read_bytes()
    member = zlib.decompressobj(31)
    text = member.decompress(data[kept.offset : kept.offset + kept.length])
    assert member.eof
    assert member.unused_data == b""
    assert text.endswith(GBK + b"\r\n\r\n")


def test_files_are_rotated_by_size(tmp_path: Path) -> None:
    with WarcArchive(tmp_path, rotate_at=3000) as archive:
        kept = [archive.write(capture(body=os.urandom(900))) for _ in range(9)]
    names = {archived.warc_file for archived in kept}
    assert len(names) > 2
    assert files(tmp_path) == sorted(names)
    assert sorted(found.capture.sha256 for found in iterate(tmp_path)) == sorted(
        archived.capture.sha256 for archived in kept
    )


def test_an_archive_without_captures_makes_no_file(tmp_path: Path) -> None:
    with WarcArchive(tmp_path / "archive"):
        pass
    assert list(iterate(tmp_path / "archive")) == []
    assert list(recover(tmp_path / "archive")) == []
    assert not (tmp_path / "archive").exists()


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from tests.archive.test_archive import capture
from goicrawl.archive.writer import WarcArchive
archive = WarcArchive(Path({folder!r}))
for number in range(3):
    archive.write(capture(f"http://www.example.gov.cn/{{number}}.html"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_kill_9_loses_nothing_that_was_written(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    code = KILLED.format(tests=str(root), folder=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=False)
    assert done.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert left.name.endswith(".warc.gz.open")
    whole = left.read_bytes()
    assert whole_length(left) == len(whole)
    left.write_bytes(whole + whole[:60])  # the beginning of one more record

    assert len(list(iterate(tmp_path))) == 3
    assert whole_length(left) == len(whole)
    with WarcArchive(tmp_path) as other:
        kept = other.write(capture("http://www.example.gov.cn/new.html"))
    assert kept.warc_file != left.name.removesuffix(".open")
    assert left.read_bytes() == whole + whole[:60]
    assert [found.capture.url[-6:] for found in recover(tmp_path)] == ["0.html", "1.html", "2.html"]
    assert (tmp_path / left.name.removesuffix(".open")).read_bytes() == whole


def test_recovery_cuts_the_unfinished_end_and_leaves_live_files(tmp_path: Path) -> None:
    with WarcArchive(tmp_path) as archive:
        first = archive.write(capture())
        second = archive.write(capture("http://www.example.gov.cn/b.html"))
    whole = (tmp_path / first.warc_file).rename(tmp_path / (first.warc_file + ".open"))
    with whole.open("r+b") as file:
        file.truncate(second.offset + second.length // 2)
    live = WarcArchive(tmp_path)
    other = live.write(capture("http://www.example.gov.cn/c.html"))

    assert list(recover(tmp_path)) == [first]
    assert files(tmp_path) == sorted([first.warc_file, other.warc_file + ".open"])
    assert read_capture(tmp_path, first.warc_file, first.offset) == first.capture
    with (tmp_path / first.warc_file).open("rb") as file:
        assert len(list(ArchiveIterator(file, check_digests="raise"))) == 3
    live.close()
    assert list(recover(tmp_path)) == []


def test_damage_is_named_with_file_and_place(tmp_path: Path) -> None:
    with WarcArchive(tmp_path) as archive:
        first = archive.write(capture())
        second = archive.write(capture("http://www.example.gov.cn/b.html"))
    path = tmp_path / first.warc_file
    data = bytearray(path.read_bytes())
    data[second.offset + 30] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=rf"{first.warc_file}.*{second.offset}"):
        read_capture(tmp_path, second.warc_file, second.offset)
    with pytest.raises(ArchiveError, match="no such file"):
        read_capture(tmp_path, "absent.warc.gz", 0)
    with pytest.raises(ArchiveError, match="warcinfo record, not a response"):
        read_capture(tmp_path, first.warc_file, 0)
    damage: list[ArchiveError] = []
    assert list(iterate(tmp_path, on_damage=damage.append)) == [first]
    assert len(damage) == 1
    with pytest.raises(ArchiveError):
        list(iterate(tmp_path))
    path.write_bytes(data[: second.offset + 10])
    with pytest.raises(ArchiveError, match="ends inside a record"):
        list(iterate(tmp_path))
