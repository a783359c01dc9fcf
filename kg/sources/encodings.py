"""Bytes to text, and its lines: the encoding is told by marks, by the bytes, or by the user."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kg.errors import ArticleError

#: Byte order marks, the longer of two that begin alike first.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What ends a line.
BREAK = re.compile(r"\r{1,2}\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
#: Bytes that are looked at for the zeros of UTF-16.
LOOKED = 4096
#: Characters beyond ASCII that French and English news has.
USUAL = frozenset(
    "àâäáãåçéèêëíìîïñóòôöõøúùûüÿœæßšžÀÂÄÁÅÇÉÈÊËÍÎÏÑÓÔÖØÚÙÛÜŒÆŠŽ’‘“”«»–—…€£§°ºª©®™•·²³½¼±×¿¡\u00a0\u00ad"
)
#: Letters that no word has before a small letter: 'Ã©' is UTF-8 that was read as Windows-1252.
MIXED = re.compile(r"[a-zà-ÿœ][ÀÁÂÄÅÇÈÉÊËÍÎÏÑÓÔÖØÚÙÛÜŒÆŠŽ]|[ÃÂ][^\W\d_a-z]|[ÃÂ][^\w\s]|â€")
INSIDE = re.compile(r"\w[«»“”–—…€£§°©®™•·¿¡](?=[a-zà-ÿ])")
ACCENTED = re.compile(r"[à-öø-ÿœšž]")
#: Accented letters that a text of few words may have, however few the others are.
FEW = 6
#: Share of bytes that may be wrong in what surely is UTF-8.
FAULTY = 0.01
#: Letters and signs of two or three bytes in UTF-8 that were read as Windows-1252: 'Ã©', 'â€™';
#: so many tell that a text was.
TWICE = re.compile(
    "Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Å[’“\u0092\u0093]|Â[\u00a0-\u00bf]"
    "|â€[\u0080-\u00bf‘’“”•–—˜™š›œžŸ¦¢\u009d]|â‚¬"
)
MANY = 2
#: Letters beyond ASCII that surely are in UTF-8, in a text of which some lines are.
LETTERS = 3
#: Encodings of mainframes, which nobody's text is in.
MAINFRAMES = ["cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140"]
#: Other encodings of French that are still met: old Macs, DOS.
OTHERS = ("mac-roman", "cp850", "cp437")
#: Signs that ISO 8859-15 has in the place of '€', 'Œ', 'œ' and 'Ÿ'.
LATIN_9 = re.compile(r"¤|[½¼](?=[a-z])|(?<=[a-z])[½¼]")


def decode(data: bytes, source: str, encoding: str | None = None) -> str:
    r"""Decode a text and keep each character but a byte order mark; raise ArticleError.

    >>> decode("Bolloré\r\n".encode(), "a.txt"), decode("Bolloré, 3 €".encode("cp1252"), "a.txt")
    ('Bolloré\r\n', 'Bolloré, 3 €')
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return decode_as(data[len(mark) :], source, name)
    if encoding:
        return decode_as(data, source, encoding)
    if wide := find_wide(data[:LOOKED]):
        return decode_as(data, source, wide)
    if b"\0" in data:
        told = "a binary file; give a text, a page (.html), a PDF, DOCX, e-mail or feed"
        raise ArticleError(f"{source}: {told}")
    try:
        return mend_twice(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if nearly_utf8(data):
            raise nearly(data, source, error.start) from error
        text = decode_western(data)
        if text is None:
            text = decode_lines(data)
        if text is None:
            raise unsure(data, source, error.start) from error
        return text


def mend_twice(text: str) -> str:
    """Return a text whose UTF-8 was once read as Windows-1252 as its author wrote it.

    >>> mend_twice("SolvÃ©ra sâ€™offre la sociÃ©tÃ© HydrÃ©ol"), mend_twice("GRÃCE")
    ('Solvéra s’offre la société Hydréol', 'GRÃCE')
    """
    if len(TWICE.findall(text)) < MANY:
        return text
    return TWICE.sub(lambda found: b"".join(map(western_byte, found[0])).decode(), text)


def western_byte(letter: str) -> bytes:
    """Return the byte that Windows-1252 has for a letter, or Latin-1 for a control sign."""
    return bytes([ord(letter)]) if letter < "\u0100" else letter.encode("cp1252")


def decode_lines(data: bytes) -> str | None:
    r"""Decode a text of lines in UTF-8 and others in Windows-1252, as files pasted together have.

    >>> decode_lines("Un été à Évreux\n".encode() + "à Évreux".encode("cp1252"))
    'Un été à Évreux\nà Évreux'
    """
    lines, sure = [], 0
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
            sure += sum(character > "\x7f" for character in lines[-1])
        except UnicodeDecodeError:
            text = decode_western(line)
            if text is None:
                return None
            lines.append(text)
    return "\n".join(lines) if sure >= LETTERS else None


def nearly_utf8(data: bytes) -> bool:
    r"""Tell whether bytes are UTF-8 but for a few: no other encoding would have the rest so.

    >>> nearly_utf8("L’été d’Évreux, où tout est prêt ".encode() * 9 + b"\xe9")
    True
    >>> nearly_utf8("L’été d’Évreux".encode("cp1252"))
    False
    """
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    right = sum(character > "\x7f" for character in text) - wrong
    return wrong <= FAULTY * len(data) and right >= 2 * wrong


def decode_as(data: bytes, source: str, encoding: str) -> str:
    """Decode bytes of a known encoding; raise ArticleError that says which byte is wrong."""
    try:
        codec = codecs.lookup(encoding)
        text, _ = codec.decode(data, "strict")
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            where = f"byte {error.start + 1}: 0x{data[error.start : error.start + 1].hex()}"
            raise ArticleError(
                f"{source}: not {encoding} ({where}); try --encoding cp1252"
            ) from error
        told = "known are utf-8, utf-16, cp1252, latin-1, mac-roman, cp850 and others"
        raise ArticleError(f"no encoding '{encoding}'; {told}") from error
    if not isinstance(text, str):  # 'hex', 'zlib' and their like are no encodings of text
        raise ArticleError(f"no encoding of text: '{encoding}'; try --encoding cp1252")
    return text.removeprefix("\ufeff")


def find_wide(head: bytes) -> str:
    """Return the UTF-16 that bytes without a mark are in, by where their zeros stand, or ''.

    >>> find_wide("Solvéra".encode("utf-16-le")), find_wide(b"Solvera")
    ('utf-16-le', '')
    """
    pairs = len(head) // 2
    first, second = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if pairs and second > 0.5 * pairs and first < 0.1 * pairs:
        return "utf-16-le"
    return "utf-16-be" if pairs and first > 0.5 * pairs and second < 0.1 * pairs else ""


def decode_western(data: bytes) -> str | None:
    r"""Decode Windows-1252 (or ISO 8859-15) if what comes out is surely text, else None.

    >>> decode_western(b"l\x92\x9cuvre"), decode_western("Привет".encode("cp1251"))
    ('l’œuvre', None)
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    if LATIN_9.search(text) and not re.search(rb"[\x80-\x9f]", data):
        text = data.decode("iso8859-15")
    return text if is_western(text) else None


def is_western(text: str) -> bool:
    """Tell whether a decoded text is surely French or English: its letters stand where they may.

    >>> is_western("à Évreux"), is_western("SolvÃ©ra")
    (True, False)
    """
    high = [character for character in text if character > "\x7f"]
    if any(c < " " and c not in "\t\n\r\x0b\x0c" for c in text):
        return False
    usual = sum(character in USUAL for character in high)
    letters = sum(map(str.isalpha, text))
    accented = len(ACCENTED.findall(text.lower()))
    odd = len(MIXED.findall(text)) + len(INSIDE.findall(text))
    plausible = usual >= 0.98 * len(high) and odd <= 0.02 * len(high)
    return plausible and accented <= max(0.35 * letters, FEW)


def unsure(data: bytes, source: str, place: int) -> ArticleError:
    """Return the error for bytes of an unknown encoding, with the likeliest to try."""
    from charset_normalizer import from_bytes

    part = data[:65536]
    likely = [name for name in OTHERS if is_western(part.decode(name, "replace"))]
    best = None if likely else from_bytes(part, cp_exclusion=MAINFRAMES).best()
    name = likely[0] if likely else best.encoding if best else "mac-roman"
    return ArticleError(
        f"{source}: neither UTF-8 (byte {place + 1}: 0x{data[place]:02x}) nor surely another "
        f"encoding; name it, perhaps: --encoding {name}"
    )


def nearly(data: bytes, source: str, place: int) -> ArticleError:
    """Return the error for UTF-8 with a few wrong bytes, which says where the first stands."""
    where = f"byte {place + 1}, line {data.count(10, 0, place) + 1}: 0x{data[place]:02x}"
    if data[place] >= 0xC2 and data[place:].decode("utf-8", "replace") == "\ufffd":
        return ArticleError(f"{source}: cut in its last character ({where}); get it anew, whole")
    told = "UTF-8 but for a few bytes; mend them, or leave them out: iconv -c -f utf-8 -t utf-8"
    return ArticleError(f"{source}: {told} (first: {where})")


@dataclass(frozen=True, slots=True)
class Line:
    """Hold where a line begins, ends and where the next one begins."""

    begin: int
    end: int
    following: int
    text: str


def split_lines(text: str) -> list[Line]:
    r"""Return the lines of a text, whatever ends them.

    >>> [line.text for line in split_lines("un\r\ndeux\r\rtrois")]
    ['un', 'deux', '', 'trois']
    """
    lines, begin = [], 0
    for found in BREAK.finditer(text):
        lines.append(Line(begin, found.start(), found.end(), text[begin : found.start()]))
        begin = found.end()
    return [*lines, Line(begin, len(text), len(text), text[begin:])]
