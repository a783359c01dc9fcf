"""The lines of a text, and which of their breaks stand only where a line was full."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from kg.sources.encodings import Line
from kg.sources.furniture.wires import is_slug

#: What a break becomes for the reader: itself, one blank, or nothing, with or without the hyphen.
Joint = Literal["break", "blank", "hyphen", "glue"]
#: Shortest line that may go on in the next one: shorter ones are items of a list.
SHORTEST = 14
#: A shorter line that ends with a comma may open or close a letter.
COMMA = 24
#: Characters of the longest line that an editor or a mailer has wrapped.
LONGEST = 132
#: Least share of breaks inside sentences by which a text counts as wrapped.
SHARE = 0.2
#: Fewest lines of a text with a blank line after each, and share of those that go on.
APART, GOING = 6, 0.4
#: The end of a sentence inside a line.
INNER = re.compile(r"\w[»”\")]?[.!?]\s+[«“\"(]?\s?[A-ZÀ-ÝŒ]")
#: How much longer than the widest line that surely goes on another one may be.
SLACK = 1.6
BULLET = re.compile(r"[-–—•*·▪►]\s|\(?(?:\d{1,2}|[a-zA-Z])[.)]\s|[#>|=_~-]{2}|[#>|]")
TABULAR = re.compile(r"\t|\S {3,}\S|\S\s*\|\s*\S")
STOP = re.compile(r"[.!?…:;][\"'»”’)\]\s]*$")
#: Words that no sentence and no heading ends with.
OPEN = frozenset(
    "à au aux avec chez d' dans de des du en entre et l' la le les leur leurs mais ne ou où par "
    "pour que qu' qui sa se ses si son sous sur un une vers a an and as at by for from in into "
    "its of on or than that the their to which with selon depuis contre since about against".split()
)
#: The hyphen, Unicode's hyphen, the soft one, and the sign that old terminals put for it.
HYPHENS = ("-", "\u2010", "\u00ad", "\u00ac")
#: Words after a hyphen that stands for the rest of a word to come ('pre- and post-merger').
SUSPENDED = frozenset("and or to et ou ni".split())
#: First parts of compounds that are no syllable which a typesetter would part so.
FIRST = frozenset(
    "après arrière avant belgo centre chef demi dix e franco germano grand haut hispano italo lui "
    "luso mieux nord non peut petit petite porte prêt quasi quatre rendez savoir semi sino soi "
    "soixante start sous stock sud trente turbo vice vingt week x anglo américano quarante "
    "cinquante eux elle elles là long short well high self year third second first full half "
    "cross best state family hors".split()
)
#: Second parts of compounds that are no syllable, whatever word stands before them.
LAST = frozenset(
    "même mêmes vous nous dire delà être dessus dessous clé clés pilote pilotes président "
    "présidente based owned backed led listed run held headquartered controlled sponsored funded "
    "financed affiliated registered domiciled driven powered fired focused oriented managed linked "
    "related known born made built sized priced traded quoted called chairman largest biggest term "
    "share scale speed quality winning making growing friendly sharing style level "
    "year quarter month weighted adjusted denominated intensive ready free up off thirds century "
    "là major directeur directrice".split()
)
#: Joined after all ('souscrire'), though one of their parts is listed above.
JOINED = re.compile(
    r"sous(?:cri|trai(?:re|t\b)|ign)|portefeuille|nonobstant|hautain|firstly|aujourd|grandeur"
    r"|petitesse|avantag|state(?:ment|s)|stubborn|carefree|already|longtemps|longtime|weekend|voilà"
    r"|semiconduct|starting|(?:bou|recy)clés?|porter|short(?:age|en)|\w+(?:holders?|phones?|ly)$"
    r"|(?:re|un|em|over|out|under|mis|up|with|cor|dis|co|con|in)(?:based|owned|led|run|held|known"
    r"|funded|powered|driven|managed|linked|related|made|born|built|sized|priced|called|style)$"
)
#: Pronouns after a verb ('dit-il'), which ends in t or d then, and pairs of parts.
AFTER_VERB = frozenset(["il", "elle", "on", "ils", "elles"])
MONTHS = "janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
PAIRED = re.compile(
    r"(?:celui|ceux|celles?)(?:ci|là)|ci(?:après|joint|contre|devant)|au(?:devant|dehors|dedans)"
    r"|(?:beaux?|belles?)(?:frère|père|mère|fils|fille|sœur)s?|co(?:found|own|chair|chief|lead)\w*"
    rf"|ex(?:ministre|patronn?e?|directeur|directrice|dirigeante?|associée?)s?|mi(?:{MONTHS})"
)
#: A word that has lost its vowel opens no syllable: 'main-d'œuvre'.
ELIDED = re.compile(r"[dl]['’]\w")
#: What goes on with another hyphen, as names of places do: 'Yverdon-les-Bains'.
LINKED = re.compile(r"(?:\w|les?|la|l[eè]s|de|du|des|en|sur|sous|aux?|the|by|to|in|of)-\w")
#: Letters of parts that are words by themselves, as the text tells.
WHOLE = 4


def join_lines(lines: Sequence[Line]) -> list[Joint]:
    r"""Tell of each line's break whether the reader is to see it.

    A text counts as wrapped by its sentences that go on in the next line; then a break where the
    next word would not have fitted goes, too (the law of greedy wrapping). Lists, tables,
    headings and texts of one paragraph a line keep theirs.

    >>> from kg.sources.encodings import split_lines
    >>> join_lines(split_lines("Le groupe a signé un\naccord avec la socié-\nté Vasco.\n\nFin"))
    ['blank', 'glue', 'break', 'break', 'break']
    """
    if told := told_apart(lines):
        return join_apart(lines, told)
    joints: list[Joint] = ["break"] * len(lines)
    pairs = [at for at, line in enumerate(lines[:-1]) if line.text.strip()]
    pairs = [at for at in pairs if lines[at + 1].text.strip()]
    going = [at for at in pairs if goes_on(lines[at].text, lines[at + 1].text)]
    if not going:
        return joints
    widths = [len(lines[at].text.rstrip()) for at in going]
    width = max((wide for wide in widths if wide <= LONGEST), default=0)
    wrapped = width and len(going) >= SHARE * len(pairs)
    spaced = any(not line.text.strip() for line in lines[1:-1])
    sure, words = set(going), known_words(lines)
    for at in pairs:
        one, other = lines[at].text, lines[at + 1].text
        headed = at == 0 and not spaced and at not in sure
        if at in sure or (wrapped and not headed and is_full(one, other, width)):
            joints[at] = choose_joint(one, other, words)
    return joints


def told_apart(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with words of a text that has a blank line after each, [] of any other.

    Its sentences go on in the next line but one, and hardly any in the next.
    """
    told = [line for line in lines if line.text.strip()]
    beside = sum(bool(one.text.strip() and two.text.strip()) for one, two in pairwise(lines))
    if len(told) < APART or beside > SHARE * len(told):
        return []
    going = [goes_on(one.text, two.text) for one, two in pairwise(told)]
    wide = sum(len(line.text) > LONGEST for line in told)
    stops = sum(INNER.search(line.text) is not None for line in told)
    prose = wide <= 0.1 * len(told) and stops >= 0.1 * len(told)  # the items of a list have none
    return told if prose and sum(going) >= GOING * len(told) else []


