"""Files in the layouts of Sirene, GLEIF and Wikidata, with firms that we have invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.names.identifiers import is_lei, is_siren

#: All columns of StockUniteLegale, in their order.
SIRENE = """siren statutDiffusionUniteLegale unitePurgeeUniteLegale dateCreationUniteLegale
sigleUniteLegale sexeUniteLegale prenom1UniteLegale prenom2UniteLegale prenom3UniteLegale
prenom4UniteLegale prenomUsuelUniteLegale pseudonymeUniteLegale identifiantAssociationUniteLegale
trancheEffectifsUniteLegale anneeEffectifsUniteLegale dateDernierTraitementUniteLegale
nombrePeriodesUniteLegale categorieEntreprise anneeCategorieEntreprise dateDebut
etatAdministratifUniteLegale nomUniteLegale nomUsageUniteLegale denominationUniteLegale
denominationUsuelle1UniteLegale denominationUsuelle2UniteLegale denominationUsuelle3UniteLegale
categorieJuridiqueUniteLegale activitePrincipaleUniteLegale
nomenclatureActivitePrincipaleUniteLegale nicSiegeUniteLegale economieSocialeSolidaireUniteLegale
societeMissionUniteLegale caractereEmployeurUniteLegale""".split()
#: Those columns of GLEIF's golden copy that tell who an entity is, among others.
GLEIF = [
    "LEI", "Entity.LegalName", "Entity.LegalName.xmllang",
    *(
        f"Entity.OtherEntityNames.OtherEntityName.{at}{end}"
        for at in range(1, 6)
        for end in ("", ".xmllang", ".type")
    ),
    "Entity.LegalAddress.City", "Entity.LegalAddress.Country",
    "Entity.HeadquartersAddress.City", "Entity.HeadquartersAddress.Country",
    "Entity.RegistrationAuthority.RegistrationAuthorityID",
    "Entity.RegistrationAuthority.RegistrationAuthorityEntityID", "Entity.LegalJurisdiction",
    "Entity.EntityCategory", "Entity.EntityStatus", "Registration.RegistrationStatus",
]  # fmt: skip
WIKIDATA = ["item", "itemLabel", "siren", "lei", "country"]


def make_siren(digits: str) -> str:
    """Return eight digits and the one that checks them."""
    return next(number for last in range(10) if is_siren(number := f"{digits}{last}"))


def make_lei(letters: str) -> str:
    """Return a code that begins so, filled with zeros, and the two digits that check it."""
    body = letters.ljust(18, "0")
    return next(code for last in range(100) if is_lei(code := f"{body}{last:02}"))


VALMONTANE, HOMONYM, ORVANE = map(make_siren, ("90000001", "90000002", "90000003"))
GONE, PERSON, HIDDEN = map(make_siren, ("90000005", "90000006", "90000007"))
LEI_VALMONTANE, LEI_GERMAN, LEI_FUND, LEI_ORVANE = map(
    make_lei, ("9695VALMONTANE", "5299VALMONTANE", "9695VALMONTANEFUND", "9695ORVANE")
)


def write_table(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Write rows as CSV; what they do not tell is empty."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [*columns], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def unit(siren: str, name: str, **more: str) -> dict[str, str]:
    """Return a legal unit of Sirene; `more` are columns without their ending."""
    told = {"denomination": name, "etatAdministratif": "A", "statutDiffusion": "O",
            "categorieJuridique": "5710", "activitePrincipale": "27.20Z",
            "nomenclatureActivitePrincipale": "NAFRev2", **more}  # fmt: skip
    size = {"categorieEntreprise": told.pop("categorieEntreprise", "")}
    return {"siren": siren, **size, **{f"{name}UniteLegale": it for name, it in told.items()}}


def entity(lei: str, name: str, country: str, siren: str = "", **more: str) -> dict[str, str]:
    """Return an entity of GLEIF; `more` are columns by their last part."""
    told = {
        "LEI": lei, "Entity.LegalName": name, "Entity.LegalAddress.Country": country,
        "Entity.HeadquartersAddress.Country": country, "Entity.EntityStatus": "ACTIVE",
        "Entity.EntityCategory": "GENERAL", "Registration.RegistrationStatus": "ISSUED",
    }  # fmt: skip
    authority = "Entity.RegistrationAuthority.RegistrationAuthority"
    if siren:
        told |= {f"{authority}ID": "RA000189", f"{authority}EntityID": siren}
    return told | {next(it for it in GLEIF if it.endswith(f".{name}")): value
                   for name, value in more.items()}  # fmt: skip


def sirene_text() -> str:
    """Return a file of Sirene: firms, one with a namesake, and what is to be left out."""
    return write_table(SIRENE, [
        unit(VALMONTANE, "VALMONTANE", categorieEntreprise="GE", sigle="VLM"),
        unit(HOMONYM, "SARL VALMONTANE", categorieEntreprise="PME"),
        unit(ORVANE, "ORVANE PARTICIPATIONS", denominationUsuelle1="ORVANE"),
        unit(GONE, "ORVANE", etatAdministratif="C"),
        unit(PERSON, "", categorieJuridique="1000", nom="DURAND", prenom1="PAUL"),
        unit(HIDDEN, "[ND]", statutDiffusion="P"),
    ])  # fmt: skip


def gleif_text() -> str:
    """Return a file of GLEIF: one firm twice, in two countries, and a fund."""
    return write_table(GLEIF, [
        entity(LEI_VALMONTANE, "Valmontane SA", "FR", f"{VALMONTANE[:3]} {VALMONTANE[3:]}"),
        entity(LEI_GERMAN, "Valmontane GmbH", "DE"),
        entity(LEI_FUND, "Valmontane", "FR", EntityCategory="FUND"),
        entity(LEI_ORVANE, "Orvane Participations", "FR", ORVANE),
    ])  # fmt: skip


def wikidata_text() -> str:
    """Return a query's result: one item in two rows, and one without a label."""
    begin = "http://www.wikidata.org/entity/"
    return write_table(WIKIDATA, [
        {"item": f"{begin}Q900001", "itemLabel": "Valmontane", "siren": VALMONTANE,
         "country": "FR"},
        {"item": f"{begin}Q900001", "itemLabel": "Valmontane SA", "lei": LEI_VALMONTANE},
        {"item": f"{begin}Q900002", "itemLabel": "Q900002", "siren": ORVANE},
    ])  # fmt: skip


def write_registers(folder: Path) -> dict[str, Path]:
    """Write the three files into a folder."""
    texts = {"siren": sirene_text(), "lei": gleif_text(), "wikidata": wikidata_text()}
    paths = {scheme: folder / f"{scheme}.csv" for scheme in texts}
    for scheme, text in texts.items():
        paths[scheme].write_text(text, encoding="utf-8")
    return paths
