"""Paragraphs that are no part of the news: what surrounds it, and what another language says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Span
from kg.sources.furniture.buttons import is_warning, mark_notices, name_button
from kg.sources.furniture.contacts import mark_contacts
from kg.sources.furniture.wires import mark_wires, name_wire
from kg.sources.language import mark_languages

#: Characters of the longest paragraph that may be furniture; notices of cookies are longer.
SHORT = 220
NOTICE = 1200
#: Headlines that are announced together, one fewer than this, and characters of each.
LISTED, HEADLINE = 6, 110
TEASER = re.compile(
    r"\W*(?:(?:à|a) )?(?:re)?(?:lire|voir|écouter|découvrir|consulter)"
    r"(?: (?:aussi|également|encore|ensuite)\b|\s*:)"
    r"|\W*(?:à lire|à voir|sur le même (?:sujet|thème)|dans la même rubrique|nos autres articles"
    r"|articles? (?:liés?|associés?|suivants?|précédents?)|les plus lus|en relation"
    r"|pour aller plus loin"
    r"|read (?:also|more|next)|see also|also read|related (?:articles?|stories|content)?:?"
    r"|more on this|recommended|most read)\b\s*(?::|$|[-–—>|])"
    r"|\W*related\s*:",
    re.IGNORECASE,
)
SHARING = re.compile(
    r"(?:\W|\d|\b(?:partager?|partagez|cet article|sur|par|facebook|twitter|tweeter|linkedin"
    r"|whatsapp|x|e-?mail|mail|courriel|imprimer|copier le lien|commenter|commentaires?|envoyer"
    r"|enregistrer"
    r"|suivez-nous|suivre|share|this article|on|via|print|copy link|save|follow us|comments?|like"
    r"|j'aime|messenger|telegram|pinterest|reddit|bluesky|instagram|et|ou|and|or)\b)+",
    re.IGNORECASE,
)
SHARED = re.compile(
    r"partage|facebook|twitter|linkedin|whatsapp|imprimer|share|print|comment", re.I
)
SELLING = re.compile(
    r"\W*(?:(?:publicité|advertisement|la suite après (?:cette|la) publicité|contenu sponsorisé"
    r"|newsletters?|sommaire|temps de lecture)\b(?:\s*:?\s*\d+ (?:min\w*|mn))?\W*$"
    r"|(?:abonnez-vous|déjà abonnée?|inscrivez-vous|je m'abonne|already a subscriber)\b"
    r"|(?:voir (?:ce message|cet e-?mail|la version en ligne)|view (?:this|in) (?:email|your)?)"
    r"|(?:cet|l') ?article est réservé aux abonnés|(?:il vous reste )?\d+ ?% de cet article"
    r"|pour (?:continuer à )?lire (?:la suite|cet article)|la suite est réservée"
    r"|this article is for subscribers|advertisement\b\W*scroll to continue\W*$"
    r"|vous (?:recevez|avez reçu) (?:ce|cet) (?:e-?mail|mail|message|courriel)\b"
    r"|you(?: are|'re) receiving this (?:e-?mail|message)|you received this (?:e-?mail|message)"
    r"|(?:lire|voir) (?:la suite|l'article|en ligne|dans (?:le|votre) navigateur)"
    r"(?:\W*https?:\S*)?\W*$"
    r"|(?:read more|continue reading|en savoir plus|view (?:in|this)[^.]{0,25}browser)"
    r"(?:\W*https?:\S*)?\W*$"
    r"|(?:se désinscrire|se désabonner|unsubscribe)\W*https?:\S*\W*$)",
    re.IGNORECASE,
)
#: What invites to a letter: its name, then an invitation to its reader.
LETTER = re.compile(
    r"\bnewsletters?\b.*(?:[.!:|>]\s*(?:sign up|subscribe|s'inscrire)|\binscrivez-vous|\brecevez)"
    r"\b[^.]*\W*$",
    re.IGNORECASE,
)
#: Who holds the rights, who has written and edited a report, where it has appeared first.
SIGNED = re.compile(
    r"\W*(?:(?:copyright|©|\(c\))\W*(?:(?:19|20)\d\d\b|.{0,80}\b(?:tous droits|all rights) r).*"
    r"|\(?(?:additional )?reporting by\b(?=.*\bediting by\b).*"
    r"|our standards\s*:\s*the thomson reuters trust principles.*"
    r"|the post\b.*\bappeared first on\b.{1,60}"
    r"|(?:l'article|cet article)\b.*\best apparu en premier sur\b.{1,60})",
    re.IGNORECASE,
)
LINK = re.compile(r"\W*(?:https?://|www\.)\S+\W*", re.IGNORECASE)
#: What a button says; more than a button names its reader, or what is to be had, and no company.
BUTTON = re.compile(
    r"\W*(?:s'abonner|se connecter|subscribe|sign up|log in|unsubscribe|se désinscrire"
    r"|se désabonner)(?:\W*$|\s(?:(?=(?-i:[a-zà-ÿ]))(?P<more>.*)))",
    re.IGNORECASE,
)
READER = re.compile(r"\b(?:our|your?|notre|nos|votre|vos|newsletters?)\b", re.IGNORECASE)
HAD = re.compile(
    r"^(?:ici|here|now|today|gratuitement|free)\b|\b(?:lettres?|comptes?|accounts?|e-?mails?|lire"
    r"|read|continuer?|accéder|access|alert\w*|briefing|digest|updates?|abonné\w*|subscribers?)\b",
    re.IGNORECASE,
)
#: Words for pictures and their rights; after some, a mark is enough, after others names must stand.
PICTURE = (
    r"(?:crédits?|sources?|images?) (?:photos?|illustrations?|visuels?|images?)"
    r"|photos?(?: credits?)?|photographie|illustrations?|visuels?|légendes?|caption"
)
MARK = r"\s*[:/©|]|\s+[–—-]\s"
CREDIT = re.compile(rf"\W*(?:(?:{PICTURE})(?!\w|[’'-])(?:{MARK})|©)", re.IGNORECASE)
NAMED = re.compile(
    rf"\W*(?:(?i:{PICTURE}|crédits?|image|copyright|credits?)|DR)\b(?!-)[^.:/©|]{{0,30}}?(?:{MARK})"
)
#: Small words that stand in credits.
CREDITED = frozenset(
    "de du des d la le les l et and of by par pour via for the photo photos crédit courtesy "
    "archives archive images image tous droits réservés all rights reserved agence".split()
)
CAPTION = re.compile(
    r"(?-i:\.\s+(?:PHOTO|CRÉDIT|VISUEL)S?\b[^a-zà-ÿ.]{2,60}$)"
    r"|(?:[(\[|/]|\s[–—-])\s*(?:(?:photos?|crédit photo|photo credit|visuel|illustration)\b(?!-)"
    rf"|(?:crédits?|image)(?:{MARK})|©)[^)\]]{{0,60}}[)\]]?\W*$|©[^.]{{0,60}}$",
    re.IGNORECASE,
)
#: A notice of cookies speaks to its reader, of what is stored, and of what may be chosen.
STORED = re.compile(
    r"cookies?\b|traceurs?\b|trackers?\b|adresse ip|ip address|identifiants? unique", re.I
)
CHOICE = re.compile(
    r"\baccept|\brefus|consent|paramétr|personnalis|mesur\w+ l['’ ]?audience|publicité|advertis"
    r"|préférences|preferences|\breject|\bmanage|vie privée|privacy",
    re.I,
)
SPOKEN = re.compile(
    r"\bnous\b|\bnos\b|\bvous\b|\bvotre|\bvos\b|\bwe\b|\bour\b|\byour?\b|ses partenaires", re.I
)
#: What others say, and that they say it, is no word of a notice.
QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
SAID = re.compile(
    r"\b(?:a|ont) (?:déclaré|annoncé|dit|expliqué|indiqué|précisé|assuré)\b"
    r"|\b(?:said|announced|told)\b",
    re.IGNORECASE,
)
ROW = re.compile(r"[^|]{1,120}(?:\s\|\s[^|]{0,120})+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Hold which lines a paragraph is, where it stands in its text, and its words on one line."""

    lines: Span
    span: Span
    words: str


