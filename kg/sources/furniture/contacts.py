"""Whom to call about a release, and how a letter is signed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.sources.furniture.buttons import is_warning

HEADED = re.compile(
    r"(?:vos |your )?(?:contacts?|contactez[- ]nous|relations? (?:presse|médias?|investisseurs?"
    r"|publiques)|press (?:contacts?|office|enquiries)|media (?:contacts?|relations|enquiries"
    r"|inquiries)|investor relations|service (?:de )?presse"
    r"|(?:pour (?:plus|davantage|toute?) (?:d[’']information|demande)|for (?:more|further)"
    r" information)[^.:]{0,60})"
    r"(?:(?: |/| et | & )(?:presse|médias?|investisseurs?|analystes?|relations|press|media"
    r"|investors?))*\s*(?::.{0,120})?",
    re.IGNORECASE,
)
REACHED = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}|\b\d{3}[ .-]\d{3}[ .-]\d{4}\b"
    r"|(?<![\d/.])(?!\d\d[/.-]\d\d[/.-]\d{4})(?:\+|\(?0)\d?[\d .()/\-]{7,20}\d"
    r"|\b(?:tél|tel|mob|fax|phone)\b\.?\s*:?",
    re.IGNORECASE,
)
#: The head of a letter that is sent on, which is read.
SENT = re.compile(r"[>*\s]*(?:de|from|von|à|to|pour|cc|copie|répondre à|reply-to)\*?\s?:", re.I)
#: Characters of a line that tells of a person to call, and lines of such a list at most.
SHORT, MOST = 110, 16
#: What a letter closes with.
CLOSING = re.compile(
    r"[ \t>]*(?:(?:bien )?cordialement|bien (?:à|a) (?:vous|toi)|(?:sincères |meilleures )?"
    r"salutations(?: distinguées)?|respectueusement|(?:best|kind|warm) regards|regards|sincerely"
    r"|yours (?:sincerely|faithfully)|bonne (?:journée|réception|lecture)|belle journée|à bientôt)"
    r"(?: à (?:vous|tous|toutes))?[ \t]*[,.!]?[ \t]*",
    re.IGNORECASE,
)
#: Words of a sentence that stands in no signature.
LONG = 9


def is_contact(words: str) -> bool:
    """Tell whether a line only says how somebody can be reached.

    >>> is_contact("Anne Rivoal – 02 99 00 00 00 – presse@nordil.example")
    True
    >>> is_contact("Nordil, dont le site info@nordil.example a été piraté, porte plainte.")
    False
    """
    if len(words) > SHORT or words.endswith((".", "!", "?")) or SENT.match(words):
        return False
    if REACHED.search(words) is None:
        return False
    bare = REACHED.sub(" ", words)
    small = [word for word in re.findall(r"[^\W\d_]+", bare) if word[0].islower()]
    return len(small) <= 4 and ("@" in words or sum(map(str.isdigit, words)) >= 8)


def mark_contacts(texts: Sequence[str], reasons: Sequence[str]) -> list[str]:
    """Mark a list of whom to call, from its heading to its last line.

    >>> mark_contacts(["Un accord.", "Contacts presse :", "02 99 00 00 00"], ["", "", ""])
    ['', 'a contact', 'a contact']
    """
    found = list(reasons)
    told = [at for at, text in enumerate(texts) if text]
    for place, at in enumerate(told):
        if is_contact(texts[at]):
            found[at] = found[at] or "a contact"
        if HEADED.fullmatch(texts[at]) is None:
            continue
        listed = [at]
        for one in told[place + 1 : place + MOST]:
            if len(texts[one]) > SHORT or texts[one].endswith((".", "!", "?", "»")):
                break
            listed.append(one)
        last = max((one for one in listed if REACHED.search(texts[one])), default=-1)
        for one in listed:
            if one <= last:
                found[one] = found[one] or "a contact"
    return found


def is_sentence(line: str) -> bool:
    """Tell whether a line is a sentence of some length, which no signature has."""
    return line.rstrip().endswith((".", "!", "?", "»")) and len(line.split()) >= LONG


def cut_signature(text: str) -> str:
    r"""Return a letter's text without its closing words and what stands below them.

    >>> cut_signature("Un accord.\n\nCordialement,\n\nAnne Rivoal\nAgence Vasco\n")
    'Un accord.'
    """
    lines = text.split("\n")
    for at in range(max(len(lines) - 4 * MOST, 1), len(lines)):
        if CLOSING.fullmatch(lines[at]) and any(map(str.strip, lines[:at])):
            below = [one for one in lines[at + 1 :] if one.strip() and not is_warning(one)]
            if len(below) <= MOST and not any(map(is_sentence, below)):
                return "\n".join(lines[:at]).rstrip()
    return text