def join_apart(lines: Sequence[Line], told: Sequence[Line]) -> list[Joint]:
    """Tell of each line's break in a text with a blank line after each what becomes of it."""
    joints: list[Joint] = []
    found = iter(join_lines(told))
    joint: Joint = "break"
    for line in lines:
        if line.text.strip():
            joint = next(found)
            joints.append(joint)
        else:  # of a line that goes on, the blank ones after it are nothing
            joints.append("break" if joint == "break" else "hyphen")
    return joints


def known_words(lines: Sequence[Line]) -> frozenset[str]:
    """Return the words of lines, in lower case; those with a hyphen as one word.

    What stands on both sides of a hyphen at a line's end tells of no word.
    """
    found: set[str] = set()
    divided = False
    for line in lines:
        words = re.findall(r"\w+(?:[-‐]\w+)*", line.text.lower())
        begin, divided = int(divided), line.text.rstrip().endswith(HYPHENS)
        found.update(words[begin : len(words) - divided])
    return frozenset(found)


def goes_on(line: str, following: str) -> bool:
    """Tell whether a sentence surely goes on in the next line.

    >>> goes_on("Le groupe énergétique", "français rachète"), goes_on("Un titre", "Le groupe")
    (True, False)
    """
    one, other = line.rstrip(), following.lstrip()
    divided = divides(one, other)
    if not divided and (len(one) < SHORTEST or one.endswith((":", ";"))):
        return False
    if not joinable(line, following) or BULLET.match(other):
        return False
    if divided or other[0].islower():
        return True
    last = re.split(r"[\s(«\"]", one)[-1].lower().replace("’", "'")
    opens = last in OPEN or last.endswith("'") or (last.endswith(",") and len(one) >= COMMA)
    return opens and (other[0].isalnum() or other[0] in '«"“')


