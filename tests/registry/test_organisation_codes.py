"""Organisation codes in index numbers: believed only where the check character holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl import registry
from goicrawl.registry.organisation_codes import (
    check_character,
    credit_check_character,
    organisation_code,
)  # fmt: skip

REGIONS = registry.load().region_codes
CODE_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
EIGHT = st.text(alphabet=CODE_CHARACTERS, min_size=8, max_size=8)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("014416330/2022-00330", "014416330"),
        ("00835003X/2021-00012", "00835003X"),
        ("00835003x/2021-00012", "00835003X"),
        ("000014349/2019-00045", "000014349"),
        ("00001434-9/2019-00045", "000014349"),
        ("00001434－9/2019-00045", "000014349"),
        ("０１４４１６３３０/2021-1", "014416330"),
        (" 014416330-202110-00012 ", "014416330"),
        ("014416330", "014416330"),
        ("014416330〔2021〕12", "014416330"),
        ("11370321004221441C/2021-00001", "004221441"),
        ("11370321004221441c-2021", "004221441"),
    ],
)
def test_codes_whose_check_character_holds(printed: str, code: str) -> None:
    assert organisation_code(printed, REGIONS) == code


@pytest.mark.parametrize(
    "printed",
    [
        "13566001/2022-00330",  # eight characters, no check
        "013566001/2022-00330",  # the same with a nought before it: the check fails
        "0142768-8/2016-00001",
        "035210000/2020-00001",
        "014416331/2022-00330",
        "0144163302022-00330",  # nothing says where the code ends
        "11370321004221441D/2021-00001",  # the last character is wrong
        "11370321004221442C/2021-00001",
        "1137032100422144/2021",
        "3212000002/2021-1",  # a division and a serial number
        "4311230009/2021-1",
        "321200004/2021-1",
        "bgs01-2021-1",
        "202101060/2021",  # a month
        "000000000/2021-None",
        "111111118/2021",
        "/2021-None",
        "-",
        "无",
        "",
        "索引号：014416330/2022",
        "K1234567-8/2",
    ],
)
def test_what_is_no_code_joins_nothing(printed: str) -> None:
    assert organisation_code(printed, REGIONS) is None


def test_a_serial_number_may_pass_the_check_and_is_still_none() -> None:
    passing = [f"321200{n:03}" for n in range(1000) if check_character(f"321200{n:03}"[:8]) == str(n % 10)]
    assert len(passing) > 50
    assert {organisation_code(f"{number}/2021-1", REGIONS) for number in passing} == {None}


@given(EIGHT)
def test_one_character_in_eleven_holds(body: str) -> None:
    check = check_character(body)
    assert check is not None
    assert check in "0123456789X"
    others = set("0123456789X") - {check}
    assert all(organisation_code(f"{body}{wrong}/2021", ()) is None for wrong in others)
    whole = organisation_code(f"{body}{check}/2021", ())
    no_code = len(set(body)) == 1 or body[:2] in ("19", "20")
    assert whole == f"{body}{check}" or no_code


@given(EIGHT, st.integers(0, 7), st.sampled_from(CODE_CHARACTERS))
def test_a_changed_character_is_seen_where_the_weights_can(body: str, at: int, other: str) -> None:
    changed = body[:at] + other + body[at + 1 :]
    difference = (int(body[at], 36) - int(other, 36)) % 11
    assert (check_character(body) == check_character(changed)) == (difference == 0)


@given(st.text(alphabet=CREDIT_CHARACTERS, min_size=17, max_size=17))
def test_credit_codes_have_one_check_character(body: str) -> None:
    check = credit_check_character(body)
    assert check is not None
    assert check in CREDIT_CHARACTERS
    total = sum(CREDIT_CHARACTERS.index(char) * pow(3, at, 31) for at, char in enumerate(body))
    assert (total + CREDIT_CHARACTERS.index(check)) % 31 == 0


@given(st.text(max_size=30))
def test_no_text_raises(text: str) -> None:
    found = organisation_code(text, REGIONS)
    assert found is None or check_character(found[:8]) == found[8]


@pytest.mark.parametrize("body", ["", "1234567", "123456789", "1234567a", "1234567é", "１2345678"])
def test_what_has_no_check_character(body: str) -> None:
    assert check_character(body) is None
    assert credit_check_character(body) is None
