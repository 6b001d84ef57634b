"""What holds for every test: none depends on how busy the machine is, on its terminal, or on its owner's settings."""

import os

from hypothesis import settings

os.environ.update(XDG_CONFIG_HOME=os.devnull, COLORTERM="truecolor", TEXTUAL_COLOR_SYSTEM="truecolor")

settings.register_profile("unhurried", settings.default, deadline=None)
settings.load_profile("unhurried")
