"""The word lists: each language's own, the portal's on top, and what honest sentences they find and leave alone."""

from __future__ import annotations

import pytest
import yaml

from site_builder.checks.claimed import EXCEPT, claimed
from site_builder.load.wording import CLAIMS, NAMES, wording
from tests.portals import settings

LANGUAGES = tuple(sorted(path.stem for path in CLAIMS.glob("*.yaml")))

GIVEN_AWAY: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "table_stakes": ("Competent people", "A friendly team", "Reliable IT", "30 years’ experience", "We give great service."),
        "better": ("Simply the best", "Leeds’ leading provider", "We are No. 1", "Faster than our competitors"),
        "everybody": ("IT for every business", "Firms of all sizes", "Support for everyone"),
        "price": ("The cheapest in town", "Cost-effective support", "Save you money"),
        "technology": ("An AI-powered desk", "Automated tickets", "A client portal"),
    },
    "de": {
        "table_stakes": (
            "Kompetente Beratung",
            "freundlich und zuverlässig",
            "Massgeschneiderte Lösungen",
            "erstklassiger Service",
        ),
        "better": ("Wir sind besser", "Der führende Anbieter", "schneller als andere"),
        "everybody": ("IT für jedes Unternehmen", "für Firmen jeder Größe", "alle Branchen"),
        "price": ("günstige Preise", "Bestes Preis-Leistungs-Verhältnis", "billiger"),
        "technology": ("Unsere KI antwortet", "automatisierte Abläufe", "eine Plattform"),
    },
    "fr": {
        "table_stakes": ("Une équipe compétente", "fiables et réactifs", "À l’écoute", "dix ans d’expérience", "clé en main"),
        "better": ("La meilleure équipe", "Leader du marché", "plus rapides que les autres"),
        "everybody": ("Pour toutes les entreprises", "n’importe quelle entreprise", "de toutes tailles"),
        "price": ("Des prix attractifs", "Le moins cher", "Bon rapport qualité/prix, pas cher"),
        "technology": ("La puissance de l’IA", "un portail", "tout est automatisé"),
    },
    "es": {
        "table_stakes": ("Un equipo competente", "fiables y cercanos", "Amplia experiencia", "trato personalizado"),
        "better": ("El mejor equipo", "Somos líderes", "más rápidos que los demás"),
        "everybody": ("Para cualquier empresa", "todo tipo de negocios", "empresas de todos los tamaños"),
        "price": ("Los más baratos", "precios competitivos", "la mejor relación calidad-precio"),
        "technology": ("Con inteligencia artificial", "una plataforma", "todo automatizado"),
    },
}
"""Claims that each list must know."""

HONEST: dict[str, tuple[str, ...]] = {
    "en": (
        "A person answers within nine minutes, and stays on it until you say it is mended.",
        "We try your backup four times a year, in front of you.",
        "You meet the two people who will look after you before you sign.",
        "One figure for each person, and none of it is small print.",
        "We ring back every business day before ten.",
        "One overworked person does the IT for everyone.",
        "We are not the cheapest.",
        "You get a name and not a chatbot.",
        "You sleep better.",
        "A map of your office that any engineer could work from, ours or not.",
    ),
    "de": (
        "Nach neun Minuten spricht ein Mensch mit Ihnen.",
        "Sie erfahren am selben Tag, woran es lag.",
        "Wir proben viermal im Jahr vor Ihren Augen, ob sich Ihre Daten zurückholen lassen.",
        "Sie sprechen mit Frau Kern und nie mit einer Warteschleife.",
        "Ein Betrag für jeden Platz, und nichts steht im Kleingedruckten.",
        "Kein Chatbot: am Telefon ist ein Mensch.",
        "Wir sind nicht die Billigsten.",
    ),
    "fr": (
        "Une personne répond en neuf minutes et reste jusqu’à ce que tout marche.",
        "Quatre fois par an, nous rouvrons un fichier de votre choix devant vous.",
        "Un seul chiffre par personne, et rien en petits caractères.",
        "Nous ne sommes pas les moins chers.",
        "Vous dormez mieux.",
        "Jamais un robot au bout du fil.",
    ),
    "es": (
        "Una persona contesta en nueve minutos y se queda hasta que todo funciona.",
        "Cuatro veces al año recuperamos delante de usted el archivo que elija.",
        "Una sola cifra por persona y nada en letra pequeña.",
        "No somos los más baratos.",
        "Dormirá mejor.",
    ),
}
"""Claims that nobody else could make word for word: no list may know them."""


def test_there_are_lists_for_these_languages() -> None:
    assert set(LANGUAGES) == GIVEN_AWAY.keys() == HONEST.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_five_lists_each_of_texts_that_stand_once(language: str) -> None:
    lists = yaml.safe_load((CLAIMS / f"{language}.yaml").read_text(encoding="utf-8"))
    assert tuple(lists) == NAMES
    for words in lists.values():
        assert words
        assert all(isinstance(word, str) and word.strip() == word != "" for word in words)
        assert len({word.casefold() for word in words}) == len(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_finds_itself_unless_an_exception_says_otherwise(language: str) -> None:
    words = wording(settings(locale=language))
    for name in NAMES:
        for entry in getattr(words, name):
            said = entry.removeprefix(EXCEPT).replace("*", "")
            assert bool(claimed(said, [entry])) is not entry.startswith(EXCEPT), (name, entry)


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [(language, name, text) for language, lists in GIVEN_AWAY.items() for name, texts in lists.items() for text in texts],
)
def test_a_claim_is_known_by_its_list(language: str, name: str, text: str) -> None:
    assert claimed(text, getattr(wording(settings(locale=language)), name))


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, texts in HONEST.items() for text in texts])
def test_an_honest_sentence_is_in_no_list(language: str, text: str) -> None:
    words = wording(settings(locale=language))
    assert {name: claimed(text, getattr(words, name)) for name in NAMES} == dict.fromkeys(NAMES, "")


@pytest.mark.parametrize("locale", ["de", "de-AT", "de-CH"])
def test_a_region_uses_its_languages_lists(locale: str) -> None:
    words = wording(settings(locale=locale))
    assert words.language == "de"
    assert "zuverlässig*" in words.table_stakes


def test_a_portal_adds_words_of_its_own() -> None:
    words = wording(settings(checks={"words": {"price": ["rock bottom", "except cheap and cheerful"]}}))
    assert claimed("At rock bottom", words.price) == "rock bottom"
    assert claimed("Cheap and cheerful", words.price) == ""
    assert claimed("Cheap", words.price) == "Cheap"
    assert "rock bottom" not in wording(settings()).price


def test_a_language_without_lists_has_the_portals_words_alone() -> None:
    words = wording(settings(locale="nb-NO", checks={"words": {"price": ["billig*"]}}))
    assert (words.language, words.price, words.better) == ("nb", ("billig*",), ())
