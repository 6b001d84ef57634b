"""Minutes as somebody types them into a line: "10", "2,5", "15 min"."""

import re

from cafe.i18n import Translator

_TYPED = re.compile(r"\s*(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:['′]|m[a-zčțš]*\.?)?\s*", re.ASCII | re.IGNORECASE)


def minutes(typed: str) -> float:
    """How many they are; 0 for what is no number."""
    found = _TYPED.fullmatch(typed)
    return float(found[1].replace(",", ".")) if found else 0


def unfit(tr: Translator, typed: str, least: float, most: float) -> str:
    """Why that many cannot be taken; '' where they can."""
    if least <= minutes(typed) <= most:
        return ""
    return tr("Type a number of minutes from {least} to {most}.", least=tr.number(least), most=tr.number(most))
