"""A spool gives back all that was put in, in parts, whatever its size."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.files.spool import BATCH, PARTS, SMALL, Spool

RECORDS = st.lists(st.tuples(st.text(max_size=3), st.integers()), max_size=3 * BATCH)


@given(RECORDS)
def test_all_come_back_in_order_and_one_key_is_in_one_part(records: list[tuple[str, int]]) -> None:
    with Spool[tuple[str, int]]() as spool:
        for key, number in records:
            spool.add(key, (key, number))
        parts = [*spool.read_parts()]
    assert len(parts) == PARTS
    assert sorted(one for part in parts for one in part) == sorted(records)
    for key in {key for key, _ in records}:
        (held,) = [part for part in parts if any(key == other for other, _ in part)]
        assert [one for one in held if one[0] == key] == [one for one in records if one[0] == key]


def test_what_is_large_goes_to_disk_and_comes_back() -> None:
    with Spool[str]() as spool:
        for number in range(2 * BATCH + 1):
            spool.add("one", str(number) * SMALL)
        (part,) = filter(None, spool.read_parts())
    assert [one[: len(one) // SMALL] for one in part] == [*map(str, range(2 * BATCH + 1))]
