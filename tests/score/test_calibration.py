from __future__ import annotations

import pytest

from kg.score.calibration import Bin, list_bins, measure_error
from kg.score.report import tell_calibration


def test_bins_hold_as_many_facts_each_the_least_sure_first() -> None:
    chances = [k / 20 for k in range(20, 0, -1)]
    bins = list_bins(chances, [chance > 0.5 for chance in chances])
    assert [one.facts for one in bins] == [2] * 10
    assert [one.right for one in bins] == [0.0] * 5 + [1.0] * 5
    assert bins[0].told == pytest.approx(0.075)


def test_fewer_facts_than_bins_make_bins_of_one() -> None:
    assert list_bins([0.5, 0.25], [True, False]) == [Bin(1, 0.25, 0.0), Bin(1, 0.5, 1.0)]
    assert list_bins([], []) == []


def test_error_is_the_mean_gap_weighed_by_facts() -> None:
    assert measure_error([0.8, 0.8, 0.2], [True, False, False], bins=2) == pytest.approx(
        (2 * 0.0 + 0.8) / 3, abs=1e-9
    )
    assert measure_error([1.0, 0.0], [True, False]) == 0.0


def test_without_facts_there_is_no_error_to_tell() -> None:
    assert tell_calibration([]) == {"error": None, "facts": 0, "bins": []}
    told = tell_calibration([(0.75, True), (0.25, True)])
    assert (told["error"], told["facts"], len(told["bins"])) == (0.5, 2, 2)
