"""The words of the café in each language, one for each notion, and the words that would make a native reader smile.

A translator takes the words of `WORDS`; a test sees to it that no catalogue says one of `AVOIDED`.
"""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "café": {
        "ro": "atelier",
        "nl": "bijeenkomst",
        "it": "laboratorio",
        "hr": "radionica",
        "lt": "renginys",
        "fi": "työpaja",
    },
    "wall": {
        "ro": "ecran, pe telefon: ecranul mare",
        "nl": "scherm",
        "it": "schermo",
        "hr": "ekran",
        "lt": "ekranas",
        "fi": "iso näyttö",
    },
    "private view": {
        "ro": "ecranul privat",
        "nl": "privéscherm",
        "it": "vista privata",
        "hr": "voditeljev prikaz",
        "lt": "vedėjo vaizdas",
        "fi": "vetäjän näkymä",
    },
    "facilitator": {
        "ro": "facilitator",
        "nl": "begeleider",
        "it": "chi facilita",
        "hr": "voditelj",
        "lt": "vedėjas",
        "fi": "vetäjä",
    },
    "host": {
        "ro": "gazdă",
        "nl": "(tafel)host",
        "it": "referente",
        "hr": "domaćin",
        "lt": "šeimininkas",
        "fi": "pöytävastaava",
    },
    "round": {"ro": "rundă", "nl": "ronde", "it": "turno", "hr": "krug", "lt": "ratas", "fi": "kierros"},
    "talk": {
        "ro": "prezentare",
        "nl": "presentatie",
        "it": "intervento",
        "hr": "izlaganje",
        "lt": "pranešimas",
        "fi": "puheenvuoro",
    },
    "harvest": {
        "ro": "„Ideile noastre”",
        "nl": "oogst",
        "it": "raccolta",
        "hr": "zaključci",
        "lt": "apibendrinimas",
        "fi": "koonti",
    },
    "dot": {"ro": "bulină", "nl": "stip", "it": "punto", "hr": "točkica", "lt": "taškas", "fi": "piste"},
    "build on": {
        "ro": "a continua",
        "nl": "voortbouwen op",
        "it": "sviluppare",
        "hr": "nadograditi",
        "lt": "tęsti",
        "fi": "jatkaa",
    },
    "let an idea through": {
        "ro": "a lăsa să apară",
        "nl": "vrijgeven",
        "it": "pubblicare",
        "hr": "objaviti",
        "lt": "paskelbti",
        "fi": "julkaista",
    },
    "forget somebody": {
        "ro": "a șterge datele",
        "nl": "gegevens wissen",
        "it": "cancellare i dati",
        "hr": "izbrisati podatke",
        "lt": "ištrinti duomenis",
        "fi": "poistaa tiedot",
    },
    "you": {"ro": "dumneavoastră", "nl": "je", "it": "tu", "hr": "vi", "lt": "jūs", "fi": "sinä"},
}

AVOIDED: Final[Mapping[str, str]] = {
    "ro": r"cafene|perete|recolt|se odihnesc|stă mare|\bcopii\b(?! de siguranță)|(?<!world )\bcafé\b",
    "nl": r"(?<!world )\bcafé|inleiding|\brusten\b|gedekt|vergeten|\bu wilt\b|alstublieft",
    "it": r"(?<!world )\bcafé\b|riposano|dimentic|costruisc|saltat|\bsei dentro",
    "hr": r"(?<!world )\bcafé|kavan|miruju|zaborav(?!ite produžni)|mobitel|kaže telefonima",
    "lt": r"kavin|prasimu|ilsisi|pamirš(?!kite ilgintuvo)|telefonams sako",
    "fi": r"kahvila|lepää|\bväk|\bväe",
}
"""Patterns, in any case: a coffee house where a workshop is meant, phones that take a rest, people who are forgotten
instead of their data, a crowd where participants are meant, a polite form in a catalogue that says "je"."""
