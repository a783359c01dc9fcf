"""The clean twins of the files beside: what each must read as, paragraph by paragraph."""

from __future__ import annotations

TAKEOVER = (
    "Vernolle s’offre les œuvres d’Hydréol",
    "Nantes, le 12 mars 2024 – Le groupe énergétique français Vernolle a racheté la société suisse "
    "Hydréol pour 120 millions d’euros, a annoncé mardi Jeanne Costil, directrice générale de "
    "Vernolle. La vice-présidente du fabricant, Adèle Mourioux, reste à son poste.",
    "Hydréol fournit depuis cinq ans des turbines au constructeur allemand Brennmark et emploie "
    "300 personnes à Évreux, où son sous-traitant Castigne fond les pales. « Nous gardons le "
    "site », a dit Jeanne Costil à des élus venus la rencontrer.",
    "Le financier Bertrand de La Rochemarne entre au conseil d’administration de Hydréol. "
    "L’opération coûte à Vernolle un quart de sa trésorerie, soit 15 € par action.",
)
BATTERIES = (
    "Quatre groupes bâtissent une usine de batteries à Morvanches",
    "Le chimiste Orvane, le constructeur automobile Lestranges et deux énergéticiens ont signé "
    "vendredi un accord de coentreprise pour construire une usine de batteries à Morvanches, dans "
    "le nord du pays. La production doit commencer dans trois ans.",
    "Orvane apporte ses brevets et détiendra quarante pour cent du capital. Lestranges, qui "
    "achètera la moitié des cellules, en aura trente. Les énergéticiens Gazelys et Nordwatt se "
    "partagent le reste, selon un porte-parole du chimiste.",
    "Le ministère de l’Industrie promet une subvention de quatre-vingts millions d’euros, que la "
    "Commission doit encore approuver. Les collectivités financent la route et le raccordement au "
    "réseau électrique, dont le coût n’est pas connu.",
    "À Morvanches, la nouvelle rassure. La fonderie du groupe Castigne, dernier grand employeur de "
    "la ville, avait fermé ses portes l’an dernier. La maire, Solène Aubrac, espère neuf cents "
    "emplois directs et autant chez les sous-traitants.",
    "Plusieurs concurrents préparent des usines semblables. Le coréen Haneul a renoncé à la sienne "
    "en janvier, faute de clients, tandis que le suédois Fjordcell cherche des actionnaires.",
)
POST = (
    "Adèle Mourioux prend la tête de Castigne",
    "Le fondeur Castigne a nommé lundi Adèle Mourioux présidente du directoire. Elle succède à "
    "Paul Vasseur, qui part à la retraite après onze ans à ce poste.",
    "Mme Mourioux dirigeait depuis 2019 la filiale belge du groupe.",
)
TARROW = (
    "Wessel to buy Tarrow Flow for $410 million",
    "Pump maker Wessel said on Tuesday it had agreed to buy Tarrow Flow, a maker of valves based "
    "in Aberdeen, for $410 million. The deal is expected to close before the summer.",
    "Tarrow Flow will be run by its founder, Moira Kinnaird, who has signed for three years.",
)
WERK = (
    "Brennmark kauft Ventildorf",
    "Der Turbinenbauer Brennmark hat am Montag den Zulieferer Ventildorf übernommen. Der Kaufpreis "
    "wurde nicht genannt. Die Mitarbeiter sind über den Verkauf noch nicht unterrichtet worden.",
)
TABLE = (
    "Qui possède Vernolle ?",
    "Le groupe Vernolle a publié jeudi la liste de ses actionnaires, au terme d’une année qui a vu "
    "son capital changer de mains. Les comptes ont été approuvés par l’assemblée générale.",
    "Actionnaire | Part du capital",
    "Financière Costil | 34 %",
    "Marvanel | 12 %",
    "Le reste des actions est entre les mains du public, qui a suivi la séance à distance.",
)
#: Name → title and paragraphs.
TWINS = {
    "takeover": TAKEOVER, "batteries": BATTERIES, "post": POST, "tarrow": TARROW, "werk": WERK,
    "table": TABLE,
}  # fmt: skip


def as_text(twin: tuple[str, ...]) -> str:
    """Return a twin as a text of one line a paragraph."""
    return "\n\n".join(twin) + "\n"
