"""Lines that stand on pages, put in order: columns, headers and footers, paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kg.sources.encodings import Line
from kg.sources.folding import fold_text
from kg.sources.lines import BULLET, STOP, choose_joint, known_words

#: Shares of a page's height that headers and footers stand in.
TOP, FOOT = 0.9, 0.1
#: Fewest lines of a column, points between two, and most of a page's lines that cross both.
FEWEST, GUTTER, CROSSING = 3, 6, 0.4
#: Share of the distances of two lines that the distance in a paragraph has at the least.
OFTEN = 0.15
#: Most of its column that a line has which surely ends, though no sentence does.
SHORT = 0.6
#: Lines of a page above which columns are not looked for.
MOST = 600
NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}\W*(?:(?:/|sur|of)\W*\d{1,4}\W*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLine:
    """Hold a line of a page: its words, its box (heights as shares of its page's), its size."""

    text: str
    box: tuple[float, float, float, float]
    size: float
    page: int
    height: float

    @property
    def left(self) -> float:
        """Return where the line begins, in points."""
        return self.box[0]

    @property
    def right(self) -> float:
        """Return where the line ends, in points."""
        return self.box[2]

    @property
    def top(self) -> float:
        """Return how far down its page the line's lower edge is, in points."""
        return (1 - self.box[1]) * self.height


def drop_margins(pages: Sequence[Sequence[PageLine]]) -> list[list[PageLine]]:
    """Return the lines of pages without headers, footers and page numbers.

    Those stand at a page's edge and, but for numbers, on other pages too.
    """
    counts = Counter(
        key for page in pages for key in {margin_key(line) for line in page if at_edge(line)}
    )
    return [
        [
            line
            for line in page
            if not at_edge(line) or not (counts[margin_key(line)] > 1 or is_page_number(line, page))
        ]
        for page in pages
    ]


def is_page_number(line: PageLine, page: Sequence[PageLine]) -> bool:
    """Tell whether a line is the number of its page: no sentence's end, no line of a paragraph."""
    text = line.text.strip()
    if not NUMBER.fullmatch(text) or re.search(r"\d\W*[.!?]\W*$", text):
        return False
    return not any(
        other is not line
        and abs(other.left - line.left) < 2
        and abs(other.size - line.size) < 0.5
        and abs(other.top - line.top) < 1.5 * line.size
        for other in page
    )


def at_edge(line: PageLine) -> bool:
    """Tell whether a line stands where headers and footers do."""
    return line.box[1] > TOP or line.box[3] < FOOT


def margin_key(line: PageLine) -> tuple[str, bool]:
    """Return what is the same in a header on all pages: its words less numbers, and which edge."""
    return re.sub(r"\d+", "#", " ".join(line.text.split())), line.box[1] > TOP


def order_lines(lines: Sequence[PageLine]) -> list[PageLine]:
    """Return the lines of a page in the order in which they are read: column by column."""
    ordered = sorted(lines, key=lambda line: (line.top, line.left))
    gutter = find_gutter(ordered) if len(ordered) <= MOST else None
    if gutter is None:
        return ordered
    found: list[PageLine] = []
    left: list[PageLine] = []
    right: list[PageLine] = []
    for line in ordered:
        if line.right <= gutter:
            left.append(line)
        elif line.left >= gutter:
            right.append(line)
        else:
            found += [*order_lines(left), *order_lines(right), line]
            left, right = [], []
    return [*found, *order_lines(left), *order_lines(right)]


def find_gutter(lines: Sequence[PageLine]) -> float | None:
    """Return where two columns meet, None where a page has but one."""
    best, found = 0, None
    for start in sorted({round(line.left) for line in lines}):
        edge = start - 1.0
        left = [line for line in lines if line.right <= edge - GUTTER]
        right = [line for line in lines if line.left >= edge]
        few = min(len(left), len(right))
        crossing = len(lines) - len(left) - len(right)
        if few <= best or crossing > CROSSING * len(lines):
            continue
        if is_rest(left, right):
            best, found = few, edge - GUTTER / 2
        if few < FEWEST:
            continue
        begin = max(left[0].top, right[0].top)
        end = min(left[-1].top, right[-1].top)
        beside = sum(begin - 5 <= line.top <= end + 5 for line in (*left, *right))
        if beside >= 0.5 * (len(left) + len(right)) or is_box(left, right):
            best, found = few, edge - GUTTER / 2
    return found


def is_rest(left: Sequence[PageLine], right: Sequence[PageLine]) -> bool:
    """Tell whether a text ends in the right column: lines as wide as the left one's, from its top.

    One line alone must go on with the sentence that the left one breaks off.
    """
    if right[0].top > left[len(left) // 4].top or len(right) > len(left):
        return False
    if len(right) < FEWEST and (STOP.search(left[-1].text) or not right[0].text[:1].islower()):
        return False
    width = median(line.right - line.left for line in left)
    whole = [line for line in right[:-1] if line.right - line.left > 0.8 * width]
    words = sum(len(line.text.split()) for line in right)
    return 4 * len(whole) >= 3 * (len(right) - 1) and words > 3 * len(right)


def is_box(left: Sequence[PageLine], right: Sequence[PageLine]) -> bool:
    """Tell whether a few lines stand wholly beside a text, not in its lines as cells do."""
    box, text = sorted((left, right), key=len)
    beside = [line for line in text if box[0].top - 5 <= line.top <= box[-1].top + 5]
    level = sum(any(abs(one.top - two.top) < 2 for two in beside) for one in box)
    words = sum(len(line.text.split()) for line in box)
    return len(beside) >= FEWEST and 2 * level < len(box) and words >= 2 * len(box)


def gather_text(pages: Sequence[Sequence[PageLine]]) -> tuple[str, str]:
    """Return the text of pages, a paragraph a line, and its title ('' if none stands out)."""
    lines = [line for page in pages for line in page]
    words = known_words([Line(0, 0, 0, line.text) for line in lines])
    body = median([line.size for line in lines for _ in line.text]) if lines else 0
    paragraphs: list[list[PageLine]] = []
    texts: list[str] = []
    for at, line in enumerate(lines):
        text = clean_line(line.text)
        if at and not begins(lines, at, paragraphs[-1]):
            joint = choose_joint(texts[-1], text, words)
            texts[-1] = (
                (texts[-1][:-1] if joint == "glue" else texts[-1]) + " " * (joint == "blank") + text
            )
            paragraphs[-1].append(line)
        else:
            texts.append(text)
            paragraphs.append([line])
    return "\n\n".join(texts) + "\n", find_headline(paragraphs, texts, body)


def clean_line(text: str) -> str:
    """Return a line's words with one blank between them, ligatures as letters."""
    text = re.sub(r"[\ufb00-\ufb06]", lambda it: unicodedata.normalize("NFKC", it[0]), text)
    soft = text.rstrip().endswith("\u00ad")
    return " ".join(fold_text(text.strip()).text.split()) + ("\u00ad" if soft else "")


def begins(lines: Sequence[PageLine], at: int, paragraph: Sequence[PageLine]) -> bool:
    """Tell whether a line begins a paragraph, by its distance, size, place and words."""
    before, line = lines[at - 1], lines[at]
    ends = STOP.search(before.text) is not None
    if abs(line.top - before.top) < 0.3 * line.size and line.left > before.right:
        return False  # the same line, parted at a wide blank
    if abs(line.size - before.size) > 0.8:
        return True
    if BULLET.match(line.text.lstrip()) and (ends or BULLET.match(paragraph[0].text.lstrip())):
        return True
    aside = line.page != before.page or line.top < before.top  # in the next column or page
    if not aside and line.top - before.top > leading(lines, at):
        return True
    indented = not aside and line.left > before.left + 6
    if ends:
        return indented or has_room(lines, at)
    return not aside and line.text[:1].isupper() and has_room(lines, at, SHORT)


def has_room(lines: Sequence[PageLine], at: int, share: float = 1) -> bool:
    """Tell whether a line's first word would have fitted at the end of the line before it.

    With `share`, that line takes no more of its column.
    """
    before, text = lines[at - 1], lines[at].text.split()
    column = [
        one.right
        for one in lines[max(at - 12, 0) : at + 12]
        if (one.page, round(one.size)) == (before.page, round(before.size))
        and abs(one.left - before.left) < 40
    ]
    letter = (before.right - before.left) / max(len(before.text.strip()), 1)
    fits = before.right + letter * (len(text[0]) + 1) < max(column)
    return fits and before.right - before.left <= share * (max(column) - before.left)


def leading(lines: Sequence[PageLine], at: int) -> float:
    """Return above which distance, in points, two lines around a place are of two paragraphs."""
    size = lines[at].size
    near = [one for one in lines[max(at - 15, 0) : at + 15] if abs(one.size - size) <= 0.8]
    steps = [
        two.top - one.top
        for one, two in pairwise(near)
        if one.page == two.page and 0.5 * size < two.top - one.top < 3 * size
    ]
    # Where paragraphs are short, the distance of most two lines is that of two paragraphs.
    counts = Counter(map(round, steps))
    often = [one for one in steps if counts[round(one)] >= max(OFTEN * len(steps), 2)]
    few = min(steps, default=1.5 * size)
    usual = min(often, default=median(steps)) if len(steps) > 3 else few
    return 1.25 * min(usual, 1.6 * size if len(steps) <= 3 else usual)


def find_headline(
    paragraphs: Sequence[Sequence[PageLine]], texts: Sequence[str], body: float
) -> str:
    """Return the paragraph of the largest letters near the beginning, '' if none stands out."""
    first = [at for at, lines in enumerate(paragraphs[:8]) if lines[0].page == 0]
    best = max(first, key=lambda at: paragraphs[at][0].size, default=None)
    if best is None or paragraphs[best][0].size < 1.15 * body or len(texts[best]) > 200:
        return ""
    return texts[best]