def joinable(line: str, following: str) -> bool:
    """Tell whether nothing in two lines' form forbids that they are parts of one paragraph."""
    if any(TABULAR.search(it.strip()) or is_slug(it) for it in (line, following)):
        return False
    if BULLET.match(following.lstrip()) and (STOP.search(line) or BULLET.match(line.lstrip())):
        return False  # else a dash or '3)' stands at the line's beginning by chance
    indent = len(following) - len(following.lstrip())
    return indent < len(line) - len(line.lstrip()) + 2 or not STOP.search(line)


def is_full(line: str, following: str, width: int) -> bool:
    """Tell whether the next line's first word would not have fitted into a line.

    >>> is_full("la société suisse Ostrelec", "Systèmes emploie", 30)
    True
    """
    if not joinable(line, following):
        return False
    wide, word = len(line.rstrip()), following.split()[0]
    return SHORTEST <= wide <= SLACK * width and wide + 1 + len(word) > width


def choose_joint(line: str, following: str, words: frozenset[str]) -> Joint:
    """Return what takes the place of a break inside a paragraph."""
    one, other = line.rstrip(), following.lstrip()
    if not divides(one, other):
        return "blank"
    left, right = name_halves(one, other)
    if right in SUSPENDED and left + right not in words:
        return "blank"
    return "hyphen" if keeps_hyphen(one, other, words) else "glue"


def divides(line: str, following: str) -> bool:
    """Tell whether a word is divided between the end of a line and the next line.

    >>> divides("a racheté Hydré-", "ol."), divides("Le groupe -", "suite")
    (True, False)
    """
    if len(line) < 3 or not line.endswith(HYPHENS) or not line[-2].isalnum():
        return False
    return following[:1].isalnum()


def keeps_hyphen(line: str, following: str, words: frozenset[str]) -> bool:
    """Tell whether the hyphen at a line's end belongs to the word; `words` are the text's.

    >>> keeps_hyphen("le vice-", "président", frozenset())
    True
    >>> keeps_hyphen("la direc-", "trice", frozenset())
    False
    """
    if line.endswith(("\u00ad", "\u00ac")):
        return False
    left, right = name_halves(line, following)
    if left + right in words:
        return False
    if any(f"{left}{mark}{right}" in words for mark in HYPHENS[:2]) or ELIDED.match(following):
        return left != "aujour"
    if JOINED.match(left + right):
        return False
    if not following[0].islower():
        # In capitals throughout, a capital tells nothing.
        return not (following[:2].isupper() and line[-3:-1].isupper())
    first = left.rpartition("-")[2]
    if first in FIRST or right in LAST or first[-1:].isdigit() or PAIRED.fullmatch(first + right):
        return True
    if (right in AFTER_VERB and first[-1:] in ("t", "d")) or LINKED.match(following):
        return True
    return min(len(first), len(right)) >= WHOLE and {first, right} <= words and first not in OPEN


def name_halves(line: str, following: str) -> tuple[str, str]:
    """Return what stands before and after a hyphen at a line's end, in lower case.

    >>> name_halves("la Saint-Jean-", "Baptiste, où")
    ('saint-jean', 'baptiste')
    """
    left = (re.findall(r"[\w-]*\w(?=.$)", line) or [""])[-1].lower()
    return left, (re.match(r"\w+", following) or [""])[0].lower()
