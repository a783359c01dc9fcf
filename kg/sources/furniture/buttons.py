"""What a page's buttons and menus say, and notices that ask for consent in several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: What a button or an entry of a menu says, all of it.
LABELS = frozenset(
    line.strip()
    for line in """
    accueil | home | menu | recherche | rechercher | search | contact | contactez-nous | nous
    contacter | contact us | mentions légales | cgu | cgv | conditions générales | conditions
    générales d'utilisation | conditions générales de vente | politique de confidentialité
    | confidentialité | données personnelles | gérer les cookies | gérer mes cookies | gestion des
    cookies | paramètres des cookies | cookies | plan du site | qui sommes-nous | à propos de nous
    | terms of use | terms | privacy policy | privacy | cookie policy | cookie settings | legal
    notice | sitemap | about us | gérer mes préférences | préférences | manage preferences | tout
    accepter | tout refuser | accepter | refuser | accepter et fermer | accepter et continuer
    | continuer sans accepter | personnaliser | personnaliser mes choix | paramétrer | j'accepte
    | accept all | reject all | accept | decline | manage options | more options | ok | copier le
    lien | copier l'url | lien copié | copy link | imprimer l'article | imprimer | écouter
    | écouter l'article | listen | offrir l'article | offrir cet article | offrir | gift this
    article | réagir | réagissez | commenter | voir les commentaires | ajouter à mes favoris
    | ajouter aux favoris | sauvegarder | lire plus tard | enregistrer | save for later | suivre
    | suivre ce sujet | s'inscrire | je m'inscris | m'inscrire | inscription | se désinscrire | se
    désabonner | s'abonner | je m'abonne | unsubscribe | subscribe | connexion | se connecter
    | déconnexion | mon compte | mon profil | my account | log in | sign in | sign up | haut de page
    | retour en haut | retour | back to top | suivant | précédent | next | previous | lire la
    suite | voir plus | afficher plus | en savoir plus | read more | load more | show more | fermer
    | close | passer la publicité | skip ad | télécharger | télécharger le pdf | download | version
    pdf | voir la vidéo | agrandir l'image | partager l'article | partager | share this article
    | google actualités | suivez-nous sur google actualités | whatsapp | messenger | flipboard
    | signaler une erreur | newsletters | nos newsletters | la newsletter | abonnés | réservé aux
    abonnés | premium | article réservé aux abonnés | édition abonnés | contenu réservé aux abonnés
    """.replace("\n    |", "|")
    .replace("\n", " ")
    .replace("     ", " ")
    .split("|")
)
PARTS = re.compile(r"\s*[|·•/]\s*|\s[-–—]\s")
#: Where a page stands in its site: 'Accueil > Économie'.
TRAIL = re.compile(
    r"(?:(?:vous êtes ici|you are here)\s*:\s*)?(?:accueil|home)\s*[>›»/|→].{1,160}"
    r"|[^.!?«»>›→]{2,40}(?:\s[>›→]\s[^.!?«»>›→]{2,60}){2,6}",
    re.I,
)
#: What begins a notice that asks for consent, and the buttons below it.
ASKED = re.compile(
    r"\b(?:cookies?|traceurs?|trackers?|votre vie privée|vos données|your privacy"
    r"|consentement|consent|stock\w+ et/?(?:ou)? ?accéd\w+|store and/or access)\b",
    re.I,
)
SPOKEN = re.compile(r"\b(?:nous|nos|vous|votre|vos|we|our|your?)\b", re.I)
CHOSEN = frozenset(
    "tout accepter|tout refuser|accepter|refuser|accepter et fermer|accepter et continuer|accept"
    "|continuer sans accepter|personnaliser|personnaliser mes choix|paramétrer|j'accepte|accept all"
    "|reject all|manage options|more options|gérer mes choix|paramètres des cookies".split("|")
)
#: Lines of such a notice at most.
NOTICE = 8
INVITED = re.compile(
    r"(?:recevez|receive|get|retrouvez)\b.{0,60}\b(?:chaque|tous les|toutes les|every|daily|weekly"
    r"|en avant-première|dans votre boîte|in your inbox)\b[^.]{0,100}\W*",
    re.I,
)
#: What a letter, or who has sent it, asks of its reader, and forbids him.
WARNED = re.compile(
    r"(?:ce (?:message|courriel|mail|e-mail)|this (?:message|e-?mail|communication))\b.*"
    r"(?:confidenti|destinataire|intended (?:solely|only|for)|intended recipient).*"
    r"|(?:pensez à l'environnement|please consider the environment|avant d'imprimer).*"
    r"|(?:envoyé (?:de|depuis) mon|sent from my)\b.{1,30}", re.I | re.S
)  # fmt: skip


def is_label(words: str) -> bool:
    """Tell whether a line holds buttons and entries of menus alone.

    >>> is_label("Mentions légales | CGU | Gérer les cookies"), is_label("Accepter Nordil")
    (True, False)
    """
    parts = [part.strip(" .:→»«>✕×").lower() for part in PARTS.split(words)]
    return any(parts) and all(part in LABELS or not part for part in parts)


def is_warning(words: str) -> bool:
    """Tell whether a paragraph is what mailers set below a letter.

    >>> is_warning("This e-mail is intended only for its recipient."), is_warning("Un accord.")
    (True, False)
    """
    return WARNED.fullmatch(words.strip()) is not None


def name_button(words: str) -> str:
    """Return what of a page's own a line is, '' for what may be news."""
    if is_label(words):
        return "buttons"
    if TRAIL.fullmatch(words):
        return "a trail"
    if INVITED.fullmatch(words):
        return "an offer"
    return ""


def mark_notices(texts: Sequence[str], reasons: Sequence[str]) -> list[str]:
    """Mark the lines of a notice that asks for consent, down to its buttons.

    >>> mark_notices(["Nous utilisons des cookies", "Nos partenaires aussi.", "Tout refuser"],
    ...              [""] * 3)
    ['a notice of cookies', 'a notice of cookies', 'a notice of cookies']
    """
    found = list(reasons)
    told = [at for at, text in enumerate(texts) if text]
    for place, at in enumerate(told):
        if not (ASKED.search(texts[at]) and SPOKEN.search(texts[at])) or len(texts[at]) > 600:
            continue
        near = told[place : place + NOTICE]
        last = max((one for one in near if texts[one].strip(" .").lower() in CHOSEN), default=at)
        for one in near:
            if at <= one <= last and last > at:
                found[one] = found[one] or "a notice of cookies"
    return found
