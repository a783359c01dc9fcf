"""An article's headline and the date of its dateline, as its first lines tell them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from itertools import islice

from kg.names.key import fold
from kg.sources.dates.partial import MONTHS, read_partial
from kg.sources.paragraphs import is_credit as credited

#: How many characters of a line its date may stand in.
DATELINE = 80
#: Characters of the longest headline.
HEADLINE = 200
#: Whose pictures news shows.
AGENCIES = frozenset("fotolia shutterstock getty istock".split())
#: What may stand before the date of a dateline, besides names.
BEFORE = frozenset(
    "le publié publiée posté mis à jour modifié par rédigé de du la l'afp avec et lundi mardi "
    "mercredi jeudi vendredi samedi dimanche on the published posted updated by from monday "
    "tuesday wednesday thursday friday saturday sunday at".split()
)
NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR = r"(?P<year>(?:19|20)\d\d)"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{YEAR}(?P<sign>[-/])(?P<month>\d\d)(?P=sign)(?P<day>\d\d)(?!\d)(?:T[\d:.+-]+Z?)?",
        rf"(?<![\d/.]){DAY}[/.](?P<month>\d\d?)[/.]{YEAR}(?!\d)",
        rf"(?<!\d){DAY}(?:er|st|nd|rd|th)?[\s-]+(?P<month>{NAME})\b\.?,?[\s-]+{YEAR}(?!\d)",
        rf"\b(?P<month>{NAME})\b\.?\s+{DAY}(?:st|nd|rd|th)?,?\s+{YEAR}(?!\d)",
    )
)
#: Dates of a field alone: years of two figures, none between its figures.
SHORT = re.compile(rf"{DAY}[/.-](?P<month>\d\d?)[/.-](?P<year>\d\d)")
DENSE = re.compile(rf"{YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:T?\d{{2,6}}(?:\.\d+)?Z?)?")
#: '12-03-2024' and '2024.3.12', which stand for '12/03/2024' and '2024-03-12' in fields only.
WRITTEN = re.compile(r"\A(?P<day>\d\d?)-(?P<month>\d\d?)-(?P<year>(?:19|20)\d\d)(?!\d)")
PADDED = re.compile(r"((?:19|20)\d\d)[-./](\d\d?)[-./](\d\d?)(?!\d)")
#: What stands above a headline and is none: a section, what a text is, a page's own head.
SECTIONS = frozenset(
    fold(words)
    for words in (
        "économie|entreprise|entreprises|finance|finances|bourse|marchés|industrie|énergie|tech"
        "|technologie|technologies|médias|actualité|actualités|actu|actus|société|international"
        "|france|monde|europe|politique|opinion|opinions|environnement|immobilier|banque|santé"
        "|transport|transports|automobile|à la une|exclusif|exclusivité|info exclusive|alerte"
        "|urgent|en direct|direct|vidéo|podcast|enquête|analyse|décryptage|entretien|interview"
        "|communiqué|communiqué de presse|information réglementée|information presse"
        "|dossier de presse|pour diffusion immédiate|press release|news release|media release"
        "|for immediate release|business|markets|companies|news|world|exclusive|breaking news"
        "|regulated information|news in brief|industry|energy|technology"
    ).split("|")
)
HEADED = re.compile(r"\bp(?:age|\.)\s?\d{1,4}\W*$", re.IGNORECASE)
#: What agencies set before a headline.
URGENCY = re.compile(
    r"(?:(?:UPDATE|WRAPUP|LEAD|ACTUALISATION) ?\d{0,2}|BRIEF|REFILE|RPT|CORR(?:ECTED|IGÉ)?|ALERTE"
    r"|URGENT|FLASH|SNAPSHOT|FACTBOX|BREAKINGVIEWS|AVANT-PAPIER|REPRISE)\s?[-–—:]\s?(?=\S)"
)
#: Characters beside its date of a line that only dates a text.
LONGEST_DAY = 60
#: Lines that a headline may stand below.
LINES = 6
#: An agency in a dateline, and how it is called.
AGENCY = re.compile(
    r"\((?P<name>(?:AFP|Reuters|AP|Bloomberg|AOF|AGEFI|Belga|ATS|Xinhua|GLOBE NEWSWIRE"
    r"|BUSINESS WIRE|PR ?NEWSWIRE|CNW|ACCESSWIRE|Dow Jones|ANSA|dpa)(?:[ -][A-Z][\w ]{2,20})?)\)"
    r"\s*(?:--?|[–—]|$)",
    re.IGNORECASE,
)
#: First year of those of two figures.
CENTURY = 1970
#: Lines that a date may stand in, and those in which words must say that it is the article's.
FIRST, SAID = 4, 15
PUBLISHED = re.compile(
    r"(?:publiée?|posté|mise? (?:en ligne|à jour)|published|posted|updated)\b", re.I
)
AFTER = re.compile(r"\s*(?:$|[-.–—(|•]|(?:à|at|,)?\s*\d\d?\s*[h:])")


def first_lines(text: str, count: int) -> list[str]:
    """Return the first lines that are not blank, stripped."""
    return list(islice(filter(None, map(str.strip, text.splitlines())), count))


def find_title(text: str) -> str:
    r"""Return an article's headline: a short first line that is no sentence and no photo credit.

    >>> find_title("jdupont - Fotolia\nAccord sur le cloud\nUn accord.")
    'Accord sur le cloud'
    """
    lines = first_lines(text, LINES)
    for line in lines[:-1]:  # what nothing follows is no headline
        if not is_credit(line) and not is_heading_of_page(line):
            line = URGENCY.sub("", re.sub(r"\s+", " ", line))
            ends = line.endswith((".", ":", ",", ";"))
            return line if len(line) <= HEADLINE and not ends else ""
    return ""


def is_heading_of_page(line: str) -> bool:
    """Tell whether a line above a headline names a section, a page or a day.

    >>> is_heading_of_page("COMMUNIQUÉ DE PRESSE"), is_heading_of_page("Nordil achète Vasco")
    (True, False)
    """
    bare = line.strip(" :|-–—#[]")
    if re.fullmatch(r"\S(?:\s\S){3,}", bare):  # 'É C O N O M I E'
        bare = "".join(bare.split())
    if fold(bare) in SECTIONS or HEADED.search(line):
        return True
    found, agency = first_date(line), AGENCY.search(line)
    if found is None or (agency and line[agency.end() :].strip()):
        return False
    return len(line) - len(found[0]) < LONGEST_DAY and is_dateline(line, found)


def find_agency(text: str) -> str:
    r"""Return the agency that an article's dateline names, or ''.

    >>> find_agency("Fusion\nPARIS, 12 mars (Reuters) - Un accord.")
    'Reuters'
    """
    for line in first_lines(text, SAID):
        if (found := AGENCY.search(line[:DATELINE])) and named_before(line[: found.start()]):
            return found["name"]
    return ""


def is_credit(line: str) -> bool:
    """Tell whether a line only says whose a picture is.

    >>> is_credit("© AFP"), is_credit("Photo choc chez X")
    (True, False)
    """
    if credited(line):
        return True
    words = [word.strip(":()[]") for word in line.split()]
    small = sum(word[:1].islower() and word not in BEFORE for word in words)
    dashed = re.search(r"\s[-–—/|]\s", line) is not None
    marked = "©" in line or any(one == "DR" or one.casefold() in AGENCIES for one in words)
    return marked and (len(words) <= 3 or dashed or ":" in line) and len(words) <= 10 and small < 2


def find_date(text: str, lang: str = "") -> str:
    r"""Return the date of an article's dateline ('26 mai 2018. –') in ISO form, '' without one.

    That is a whole date within the first lines, after nothing but a place, an agency or words
    such as 'publié le'. A dateline without its year tells nothing, and no text says its own year.
    The language tells which of day and month stands first.

    >>> find_date("Fusion\nLyon, le 1er juin 2019 – Deux groupes")
    '2019-06-01'
    """
    lines = first_lines(text, SAID)
    for at, line in enumerate(lines):
        if at >= FIRST and not PUBLISHED.match(line) and not AGENCY.search(line[:DATELINE]):
            continue
        found = first_date(line)
        if found and is_dateline(line, found):
            return iso_date(found, lang)
    return ""


def first_date(line: str) -> re.Match[str] | None:
    """Return the first whole date where a line's dateline may stand, or None."""
    found = filter(None, (pattern.search(line[:DATELINE]) for pattern in DATES))
    return min(found, key=lambda match: match.start(), default=None)


