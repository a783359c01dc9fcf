"""The key of a name: what tells it apart, whatever its case, accents, dots and legal form."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from kg.errors import DataError

PATH = Path(__file__).parent / "legal_forms.csv"
COLUMNS = {"form", "spelled_out", "ends", "source"}
#: Letters that Unicode takes for letters of their own, not for accented ones.
LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
#: Signs that are words: 'Pierre & Vacances' is 'Pierre et Vacances', 'Canal+' is no 'Canal'.
SIGNS = str.maketrans({"&": " et ", "+": " plus ", "’": "'", "ʼ": "'", "`": "'"})
#: Letters with dots between or behind them, which are one word: 'S.A.', 'S. A.', 'S.A', 'J.P.'.
DOTTED = re.compile(
    r"(?<![^\W_])"
    r"(?:(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])\.?[ \xa0]?|(?:[^\W\d_]\.[ \xa0]?){2,}(?![^\W_]\.))"
)
WORD = re.compile(r"(?<![^\W_])l'(?=\s*[^\W_])|[^\W_]+")
ARTICLES = frozenset({"le", "la", "les", "l'", "the"})
GROUP = frozenset({"groupe", "group"})
#: Words that join what they stand between, so that neither side is a name without the other.
JOINTS = frozenset({"et", "de", "du", "des", "d", "of", "pour", "for"})
#: Names whose first word only looks like a legal form.
WHOLE = frozenset({("sas", "institute")})


def plain(name: str) -> str:
    """Return a text without case and accents, its signs as they are.

    >>> plain("Cœur d’Évry")
    'coeur d’evry'
    """
    while not name.isascii():
        bare = unicodedata.normalize("NFKD", name.casefold()).translate(LETTERS)
        for mark in filter(unicodedata.combining, {*bare}):
            bare = bare.replace(mark, "")
        if bare == name:
            return name
        name = bare
    return name.casefold()


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """Fold case, accents and punctuation, so that spellings of a person, place or product meet.

    >>> fold("L’Oréal - S.A.")
    'l oreal s a'
    """
    return re.sub(r"[^\w&+]+", " ", plain(name)).strip()


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """Return what tells an organization's name apart: no legal form, article or 'groupe'.

    Two names of one key are taken for one organization. It is never empty for a name that is not
    blank, and the key of a key is itself. Of 826 aliases of companies listed in Paris, 88 % have
    the key of their name (IRIs of 0.1: 52 %) and none that of another; of the judged pairs of
    organizations in nomenklatura's `name_bench`, precision is .99, recall .40 (.95, .12).

    >>> name_key("Crédit Agricole S.A."), name_key("Société Anonyme L’Oréal")
    ('credit agricole', 'oreal')
    >>> name_key("Société Générale"), name_key("Compagnie des Alpes"), name_key("Groupe SA")
    ('societe generale', 'compagnie des alpes', 'groupe')
    """
    words = key_words(name)
    while (shorter := cut_first(cut_last(words))) != words:
        words = shorter
    return " ".join(w.rstrip("'") for w in words) or plain(name).strip() or name.strip()


@lru_cache(maxsize=1 << 16)
def key_words(name: str) -> tuple[str, ...]:
    """Return a name's words without case and accents; an elided article keeps its apostrophe.

    >>> key_words("Groupe L’Opinion & Cie S.A.")
    ('groupe', "l'", 'opinion', 'et', 'cie', 'sa')
    """
    words = WORD.findall(join_letters(plain(name)).translate(SIGNS))
    return tuple("et" if word == "and" else word for word in words)


def join_letters(name: str) -> str:
    """Return a name whose letters with dots are words: 'Ostrelec S. A.' is 'Ostrelec SA'.

    >>> join_letters("Ostrelec S.p.A., J.P. Morgan, L. Martin")
    'Ostrelec SpA , JP Morgan, L. Martin'
    """
    return DOTTED.sub(lambda dotted: re.sub(r"[\W_]", "", dotted[0]) + " ", name)


def cut_last(words: tuple[str, ...]) -> tuple[str, ...]:
    """Cut a legal form or 'groupe' at the end of a name, if a name is left.

    >>> cut_last(("vaucourt", "et", "co", "ltd")), cut_last(("sa",))
    (('vaucourt', 'et', 'co'), ('sa',))
    """
    _, last, longest = legal_forms()
    for size in range(min(longest, len(words) - 1), 0, -1):
        tail, before = words[-size:], words[-size - 1]
        if (tail in last or (size == 1 and tail[0] in GROUP)) and before not in JOINTS:
            return words[:-size]
    return words


def has_legal_form(name: str) -> bool:
    """Tell whether a name ends with a legal form, whatever it is the form of.

    >>> has_legal_form("Hexo S.A."), has_legal_form("Groupe Hexo"), has_legal_form("Hexo")
    (True, False, False)
    """
    words, (_, last, longest) = key_words(name), legal_forms()
    return any(words[-size:] in last for size in range(1, min(longest, len(words) - 1) + 1))


def cut_first(words: tuple[str, ...]) -> tuple[str, ...]:
    """Cut an article, a legal form or 'groupe' at the beginning of a name, if a name is left.

    What is of something is no name: 'Groupe des Dix', 'Société anonyme des bains de mer'.

    >>> cut_first(("sarl", "vaucourt")), cut_first(("groupe", "des", "dix"))
    (('vaucourt',), ('groupe', 'des', 'dix'))
    """
    if len(words) > 1 and words[0] in ARTICLES:
        return words[1:]
    first, _, longest = legal_forms()
    for size in range(min(longest, len(words) - 1), 0, -1):
        head = words[:size]
        if (head in first or (size == 1 and head[0] in GROUP)) and words[size] not in JOINTS:
            return words if words in WHOLE else words[size:]
    return words


@cache
def legal_forms() -> tuple[frozenset[Sequence[str]], frozenset[Sequence[str]], int]:
    """Read the legal forms that may open a name, those that may end it, and how long one is.

    Raise DataError for a row that says neither or has no source.
    """
    first, last = set[Sequence[str]](), set[Sequence[str]]()
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if missing := COLUMNS - set(rows.fieldnames or ()):
            raise DataError(f"{PATH.name}: no column '{min(missing)}'")
        for row in rows:
            forms = {key_words(row[column]) for column in ("form", "spelled_out")} - {()}
            if not forms or row["ends"] not in ("both", "last") or not row["source"]:
                raise DataError(
                    f"{PATH.name}, line {rows.line_num}: a row is a form or its words, "
                    "'both' or 'last', and a source"
                )
            last |= forms
            first |= forms if row["ends"] == "both" else set()
    return frozenset(first), frozenset(last), max(map(len, last))
