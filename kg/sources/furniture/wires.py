"""Lines that news agencies set around a report: slugs, codes, who has written and edited it."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: What subject and desk a report has: 'KERZAVEL-M&A/', 'eco-fin-bourse', 'FRA1234 4 ECO 0271'.
SLUG = re.compile(
    r"(?:(?=[^/]*[A-ZÀ-Ý]{3})[A-ZÀ-Ý0-9][A-ZÀ-Ý0-9&.'’-]*(?: [A-ZÀ-Ý0-9&.'’-]+){0,2}/"
    r"[A-ZÀ-Ý0-9&./'’-]*"
    r"(?:\s\([A-Z0-9À-Ý ,]{2,30}\))?"
    r"|[a-zà-ÿ]{3,}(?:-[a-zA-ZÀ-ÿ]{2,}){2,7}"
    r"|[A-Z]{3}\d{3,5}(?:\s+[A-Z0-9/.-]+){2,9})"
)
#: Characters of a line with a slug.
LONGEST = 120
#: Lines at whose top a slug may stand.
TOP = 4
#: Who has written, edited and translated a report, in brackets.
CREDITED = re.compile(
    r"\(+\s*(?:(?:avec )?(?:le )?(?:reportage|rédigé|contribution|version française|traduction"
    r"|bureau d|service (?!public)|rédaction|reporting|writing|additional reporting|compiled"
    r"|editing|translated|newsroom)\b[^()]*"
    r"|[^()]{0,160}\b(?:édité par|édition de|edited by|editing by|pour la version française)\b"
    r"[^()]*)\)+\W*",
    re.IGNORECASE,
)
#: An address or a number of the newsroom: '((jeanne.vidal@gazette.example; +33 1 02 03 04 05))'.
REACHED = re.compile(r"\(\(.{3,300}\)\)\W*")
WORDED = re.compile(r"(?:mots[- ]cl[ée]s?|keywords?|tags?|étiquettes?)\s*:\s*\S.{0,180}", re.I)
#: Who has signed a report of an agency, by three letters each: 'abc/def/ghi'.
SIGNED = re.compile(r"[a-z]{2,4}(?:\.[a-z]{1,3})?(?:[-/][a-z]{2,4}(?:\.[a-z]{1,3})?){1,6}")
#: Lines at whose end that may stand.
BELOW = 12
#: Companies named below it, as their shares are listed.
LISTED = re.compile(r"[A-ZÀ-Ý0-9&][A-ZÀ-Ý0-9&.'’ -]{1,40}")
#: What a rate is, in brackets, and where more stands.
RATED = re.compile(
    r"\(\s*(?:1|\$1|1 ?\$|€1|1 ?€|1 (?:dollar|euro|livre)|£1)\s*=\s*[^()]{3,60}\)\W*"
    r"|(?:pour (?:lire|voir) (?:la dépêche|l'article|le communiqué|plus)|double[- ]cliquez"
    r"|voir aussi|click on|for more on|full story|source text)\b.{0,160}[\[<(:][^a-z]?.{0,80}",
    re.IGNORECASE,
)
#: Who has written a report, above it.
NAME = r"[A-ZÀ-Ý][\w’'-]*(?:\s(?:[dl]['’]|de |du |le |la |van |von )?[A-ZÀ-Ý][\w’'.-]*){1,3}"
BYLINE = re.compile(
    rf"(?i:par|by|propos recueillis par|de notre correspondante?,?)\s"
    rf"(?P<names>{NAME}(?:(?:, | et | and | & ){NAME}){{0,3}})"
    r"(?:(?:,? (?i:avec|with|pour|for)(?: l['’])?| [-–—|]|,| \()\s?[A-ZÀ-Ýà-ÿ][\w.,’' -]{1,40}\)?)?"
)
DATED = re.compile(
    rf"(?i:par|by)\s(?P<names>{NAME}(?:(?:, | et | and | & ){NAME}){{0,3}})"
    r"(?:,? (?:le|on|publié)\b|\s?[-–—|])(?=.{0,40}\b(?:19|20)\d\d\b)"
)
#: Lines at whose top it may stand.
SIGNING = 8
#: What ends a report: '###', '-END-', '- 30 -'; marks between parts, numbers of pages.
RULE = re.compile(
    r"[-–—#*\s]*(?:end|fin|30)[-–—#*\s]*|[^\w\s](?:\s?[^\w\s])*|_{3,}"
    r"|[-–—~•|]\s?\d{1,4}\s?[-–—~•|]",
    re.IGNORECASE,
)
BARE = re.compile(r"(?:fin|end|30)\W*", re.IGNORECASE)


def name_wire(words: str) -> str:
    """Return what a line of an agency is that is no news, or ''.

    >>> name_wire("(Reportage de Jeanne Vidal, édité par Marc Lenoir)"), name_wire("* * *")
    ('a signature', 'a rule')
    """
    if CREDITED.fullmatch(words) or REACHED.fullmatch(words):
        return "a signature"
    if WORDED.fullmatch(words):
        return "key words"
    if RATED.fullmatch(words):
        return "a note"
    return "a rule" if RULE.fullmatch(words) and not BARE.fullmatch(words) else ""


def is_slug(line: str) -> bool:
    """Tell whether a line only names a subject and a desk.

    >>> is_slug("KERZAVEL-M&A/OSTRELEC (URGENT)"), is_slug("Kerzavel rachète Ostrelec")
    (True, False)
    """
    return len(line) <= LONGEST and SLUG.fullmatch(line.strip()) is not None


def mark_wires(texts: Sequence[str], reasons: Sequence[str]) -> list[str]:
    """Mark the slugs at a report's top, and what stands below its signs at the end.

    >>> mark_wires(["eco-fin-bourse", "Fusion", "Un accord.", "abc/def", "VASCO"], [""] * 5)
    ['a slug', '', '', 'a signature', 'a signature']
    """
    found = list(reasons)
    told = [at for at, text in enumerate(texts) if text]
    for at in told[:TOP]:
        if is_slug(texts[at]) and at != told[-1]:
            found[at] = found[at] or "a slug"
    for at in told[:SIGNING]:
        if BYLINE.fullmatch(texts[at]):
            found[at] = found[at] or "a byline"
    last = told[max(len(told) // 2, len(told) - BELOW) :]
    for place, at in enumerate(last):
        if SIGNED.fullmatch(texts[at]):
            below = [one for one in last[place + 1 :] if not found[one]]
            if all(LISTED.fullmatch(texts[one]) for one in below):
                for one in (at, *below):
                    found[one] = "a signature"
    return found


def find_author(text: str) -> str:
    r"""Return who has written a report, as a line above it says, or ''.

    >>> find_author("Fusion\nPar Irène Sablon et Marc Vey, avec AFP\nUn accord.")
    'Irène Sablon, Marc Vey'
    """
    lines = list(filter(None, map(str.strip, text[:4000].splitlines())))
    for line in lines[:SIGNING]:
        if found := BYLINE.fullmatch(line) or DATED.match(line):
            return ", ".join(re.split(r", | et | and | & ", found["names"]))
    return ""