def is_dateline(line: str, found: re.Match[str]) -> bool:
    """Tell whether a date in a line is that of the article, by what stands around it."""
    before = line[: found.start()]
    after = AFTER.match(line, found.end()) is not None
    return named_before(before) and after and not re.search(r"[.!?\d]", before)


def named_before(before: str) -> bool:
    """Tell whether nothing but names, days and words of datelines stands before a place."""
    words = re.findall(r"[\w'’]+", before)
    return all(
        not word[0].islower() or word.lower().replace("’", "'") in BEFORE or word in MONTHS
        for word in words
    )


def iso_date(found: re.Match[str], lang: str = "") -> str:
    """Return a date that was found in ISO form, '' for one that no calendar has."""
    month = MONTHS.get(found["month"].lower()) or int(found["month"])
    day, year = int(found["day"]), int(found["year"])
    if found.start("day") < found.start("month") and re.search(r"\d/\d", found[0]):
        if month > 12 or (day <= 12 and month_first(lang)):
            day, month = month, day
    if year < 100:
        year += CENTURY // 100 * 100 + 100 * (year < CENTURY % 100)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def month_first(lang: str) -> bool:
    """Tell whether '03/04/2024' is in March: where English is not said to be another than US.

    >>> month_first("en"), month_first("en-GB"), month_first("fr")
    (True, False, False)
    """
    code, _, country = lang.lower().replace("_", "-").partition("-")
    return code in ("en", "eng", "english", "anglais") and country[:2] in ("", "us", "ph")


def read_date(text: str, lang: str = "") -> str:
    """Return the date that a field of a file holds in ISO form, '' for none.

    It may be a month or a year; it is never made more than it says.

    >>> read_date("Tue, 04 Mar 2025 09:12:00 +0100"), read_date("2025-03"), read_date("hier")
    ('2025-03-04', '2025-03', '')
    >>> read_date("mars 2024"), read_date("31 février 2024")
    ('2024-03', '')
    >>> read_date("03/04/2024"), read_date("03/04/2024", "en"), read_date("3-4-2024")
    ('2024-04-03', '2024-03-04', '2024-04-03')
    """
    text = " ".join(str(text).split())[:100]
    text = WRITTEN.sub(r"\g<day>/\g<month>/\g<year>", text)
    if found := PADDED.match(text):
        text = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}{text[found.end() :]}"
    if part := read_partial(text):
        return part
    if found := SHORT.fullmatch(text) or DENSE.fullmatch(text):
        return iso_date(found, lang)
    if re.fullmatch(r"\d{10}(?:\.\d+)?|\d{13}", text):
        seconds = int(float(text)) // (1000 if len(text) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    for pattern in DATES:
        if found := pattern.search(text):
            return iso_date(found, lang)
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""