def leave_out(paragraphs: Sequence[Paragraph], lang: str = "", main: str = "") -> list[str]:
    """Return for each paragraph why the reader is not to see it, or ''.

    A text of nothing else is left whole. `main` is the language of most of it.
    """
    reasons = name_each([one.words for one in paragraphs])
    reasons = mark_rows(paragraphs, reasons)
    if all(reason or not one.words for one, reason in zip(paragraphs, reasons, strict=True)):
        reasons = [""] * len(paragraphs)
    if lang:
        reasons = mark_languages([one.words for one in paragraphs], reasons, lang, main)
    return reasons


def name_each(texts: Sequence[str]) -> list[str]:
    """Return for each text what it is that is no news, or ''; headlines after a teaser are some.

    >>> name_each(["Lire aussi :", "Nordil recrute", "Le groupe a signé."])
    ['a teaser', 'a teaser', '']
    """
    reasons, listed = list(map(name_furniture, texts)), 0
    for at, words in enumerate(texts):
        # A line that announces other articles stands above their headlines.
        if reasons[at] == "a teaser" and is_bare(words):
            listed = LISTED
        elif words:
            titled = len(words) <= SHORT and not words.endswith((".", "!", "»", ":"))
            fits = titled and (listed == LISTED or len(words) <= HEADLINE)
            listed = listed - 1 if fits and listed else 0
            reasons[at] = reasons[at] or ("a teaser" if fits and listed else "")
    for mark in (mark_wires, mark_notices, mark_contacts):
        reasons = mark(texts, reasons)
    return reasons


