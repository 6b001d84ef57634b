"""The language of the command line: that of the computer, not of the café."""

import locale
import os

from cafe.cli.chosen import chosen
from cafe.i18n import AVAILABLE, Translator, translator


def speech() -> Translator:
    """The translator for what is said before and after the wall: the language that was set, or the computer's."""
    if own := chosen().settings.language:
        return translator(own)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        said = os.environ.get(name, "")
        if said:
            break
    else:
        said = locale.getlocale()[0] or ""
    code = said[:2].lower()
    return translator(code if code in AVAILABLE else "en")
