"""The file of decisions, `who.tsv`: its lines and comments stay as people wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError
from kg.files.faults import tell_fault
from kg.files.writing import write_text
from kg.names.key import fold
from kg.who.decisions import COLUMNS, Decision, bare, read_decision, read_side

#: The columns that no file goes without.
NEEDED = COLUMNS[:3]


@dataclass(frozen=True, slots=True)
class Book:
    """Hold a file of decisions as it stands: its lines, and the decision that a line holds."""

    lines: tuple[str, ...] = ()
    decisions: tuple[Decision | None, ...] = ()

    def list_decisions(self) -> tuple[Decision, ...]:
        """Return the decisions in the file's order."""
        return tuple(one for one in self.decisions if one is not None)


def read_book(path: str | Path) -> Book:
    """Read a file of decisions; one that is not there has none. Raise DataError: line and fault."""
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Book()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {tell_fault(error)}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: cannot be read as UTF-8: {error}; save it as UTF-8") from error
    return parse_book(text, str(path))


def parse_book(text: str, source: str = "who.tsv") -> Book:
    r"""Read decisions from a text of tabs and lines; raise DataError: line and fault.

    >>> book = parse_book("left\tis\tright\n# brands\nFree\tdifferent\tIliad\n")
    >>> [str(one) for one in book.list_decisions()], len(book.lines)
    (['Free different Iliad'], 3)
    """
    lines = tuple(text.replace("\r\n", "\n").removesuffix("\n").split("\n")) if text else ()
    header: tuple[str, ...] = ()
    found: list[Decision | None] = []
    for number, line in enumerate(lines, 1):
        cells = tuple(cell.strip() for cell in line.split("\t"))
        try:
            if is_remark(line):
                found.append(None)
            elif not header:
                header = check_header(cells)
                found.append(None)
            elif len(cells) > len(header) and any(cells[len(header) :]):
                raise DataError(f"{len(cells)} cells, {len(header)} columns; cells end with tabs")
            else:
                found.append(read_decision(dict(zip(header, cells, strict=False))))
        except DataError as error:
            raise DataError(f"{source}, line {number}: {error}") from error
    return Book(lines, tuple(found))


def is_remark(line: str) -> bool:
    """Tell whether a line is blank or a comment."""
    return not line.strip() or line.startswith("#")


def check_header(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the header's columns; raise DataError for one that is missing, unknown or twice."""
    cells = tuple("".join(cell.split()) for cell in cells)
    while cells and not cells[-1]:
        cells = cells[:-1]
    if missing := [name for name in NEEDED if name not in cells]:
        raise DataError(f"no column '{missing[0]}'; the first line names the columns")
    for name in cells:
        if name not in COLUMNS or cells.count(name) > 1:
            raise DataError(f"column '{name}': unknown or twice; known: {', '.join(COLUMNS)}")
    return cells


def add_decisions(book: Book, decisions: Iterable[Decision]) -> Book:
    r"""Return a file with decisions at its end that it has not; what stood there stays.

    >>> one = read_decision({"left": "Free", "is": "different", "right": "Iliad"})
    >>> add_decisions(add_decisions(Book(), [one]), [one]).lines[-1].rstrip()
    'Free\tdifferent\tIliad'
    """
    lines, held = list(book.lines), list(book.decisions)
    known = {bare(one) for one in book.list_decisions()}
    for decision in decisions:
        if bare(decision) in known:
            continue
        known.add(bare(decision))
        row = decision.to_row()
        if row["left"].startswith("#"):
            raise DataError(
                f"'{decision.left}': a comment; say its class first, as in org:{decision.left}"
            )
        row = read_decision(row).to_row()
        header = widen_header(lines, held, row)
        lines.append("\t".join(row[name] for name in header))
        held.append(decision)
    return Book(tuple(lines), tuple(held))


def widen_header(
    lines: list[str], held: list[Decision | None], row: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the columns of a file's lines, after giving it those that a new line needs."""
    at = next((at for at, line in enumerate(lines) if not is_remark(line)), None)
    if at is None:
        lines.append("\t".join(COLUMNS))
        held.append(None)
        return COLUMNS
    header = check_header(tuple(lines[at].split("\t")))
    if more := tuple(name for name in COLUMNS if row[name] and name not in header):
        header += more
        lines[at] = "\t".join(header)
    return header


def undo_decision(book: Book, left: str = "", right: str = "") -> tuple[Book, Decision]:
    """Return a file without its last decision, or the last one on two sides, and that decision.

    A beginning of the names of one side is enough. Raise DataError where there is none.
    """
    sides = {find_side(book, str(read_side(side))) for side in (left, right) if side}
    for at in reversed(range(len(book.lines))):
        one = book.decisions[at]
        if one and sides <= {str(one.left), one.right}:
            rest = Book(book.lines[:at] + book.lines[at + 1 :], without(book.decisions, at))
            return rest, one
    told = " and ".join(f"'{side}'" for side in (left, right) if side)
    raise DataError(f"no decision on {told}; see them with: kg who" if told else "no decisions yet")


def find_side(book: Book, side: str) -> str:
    r"""Return the side of some decision that one is or begins; raise DataError for several.

    >>> find_side(parse_book("left\tis\tright\nFree\tdifferent\tIliad\n"), "il")
    'Iliad'
    """
    known = {text for one in book.list_decisions() for text in (str(one.left), one.right)} - {""}
    begun = {text for text in known if fold(text).startswith(fold(side))}
    begun |= {text for text in known if fold(read_side(text).value).startswith(fold(side))}
    if side in known or not begun or not fold(side):
        return side
    if len(begun) > 1:
        told = ", ".join(sorted(begun)[:5])
        raise DataError(f"decisions on several names begin with '{side}': {told}; give more of one")
    return begun.pop()


def without(decisions: tuple[Decision | None, ...], at: int) -> tuple[Decision | None, ...]:
    """Return decisions without that of a line."""
    return decisions[:at] + decisions[at + 1 :]


def write_book(path: str | Path, book: Book) -> None:
    """Write a file of decisions, whole or not at all; raise GraphError."""
    write_text(path, "".join(f"{line}\n" for line in book.lines))
