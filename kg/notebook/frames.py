"""Rows as pandas' DataFrames, where pandas is installed (extra `pandas`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import DataError

if TYPE_CHECKING:
    from pandas import DataFrame

#: The type of days: what is no whole day stands at its first.
DAY = "datetime64[ns]"


def make_frame(columns: Mapping[str, str], rows: Sequence[Mapping[str, object]]) -> DataFrame:
    """Make a DataFrame of rows, whose columns have the types that are given; '' is missing."""
    pandas = load_pandas()
    frame = pandas.DataFrame(
        {name: [None if row[name] == "" else row[name] for row in rows] for name in columns}
    )
    for name, kind in columns.items():
        if kind == DAY:
            days = pandas.to_datetime(frame[name], errors="coerce", format="ISO8601")
            frame[name] = days.astype(DAY)
        else:
            frame[name] = frame[name].astype(kind)
    return frame


def guess_frame(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> DataFrame:
    """Make a DataFrame of rows, whose columns have the types that their values have."""
    frame = load_pandas().DataFrame(list(rows), columns=list(columns))
    return frame.convert_dtypes()


def load_pandas() -> Any:
    """Import pandas; raise DataError where it is not installed."""
    try:
        import pandas
    except ModuleNotFoundError as error:
        told = "a DataFrame takes pandas; install it: pip install 'pressgraph[pandas]'"
        raise DataError(told) from error
    return pandas
