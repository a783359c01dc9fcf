"""The layouts of official files: which columns tell what, and which rows are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kg.names.identifiers import is_lei, is_siren, is_wikidata
from kg.who.registers.countries import country_code
from kg.who.registers.record import Record, Use
from kg.who.registers.rows import Row

LEGAL, USUAL, FORMER, SHORT = Use.legal, Use.usual, Use.former, Use.short
#: A name and what it is to its register.
Name = tuple[str, Use]


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold a register: what it is called, its licence, columns without which it is another file."""

    title: str
    licence: str
    needed: tuple[tuple[str, ...], ...]
    read: Callable[[Row], Record | None]


#: What INSEE calls a natural person, and what begins the forms of foreign companies.
PERSON, FOREIGN = "1000", ("31", "32")
#: Authorities of GLEIF's list whose numbers are SIREN: Infogreffe's register and Sirene.
FRENCH = ("RA000189", "RA000192")
#: Registrations that stand, also if nobody has renewed them.
STANDING = ("ISSUED", "LAPSED", "PENDING_TRANSFER", "PENDING_ARCHIVAL")
#: What is no organization of its own: a branch, a fund, a person.
OTHERS = ("BRANCH", "FUND", "SOLE_PROPRIETOR")
#: GLEIF numbers five columns of other names, and as many in other letters.
NUMBERED = range(1, 6)
WIKIDATA = ("http://www.wikidata.org/entity/", "https://www.wikidata.org/entity/", "wd:")


def read_siren(row: Row) -> Record | None:
    """Read a legal unit of Sirene; None for a person, one that is gone, or not for everybody.

    >>> read_siren({"siren": "732829320", "denominationUniteLegale": "VALMONTANE",
    ...             "etatAdministratifUniteLegale": "A"}).countries
    ('FR',)
    """
    get = row.get
    form = get("categorieJuridiqueUniteLegale", "")
    gone = get("etatAdministratifUniteLegale") != "A"
    if gone or form == PERSON or get("statutDiffusionUniteLegale", "O") not in ("O", ""):
        return None
    if not is_siren(siren := get("siren", "")):
        return None
    usual = [get(f"denominationUsuelle{at}UniteLegale", "") for at in (1, 2, 3)]
    names = [(get("denominationUniteLegale", ""), LEGAL), *((name, USUAL) for name in usual)]
    names.append((get("sigleUniteLegale", ""), SHORT))
    code, of = (get(f"{it}ctivitePrincipaleUniteLegale", "") for it in ("a", "nomenclatureA"))
    return make_record(
        names,
        siren=siren,
        countries=() if form.startswith(FOREIGN) else ("FR",),
        size=get("categorieEntreprise", ""),
        sector=f"{of}:{code}" if code and of else "",
    )


def read_lei(row: Row) -> Record | None:
    """Read an entity of GLEIF's golden copy (level 1); None for a fund, a branch, one that is gone.

    >>> read_lei({"LEI": "969500T3MBS4SQAMHJ98", "Entity.LegalName": "Valmontane",
    ...           "Entity.EntityStatus": "INACTIVE"}) is None
    True
    """
    get = row.get
    standing = get("Registration.RegistrationStatus", "ISSUED") in STANDING
    if get("Entity.EntityStatus") != "ACTIVE" or not standing or not is_lei(lei := get("LEI", "")):
        return None
    if get("Entity.EntityCategory") in OTHERS:
        return None
    names = [(get("Entity.LegalName", ""), LEGAL)]
    for group, name in (
        ("OtherEntityNames", "OtherEntityName"),
        ("TransliteratedOtherEntityNames", "TransliteratedOtherEntityName"),
    ):
        for at in NUMBERED:
            column = f"Entity.{group}.{name}.{at}"
            former = get(f"{column}.type") == "PREVIOUS_LEGAL_NAME"
            names.append((get(column, ""), FORMER if former else USUAL))
    places = [get(f"Entity.{of}Address.Country", "") for of in ("Legal", "Headquarters")]
    number = ""
    if get("Entity.RegistrationAuthority.RegistrationAuthorityID") in FRENCH:
        told = get("Entity.RegistrationAuthority.RegistrationAuthorityEntityID", "")
        # Spreadsheets on the way have lost zeros at the beginning of some.
        number = "".join(it for it in told if it.isalnum()).zfill(9)
    return make_record(
        names,
        lei=lei,
        siren=number if is_siren(number) else "",
        countries=tuple(sorted({it for it in places if it})),
    )


def read_wikidata(row: Row) -> Record | None:
    """Read an item of a query to Wikidata; None where the row tells no item or no name.

    >>> read_wikidata({"item": "http://www.wikidata.org/entity/Q42", "itemLabel": "Valmontane",
    ...                "siren": "732 829 320", "country": "France"}).numbers
    ('siren:732829320', 'wikidata:Q42')
    """
    cells = {name.lower(): value.strip() for name, value in row.items() if value}
    item = cells.get("item", "")
    for beginning in WIKIDATA:
        item = item.removeprefix(beginning)
    label = cells.get("itemlabel") or cells.get("label", "")
    if not is_wikidata(item) or label == item:
        return None
    siren, lei = "".join(cells.get("siren", "").split()), cells.get("lei", "").upper()
    others = [cells.get(name, "") for name in ("alias", "altlabel", "itemaltlabel")]
    country = country_code(cells.get("countrylabel") or cells.get("country", ""))
    return make_record(
        [(label, LEGAL), *((name, USUAL) for name in others)],
        wikidata=item,
        siren=siren if is_siren(siren) else "",
        lei=lei if is_lei(lei) else "",
        countries=(country,) if country else (),
    )


def make_record(
    names: list[Name],
    *,
    siren: str = "",
    lei: str = "",
    wikidata: str = "",
    countries: tuple[str, ...] = (),
    size: str = "",
    sector: str = "",
) -> Record | None:
    """Make a record of names that are not blank, each once; None where none is left."""
    told = dict[str, Use]()
    for name, use in names:
        # What Sirene has no name of, or hides, is '[ND]'.
        if (name := " ".join(name.split())) and name != "[ND]":
            told.setdefault(name, use)
    if not told:
        return None
    return Record(tuple(told.items()), siren, lei, wikidata, countries, size, sector)


#: Each register by the scheme of its numbers.
LAYOUTS: Mapping[str, Layout] = {
    "siren": Layout(
        "Sirene", "Licence Ouverte 2.0",
        (("siren",), ("denominationUniteLegale",), ("etatAdministratifUniteLegale",)), read_siren,
    ),
    "lei": Layout(
        "GLEIF", "CC0 1.0", (("LEI",), ("Entity.LegalName",), ("Entity.EntityStatus",)), read_lei
    ),
    "wikidata": Layout("Wikidata", "CC0 1.0", (("item",), ("itemLabel", "label")), read_wikidata),
}  # fmt: skip


def find_missing(row: Row, layout: Layout) -> Iterator[str]:
    """Yield the columns that a file lacks.

    >>> list(find_missing({"siren": "732829320"}, LAYOUTS["siren"]))
    ['denominationUniteLegale', 'etatAdministratifUniteLegale']
    """
    for names in layout.needed:
        if row.keys().isdisjoint(names):
            yield names[0]