def name_furniture(words: str) -> str:
    """Return what a paragraph is that is no news, or ''.

    >>> name_furniture("À lire aussi : Marvanel rachète Ostrelec"), name_furniture("Un accord.")
    ('a teaser', '')
    """
    words = words.replace("’", "'")
    if not words or len(words) > NOTICE:
        return ""
    if STORED.search(words) and is_notice(words):
        return "a notice of cookies"
    if is_warning(words):
        return "a warning"
    if len(words) > SHORT:
        return ""
    if TEASER.match(words):
        return "a teaser"
    if SHARED.search(words) and SHARING.fullmatch(words):
        return "buttons"
    if SELLING.match(words) or is_button(words) or LETTER.search(words):
        return "an offer"
    if SIGNED.fullmatch(words):
        return "a signature"
    if LINK.fullmatch(words):
        return "an address"
    if is_credit(words):
        return "a credit"
    if CAPTION.search(words) and len(words.split()) <= 40:
        return "a caption"
    return name_wire(words) or name_button(words)


def is_notice(words: str) -> bool:
    """Tell whether a paragraph about cookies asks its reader for consent: it quotes nobody."""
    words = QUOTED.sub(" ", words)
    return not SAID.search(words) and bool(CHOICE.search(words) and SPOKEN.search(words))


def is_button(words: str) -> bool:
    """Tell whether a paragraph is what a button says, all of it.

    >>> is_button("S'abonner à la lettre"), is_button("S'abonner à Netflix coûtera plus cher.")
    (True, False)
    """
    found = BUTTON.match(words)
    if found is None:
        return False
    more = found["more"] or ""
    sentence = words.endswith((".", "!", "?")) and len(words.split()) > 8
    return not more or bool(READER.search(more) or (HAD.search(more) and not sentence))


def is_credit(words: str) -> bool:
    """Tell whether a paragraph only says whose a picture is: after a mark, or with names alone.

    >>> is_credit("Photo : AFP"), is_credit("Crédit Mutuel : la banque rachète Hydréol")
    (True, False)
    """
    if len(words.split()) > 12:
        return False
    if CREDIT.match(words):
        return True
    found = NAMED.match(words)
    if found is None:
        return False
    rest = re.findall(r"[^\W_]+", words)[1:]
    return all(word in CREDITED or not word[0].islower() for word in rest)


def is_bare(words: str) -> bool:
    """Tell whether a teaser only announces others: it ends where they would begin.

    >>> is_bare("Lire aussi :"), is_bare("Lire aussi : Nordil recrute")
    (True, False)
    """
    found = TEASER.match(words.replace("’", "'"))
    return found is not None and not re.search(r"\w", words[found.end() :])


def mark_rows(paragraphs: Sequence[Paragraph], reasons: Sequence[str]) -> list[str]:
    """Mark the rows of tables: two lines of cells or more, one after the other."""
    rows = [ROW.fullmatch(one.words) is not None for one in paragraphs]
    beside = [False, *rows, False]
    return [
        "a row of a table" if row and (beside[at] or beside[at + 2]) else reason
        for at, (row, reason) in enumerate(zip(rows, reasons, strict=True))
    ]
