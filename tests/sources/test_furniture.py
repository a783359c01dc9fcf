"""What surrounds the news is left out; news that begins with the same words is not."""

from __future__ import annotations

import pytest

from kg.sources.datelines import find_title
from kg.sources.folding import fold_text
from kg.sources.forms.hypertext import drop_furniture
from kg.sources.paragraphs import name_furniture

NEWS = [
    "Crédit Agricole – première banque de détail du pays – rachète la société Lumix.",
    "Crédit Mutuel : la banque rachète Hydréol",
    "Crédit Mornay dément discuter d'une fusion avec la banque Albrecht/Vasco",
    "Crédit : les banques durcissent leurs conditions",
    "Photo-Me a racheté KIS pour 20 millions.",
    "Photo-Me : le groupe rachète KIS",
    "S'abonner à Netflix coûtera plus cher en France dès mars.",
    "S’abonner à Netflix coûtera plus cher",
    "Google renonce à supprimer les cookies tiers de Chrome. « Nous voulons laisser le choix aux "
    "annonceurs », a déclaré le groupe, qui a signé un accord avec Criteo sur la publicité.",
    "Google will keep cookies in Chrome, the company said, and ask your consent once.",
    "Dr Martens – le fabricant rachète Hydréol",
    "Dr. Oetker – le groupe rachète Hydréol",
    "Image 7 – l'agence d'Anne Méaux – rachète Hydréol",
    "Image Sensing : le groupe rachète Hydréol",
    "Subscribe Group has acquired Hydreol for 20 million.",
    "Sign up Ltd has bought Hydreol.",
    "Log in Systems buys Hydreol",
    "Deux banques financent le rachat (Crédit Agricole et Crédit Mutuel).",
    "Vasco - Crédit Agricole finance le rachat",
    "Nordil rachète le labo Solex – Photo-Me garde le sien",
    "Advertisement · Scroll to continue Investment bank Marvanel advised Vernolle.",
    "Related-party deals cost Nordil 20 million euros, its auditor said.",
    "Copyright Group a racheté Vasco en 2023.",
    "La newsletter de Nordil, à laquelle mille lecteurs peuvent s'inscrire, change de mains.",
    "L'article que Nordil a publié est apparu dans trois journaux.",
    "Reporting by Nordil shows that Vasco has lost 20 million.",
    "Nordil rachète le site www.vasco.example pour 2 millions.",
]
FURNITURE = [
    ("Crédit photo : AFP", "a credit"),
    ("Crédits : DR", "a credit"),
    ("Crédit illustrations : ACO", "a credit"),
    ("Crédit : Jean Dupont / AFP", "a credit"),
    ("Photo : le siège de Nordil, à Lyon", "a credit"),
    ("Photo Jean Dupont - AFP", "a credit"),
    ("Image : Getty Images", "a credit"),
    ("© AFP", "a credit"),
    ("DR / Nordil", "a credit"),
    ("Photo credit: Reuters", "a credit"),
    ("Le siège de Nordil, à Lyon (photo AFP)", "a caption"),
    ("Le siège de Nordil, à Lyon - Crédit : DR", "a caption"),
    ("S'abonner", "an offer"),
    ("S'abonner à la newsletter", "an offer"),
    ("Subscribe now", "an offer"),
    ("Sign up for our daily briefing and get the news every morning.", "an offer"),
    ("Log in to continue", "an offer"),
    ("Unsubscribe from this list | Update your preferences", "an offer"),
    ("Abonnez-vous pour lire la suite", "an offer"),
    ("Nous utilisons des cookies pour mesurer l'audience. Vous pouvez accepter ou refuser.",
     "a notice of cookies"),
    ("RELATED: Orvane and Lestranges team up on batteries", "a teaser"),
    ("Pour continuer à lire cet article, abonnez-vous dès 1 € par mois.", "an offer"),
    ("Newsletter « Économie » : recevez chaque matin l’essentiel de l’actualité", "an offer"),
    ("The Daily Briefing newsletter provides all the news you need. Sign up here.", "an offer"),
    ("Advertisement · Scroll to continue", "an offer"),
    ("Lire la suite [https://lettre.example/x?utm_source=nl]", "an offer"),
    ("Voir dans le navigateur: https://lettre.example/v", "an offer"),
    ("** Se désinscrire (https://lettre.example/u)", "an offer"),
    ("Vous recevez cet e-mail parce que vous êtes inscrit à La Lettre Éco.", "an offer"),
    ("Reporting by Moira Kinnaird in Paris; Editing by Jane Moss", "a signature"),
    ("Our Standards: The Thomson Reuters Trust Principles., opens new tab", "a signature"),
    ("Copyright 2024 The Business Post. All rights reserved.", "a signature"),
    ("The post Vernolle rachète Hydréol appeared first on La Gazette.", "a signature"),
    ("<https://www.google.com/url?rct=j&url=https://x.example/0>", "an address"),
]  # fmt: skip


@pytest.mark.parametrize("words", NEWS)
def test_news_is_no_furniture(words: str) -> None:
    assert name_furniture(words) == ""
    assert list(drop_furniture([words])) == [words]


@pytest.mark.parametrize(("words", "kind"), FURNITURE)
def test_furniture_is_told(words: str, kind: str) -> None:
    assert name_furniture(words) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Crédit Mutuel : la banque rachète Hydréol",
        "Dr Martens – le fabricant rachète Hydréol",
        "Getty Images – le groupe rachète Hydréol",
    ],
)
def test_a_headline_that_begins_as_a_credit_is_one(line: str) -> None:
    assert find_title(f"{line}\nLe groupe a signé.") == line


def test_all_headlines_that_are_announced_are_left_out() -> None:
    lines = ["Lire aussi :", "Orvane rachète Nordil", "Castigne cède Vasco", "Le groupe a signé."]
    assert fold_text("\n\n".join(["Un accord.", *lines])).text.split("\n\n") == [
        "Un accord.", "Le groupe a signé.",
    ]  # fmt: skip
