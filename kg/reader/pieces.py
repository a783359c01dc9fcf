"""Texts to pieces of words, each with its characters in the text, by the encoder's own map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
#: Numbers of a row of the table that share a scale, as in the base encoder's file.
BLOCK = 32
#: The mark that stands before the first piece of a word.
WORD = "\u2581"


@dataclass(frozen=True, slots=True)
class Pieces:
    """Hold the pieces of a text: numbers of the vocabulary, first character, one past the last.

    A piece that holds nothing but the blank before a word begins and ends at the same character.
    """

    ids: Ints
    begins: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def cover(self, begin: int, end: int) -> tuple[int, int]:
        """Return the first and one past the last piece that share a character with a span."""
        first = int(np.searchsorted(self.ends, begin, side="right"))
        return first, max(first, int(np.searchsorted(self.begins, end, side="left")))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Hold pieces with their scores, the encoder's map of characters, and its special pieces."""

    tokenizer: Tokenizer
    table: Mapping[int, str]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Hold the table of the pieces' rows in four bits a number: two in a byte, a scale a block.

    `codes` are (pieces, blocks, 16), of which the low halves come first; `scales` (pieces, blocks).

    >>> rows = Rows(np.full((1, 1, 16), 0xA7, np.uint8), np.full((1, 1), 0.5, np.float16))
    >>> rows[np.array([0])][0, [0, 31]].tolist()
    [-0.5, 1.0]
    """

    codes: npt.NDArray[np.uint8]
    scales: npt.NDArray[np.float16]

    def __getitem__(self, ids: Ints) -> Floats:
        codes = self.codes[ids]
        numbers = np.concatenate([codes & 15, codes >> 4], -1).astype(np.float32) - 8
        scaled: Floats = numbers * self.scales[ids].astype(np.float32)[..., None]
        return scaled.reshape(len(ids), -1)

    def __len__(self) -> int:
        return len(self.codes)


def make_vocabulary(
    scored: Sequence[tuple[str, float]], table: Mapping[int, str], *, special: tuple[int, int, int]
) -> Vocabulary:
    """Make a vocabulary of scored pieces; `special` are the unknown, the first and the last."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    unknown, first, last = special
    tokenizer = Tokenizer(models.Unigram(list(scored), unk_id=unknown, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=WORD, prepend_scheme="always")
    return Vocabulary(tokenizer, table, first, last)


def fold_characters(text: str, table: Mapping[int, str]) -> tuple[str, list[int]]:
    r"""Return a text as the encoder knows it, and where each of its characters comes from.

    A blank after a blank is dropped; lone halves of pairs become the sign for the unknown.

    >>> fold_characters("a\n\n½", {10: " ", 189: "1⁄2"})
    ('a 1⁄2', [0, 1, 3, 3, 3])
    """
    found: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        code = ord(char)
        for new in table.get(code, "\ufffd" if 0xD800 <= code < 0xE000 else char):
            if new == " " and found and found[-1] == " ":
                continue
            found.append(new)
            places.append(place)
    return "".join(found), places


def cut_pieces(text: str, vocabulary: Vocabulary) -> Pieces:
    """Cut a text into pieces, whose characters rise, do not overlap and hold all but blanks."""
    folded, places = fold_characters(text, vocabulary.table)
    encoded = vocabulary.tokenizer.encode(folded, add_special_tokens=False)
    begins, ends, low = [], [], 0
    for first, last in encoded.offsets:
        begin = max(places[first], low) if first < last else low
        end = max(places[last - 1] + 1, begin) if first < last else low
        while begin < end and text[begin].isspace():
            begin += 1
        while end > begin and text[end - 1].isspace():
            end -= 1
        begins.append(begin)
        ends.append(end)
        low = end
    return Pieces(np.array(encoded.ids, int), np.array(begins, int), np.array(ends, int))
