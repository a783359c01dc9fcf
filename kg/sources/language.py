"""Which language a text is in: by its small words, else by its letters; names do not count."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

#: Languages that the reader knows.
READ = ("fr", "en")
#: Small words that tell a language: those of several are no evidence and left out.
SMALL = {
    "fr": "le la les de des du un une est et dans pour par avec sur qui que ses son sa aux au "
    "en a été ont ce cette ces plus pas ne se il elle sont leur selon chez mais ou où "
    "dont depuis",
    "en": "the of and to in is has have been was were its with for by from said will that this "
    "which are be at on an it as their also or not but who after over into",
    "de": "der die das und ist nicht ein eine einen mit von dem den zu für auf im sich wird "
    "wurde hat haben auch als nach bei aus werden sind oder",
    "es": "de el los las y es una por con para del se su sus al ha han fue más como pero lo "
    "este esta entre sobre según",
    "it": "il lo gli e è una per con di del della dei che non si sono ha hanno nel alla al più "
    "anche da dal dalla questo",
    "nl": "de het een en van is in dat niet met voor op aan zijn heeft werd worden bij door ook "
    "naar om uit",
    "pt": "de o os as e é uma um por com para do da dos das que não se foi mais como em no na "
    "ao pelo pela são",
}  # fmt: skip
NAMES = {
    "fr": "French", "en": "English", "de": "German", "es": "Spanish", "it": "Italian",
    "nl": "Dutch", "pt": "Portuguese", "ca": "Catalan", "pl": "Polish", "ro": "Romanian",
    "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish", "cs": "Czech",
    "ru": "Russian", "uk": "Ukrainian", "el": "Greek", "tr": "Turkish", "ar": "Arabic",
    "he": "Hebrew", "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "hu": "Hungarian",
    "lb": "Luxembourgish", "br": "Breton", "eu": "Basque", "oc": "Occitan", "co": "Corsican",
    "vi": "Vietnamese", "fa": "Persian", "hi": "Hindi", "th": "Thai", "id": "Indonesian",
}  # fmt: skip
#: Characters of a text that are looked at; words below which only the languages read are meant.
LOOKED = 6000
FEW = 12
#: Languages of whose few words less is asked (of 378 headlines in French and English, full of
#: foreign names, the nearest to another language is so by 6.7, with all languages by 12.3), and
#: by how much another is likelier than these before it is named.
NEAR = ("de", "es", "it", "nl", "pt")
CLEAR = 5
#: Letters beyond the Latin ones, and the languages that have them.
ABROAD = re.compile(r"[^\W\d_\u0000-\u02ff\u1d00-\u1eff\u2c60-\u2c7f\ua720-\uab6f\ufb00-\ufb06]")
SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "HANGUL": "ko", "GREEK": "el",
    "CYRILLIC": "ru", "ARABIC": "ar", "HEBREW": "he", "DEVANAGARI": "hi", "THAI": "th",
}  # fmt: skip
#: Letters that of the languages of one script only this one has.
TELLING = {"uk": re.compile("[ґєії]", re.IGNORECASE), "fa": re.compile("[پچژگ]")}
#: Words as old papers space them: 'E C O N O M I E'.
SPACED = re.compile(r"\b\w(?:\s\w){3,}\b")
#: Letters that French has and English has not.
ACCENTS = re.compile(r"[àâçéèêëîïôùûœ]|\b[dlnsjmt]['’]|qu['’]")


def language_name(code: str) -> str:
    """Return a language's English name, or its code.

    >>> language_name("de"), language_name("Georgian")
    ('German', 'Georgian')
    """
    return NAMES.get(code, code if code.istitle() else f"'{code}'")


def read_code(text: str) -> str:
    """Return the code in a tag of a language, '' for what is none.

    >>> read_code("fr-FR"), read_code("en_US.UTF-8"), read_code("vf"), read_code("français")
    ('fr', 'en', '', 'fr')
    """
    word = text.strip().lower()
    by_name = {name.lower(): code for code, name in NAMES.items()} | {
        "français": "fr",
        "anglais": "en",
    }
    if word in by_name:
        return by_name[word]
    code = re.split(r"[-_.,; ]", word)[0]
    code = {"fra": "fr", "fre": "fr", "eng": "en", "deu": "de", "ger": "de", "spa": "es"}.get(
        code, code
    )
    return code if code in NAMES else ""


@cache
def small_words() -> dict[str, dict[str, float]]:
    """Return each small word with the languages that have it and how much it tells of each."""
    found: dict[str, dict[str, float]] = {}
    for code, words in SMALL.items():
        for word in words.split():
            found.setdefault(word, {})[code] = 1.0
    return {word: dict.fromkeys(codes, 1 / len(codes)) for word, codes in found.items()}


def count_votes(text: str) -> Counter[str]:
    """Return how many small words of a text speak for each language."""
    votes: Counter[str] = Counter()
    known = small_words()
    for word in re.findall(r"[^\W\d_]+", SPACED.sub(" ", text[:LOOKED]).lower()):
        votes.update(known.get(word, {}))
    return votes


def vote(text: str, least: float = 1.5, lead: float = 2) -> str:
    """Return the language that a text's small words surely tell, '' if they are few or differ.

    That takes as many votes as `least`, and so many times those of the second as `lead`.

    >>> vote("The group has acquired Hydréol."), vote("Le groupe a racheté Hydréol."), vote("Oui")
    ('en', 'fr', '')
    """
    ranked = count_votes(text).most_common(2)
    if not ranked or ranked[0][1] < least:
        return ""
    second = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0] if ranked[0][1] >= lead * second else ""


def tell_paragraph(text: str) -> str:
    """Return the language that a paragraph's small words tell, or they and its letters together.

    Spanish and Portuguese share so many small words with French that these alone are not sure.

    >>> tell_paragraph("La empresa ha firmado un acuerdo con el grupo para los próximos años.")
    'es'
    """
    if told := vote(text, 2.5, 3):
        return told
    votes = count_votes(text)
    most = max(set(votes) - set(READ), key=lambda code: (votes[code], code), default="")
    if text.isupper() or votes[most] < 2.5 or 2 * votes[most] < max(votes[code] for code in READ):
        return ""
    return most if identifier().classify(text)[0] == most else ""


def mark_languages(texts: Sequence[str], reasons: Sequence[str], lang: str, main: str) -> list[str]:
    """Mark the paragraphs in another language; a line that tells none goes with the next one.

    What stands before the first that tells one is in the text's main language.
    """
    votes = [
        "" if reason else tell_paragraph(words)
        for words, reason in zip(texts, reasons, strict=True)
    ]
    if lang not in votes or set(votes) <= {lang, ""}:
        return list(reasons)
    following = ""
    for at in range(len(votes) - 1, -1, -1):
        if not votes[at] and not texts[at].endswith((".", "!", "?", "»")):
            votes[at] = following
        following = votes[at] or following
    found, before = [], main or lang
    for told, reason in zip(votes, reasons, strict=True):
        before = told or before
        found.append(reason or ("" if before == lang else f"in {language_name(before)}"))
    return found


def guess_language(text: str) -> str:
    """Guess which language a text is in, names not counted; of few words, another only if sure.

    >>> guess_language("Marvanel rachète Shopping Network Systems")
    'fr'
    >>> guess_language("Umsatz wächst kräftig"), guess_language("Η Solvera αγόρασε")
    ('de', 'el')
    """
    text = text[:LOOKED]
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text)
    if script := tell_script("".join(words)):
        return script
    small = [word for word in words if word[0].islower()]
    line = " ".join(small or words).lower()
    if 0 < len(small) < FEW and (foreign := tell_foreign(line, text.lower())):
        return foreign
    told = vote(text)
    if told in READ or (told and len(small) >= FEW):
        return told
    if len(small or words) >= FEW:
        return str(identifier().classify(line)[0])
    votes = count_votes(line)
    if votes["fr"] != votes["en"]:
        return "fr" if votes["fr"] > votes["en"] else "en"
    scores = score(line)
    return "fr" if ACCENTS.search(line) or scores["fr"] > scores["en"] else "en"


def tell_script(letters: str) -> str:
    """Return the language that the script of most letters tells, '' for Latin letters.

    >>> tell_script("Группакупилазавод"), tell_script("Solvéra"), tell_script("საბანკო")
    ('ru', '', 'Georgian')
    """
    others = ABROAD.findall(letters)
    # A sign of Chinese, Japanese or Korean says as much as three letters.
    size = sum(3 if one >= "\u2e80" else 1 for one in others)
    if size <= len(letters) - len(others):
        return ""
    found = "".join(others)
    scripts = Counter(unicodedata.name(one, "another").split()[0] for one in others)
    script = next((one for one in SCRIPTS if scripts[one]), scripts.most_common(1)[0][0])
    code = SCRIPTS.get(script, script.capitalize())
    telling = {"ru": "uk", "ar": "fa"}.get(code, "")
    return telling if telling and TELLING[telling].search(found) else code


def tell_foreign(small: str, whole: str) -> str:
    """Return the language of few words that surely are in neither of those read, else ''.

    The words without names and all of them must both say so: the likeliest other language is so
    much likelier than French and English, by the logarithm; of the neighbours' less is asked.
    """
    scores = score(small), score(whole)
    for codes, margin in ((NEAR, 10), (tuple(NAMES), 20)):
        others = [code for code in codes if code not in READ and code in scores[0]]
        leads = (max(it[o] for o in others) - max(it[r] for r in READ) for it in scores)
        if min(leads) >= margin:
            far = max(scores[0], key=scores[0].__getitem__)
            near = max(others, key=scores[0].__getitem__)
            return far if scores[0][far] - scores[0][near] > CLEAR else near
    return ""


def guess_read(text: str) -> str:
    """Return the language read that most paragraphs of a text of several are in, '' of few.

    Those that are read must have half of the words at the least.
    """
    words: Counter[str] = Counter()
    for line in text[:LOOKED].split("\n"):
        words[tell_paragraph(line)] += len(line.split())
    most = max(READ, key=lambda code: words[code])
    return most if 2 * sum(words[code] for code in READ) >= words.total() > 0 else ""


def score(line: str) -> dict[str, float]:
    """Return how likely a line is in each language, as the logarithm, up to a constant."""
    return {str(code): float(value) for code, value in identifier().rank(line)}


@cache
def identifier() -> Any:
    """Return what tells languages apart, loaded once a run."""
    from py3langid import langid

    found = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    found.set_languages([code for code in NAMES if code in found.labels])
    return found
