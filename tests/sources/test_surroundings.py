"""What pages and letters hold around news: menus, notices, contacts, signatures."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.sources.articles import read_article
from kg.sources.folding import fold_text
from kg.sources.furniture.buttons import name_button
from kg.sources.furniture.contacts import cut_signature, is_contact

NEWS = "Le groupe Nordil a annoncé l'acquisition de la société Vasco pour 42 millions d'euros."
MORE = "Vasco, fondée en 2009, emploie 180 personnes et fournit Hexo depuis cinq ans."
PASTED = f"""Accueil > Économie > Entreprises
Économie
Nordil rachète Vasco
Par Irène Sablon
Publié le 12 mars 2024 à 09h12, mis à jour le 12 mars 2024 à 10h00
Temps de lecture : 3 min
Copier le lien
Le siège de Nordil, à Lyon. PHOTO D'ARCHIVES LA GAZETTE
{NEWS}
Lire aussi : Hexo supprime 200 postes chez Marvanel
{MORE}
Sur le même thème
Énergie
Les plus lus
1. Hexo rachète Marvanel
2. Solvéra nomme Paul Drumont directeur général
Commentaires (12)
Réagir
Newsletter
Recevez chaque matin l'essentiel de l'actualité économique
Je m'inscris
Mentions légales | CGU | Politique de confidentialité | Gérer les cookies
© La Gazette 2024
"""
NOTICE = """Nous utilisons des cookies pour améliorer votre expérience
Avec nos partenaires Hexo Media et Solvéra Ads, nous stockons des informations sur votre appareil.
Tout accepter
Tout refuser
Personnaliser
"""
CONTACTS = """Contacts presse
Nordil – Anne Rivoal – 02 99 00 00 00 – presse@nordil.example
Agence Hexo Conseil
Paul Drumont
Tél. : +33 1 02 03 04 05
###
"""


def seen(text: str) -> list[str]:
    """Return the paragraphs that the reader sees."""
    return list(filter(None, fold_text(text, lang="fr").text.split("\n")))


def test_a_page_that_was_pasted_is_read_without_its_menus(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PASTED, encoding="utf-8")
    one = read_article(path)
    assert (one.title, one.author) == ("Nordil rachète Vasco", "Irène Sablon")
    assert one.published == "2024-03-12"
    assert [line for line in seen(one.text) if "Publié" not in line] == [
        "Économie", "Nordil rachète Vasco", NEWS, MORE,
    ]  # fmt: skip


def test_a_notice_of_several_lines_is_left_out() -> None:
    assert seen(f"{NOTICE}\nNordil rachète Vasco\n\n{NEWS}") == ["Nordil rachète Vasco", NEWS]


def test_whom_to_call_is_left_out() -> None:
    assert seen(f"{NEWS}\n\n{MORE}\n\n{CONTACTS}") == [NEWS, MORE]


def test_contacts_without_a_number_are_read() -> None:
    text = f"{NEWS}\n\nContacts\n\nNordil et Vasco se connaissent depuis 2009."
    assert len(seen(text)) == 3


@pytest.mark.parametrize(
    "words",
    [
        "Accepter Nordil, c'est refuser Vasco", "Le programme « Alpha » et « Bêta » continue",
        "Accord > 40 millions", "Home Depot rachète Vasco", "Suivre Nordil en Bourse",
        "Recevez nos salutations, a écrit Nordil.", "Contact Energy rachète Vasco", "Menu Nordil",
        "Premium Brands rachète Vasco", "Nordil | Vasco | Hexo",
    ],
)  # fmt: skip
def test_news_is_no_button(words: str) -> None:
    assert name_button(words) == ""


@pytest.mark.parametrize(
    "words",
    [
        "PARIS 12 mars 2024 - 18:12 UTC (AFP)", "Le chiffre d'affaires atteint 1 234 567 890 euros",
        "12/03/2024 - 18:12", "Nordil, dont info@nordil.example a été piraté, porte plainte.",
        "De : Irène Sablon <irene@gazette.example>", "2023 2024 2025 2026",
    ],
)  # fmt: skip
def test_dates_and_sums_are_no_contact(words: str) -> None:
    assert not is_contact(words)


@pytest.mark.parametrize("closing", ["Cordialement,", "Bien à vous", "Best regards,", "Regards"])
def test_a_letter_ends_with_its_closing_words(closing: str) -> None:
    below = (
        "Irène Sablon\nAttachée de presse\nAgence Hexo\n\nCe message est confidentiel et réservé "
    )
    below += "à son destinataire.\n"
    assert cut_signature(f"{NEWS}\n\n{closing}\n\n{below}") == NEWS


def test_a_release_below_a_greeting_is_kept() -> None:
    text = f"Bonjour,\n\nVoici notre communiqué.\n\nCordialement\n\n{NEWS}\n\n{MORE}"
    assert cut_signature(text) == text
