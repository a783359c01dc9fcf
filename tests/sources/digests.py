"""Digests of our own wording: pieces of news in the ways in which papers put them together."""

from __future__ import annotations

#: Subject, heading and text of a piece of news.
PIECES = (
    ("Orvane", "Orvane ferme son usine de Lisle", "Le chimiste Orvane arrête la production de solvants à Lisle à la fin du mois. Les soixante salariés seront reclassés à Morvanches."),
    ("Castigne", "Un fonds chez Castigne", "Le fonds Halden prend onze pour cent du fondeur Castigne, qui cherche des capitaux pour son four électrique."),
    ("Gazelys", "Gazelys change de patron", "Solène Aubrac succède à Paul Vasseur à la tête du distributeur de gaz. Elle prendra son poste en septembre."),
    ("Lestranges", "Lestranges vend ses garages", "Le constructeur cède ses deux cents garages au réseau belge Carrefil pour 90 millions d’euros."),
    ("Nordwatt", "Nordwatt livre la Pologne", "L’énergéticien fournira pendant dix ans le métallurgiste polonais Stalmet en courant d’origine éolienne."),
    ("Marvanel", "Marvanel s’implante en Italie", "Le distributeur ouvre ses trois premiers magasins à Turin. Il en prévoit quinze d’ici à deux ans."),
    ("Fjordcell", "Fjordcell lève 60 millions", "Le fabricant suédois de cellules a réuni 60 millions d’euros auprès de ses actionnaires et de la caisse Vestkap."),
    ("Brennmark", "Brennmark dément", "Le groupe allemand assure qu’il ne discute pas avec Vernolle d’une fusion de leurs turbines."),
    ("Ostrelec", "Ostrelec au tribunal", "La start-up réclame huit millions d’euros à son ancien client Sodivane, qui lui aurait pris un brevet."),
    ("Hydréol", "Hydréol recrute à Évreux", "Le fabricant de turbines embauche quarante ingénieurs pour son nouveau banc d’essai."),
    ("Carrefil", "Carrefil ralentit", "Le chiffre d’affaires du réseau de garages a reculé de deux pour cent au premier trimestre."),
    ("Sodivane", "Sodivane et Haneul s’allient", "Les deux groupes construiront ensemble une ligne de séparateurs. L’accord court sur cinq ans."),
    ("Halden", "Halden ouvre à Genève", "La société de gestion installe une équipe de six personnes au bord du lac. Irène Sablon la dirige."),
    ("Stalmet", "Stalmet ferme un haut-fourneau", "Le métallurgiste arrête l’un de ses trois hauts-fourneaux. La commande a baissé d’un tiers."),
    ("Tarrow", "Tarrow wins in Aberdeen", "Valve maker Tarrow has won a three-year contract from driller Kinnaird Marine. Terms were not given."),
    ("Wessel", "Wessel names a chief", "Pump maker Wessel has appointed Moira Kinnaird as chief executive. She joins from Halden in June."),
    ("Quillon", "Quillon cuts its outlook", "The software group expects sales to fall this year. It blamed a delay at its largest customer."),
    ("Pinmoor", "Pinmoor buys a rival", "Brewer Pinmoor has bought the smaller Ashgill for nine million pounds and will keep its brand."),
    ("Belvaux", "Belvaux cote à Paris", "Le fabricant de parfums entrera en Bourse en juin. Il espère lever 40 millions d’euros."),
    ("Trimarelle", "Trimarelle reprend ses avions", "La compagnie rachète quatre appareils à son loueur Aerlise, qui se retire du marché régional."),
)  # fmt: skip


def capitals(at: int) -> str:
    """Return a piece behind its subject in capitals."""
    return f"{PIECES[at][0].upper()} – {PIECES[at][2]}"


def colon(at: int) -> str:
    """Return a piece behind its subject and a colon."""
    return f"{PIECES[at][0]} : {PIECES[at][2]}"


def bullet(at: int) -> str:
    """Return a piece behind a bullet."""
    return f"• {PIECES[at][2]}"


def dash(at: int) -> str:
    """Return a piece behind a dash, with its heading."""
    return f"- {PIECES[at][1]}. {PIECES[at][2]}"


def number(at: int) -> str:
    """Return a piece behind a number."""
    return f"{at % 9 + 1}. {PIECES[at][1]}. {PIECES[at][2]}"


def clock(at: int) -> str:
    """Return a piece behind the time of day."""
    return f"{8 + at % 9}h{10 + at % 40} - {PIECES[at][2]}"


def headed(at: int) -> str:
    """Return a piece below its heading."""
    return f"{PIECES[at][1]}\n{PIECES[at][2]}"


def apart(at: int) -> str:
    """Return a piece below its heading and a blank line."""
    return f"{PIECES[at][1]}\n\n{PIECES[at][2]}"


def loud(at: int) -> str:
    """Return a piece below its heading in capitals."""
    return f"{PIECES[at][1].upper()}\n{PIECES[at][2]}"


#: Title of all, how a piece is put, what stands between two, and which pieces.
MAKES = (
    ("Les brèves de l’énergie", capitals, "\n\n", (0, 2, 4, 7)),
    ("", capitals, "\n", (1, 3, 5, 6, 8)),
    ("En bref", colon, "\n\n", (9, 10, 11)),
    ("Les valeurs à suivre mardi", colon, "\n", (0, 3, 6, 12, 13)),
    ("Brèves", bullet, "\n\n", (2, 4, 8, 10)),
    ("", bullet, "\n", (1, 7, 9)),
    ("La semaine des affaires", dash, "\n\n", (3, 5, 11, 13)),
    ("Ce qu’il faut retenir", dash, "\n", (6, 12, 18, 19)),
    ("Cinq nouvelles du jour", number, "\n\n", (0, 1, 2, 3, 4)),
    ("", number, "\n", (9, 10, 11)),
    ("Le direct de la Bourse", clock, "\n\n", (0, 1, 2, 3)),
    ("Le fil de la matinée", clock, "\n", (4, 5, 6, 7, 8)),
    ("", headed, "\n\n", (2, 4, 6, 8)),
    ("Industrie : l’essentiel", headed, "\n\n", (1, 3, 5)),
    ("", apart, "\n\n", (9, 11, 13, 18)),
    ("", loud, "\n\n", (0, 4, 8, 12)),
    ("Company news", capitals, "\n\n", (14, 15, 16, 17)),
    ("News in brief", headed, "\n\n", (14, 15, 16, 17)),
    ("", headed, "\n\n* * *\n\n", (3, 5, 7)),
    ("", bullet, "\n\n", (14, 16, 17)),
)


def make_digests() -> list[tuple[str, list[int]]]:
    """Return each digest's text, and where its pieces begin in it."""
    found = []
    for title, put, between, places in MAKES:
        text, begins = f"{title}\n\n" if title else "", []
        for at in places:
            text += between if begins else ""
            begins.append(len(text))
            text += put(at)
        found.append((text + "\n", begins))
    return found
