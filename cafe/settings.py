"""What somebody likes on their own laptop, in every café: how the wall looks and sounds, and the keys.

Pure: reading the file is the caller's. A setting that is wrong is told with its line, and the usual one holds.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from cafe.i18n import AVAILABLE, N_
from cafe.plan.leaves import choice, truth
from cafe.plan.mistakes import Mistake, Wrong, guess, shown
from cafe.plan.source import Source

LOOKS = ("night", "day", "contrast")
"""The wall's looks, by their names."""


class Setting(msgspec.Struct, frozen=True):
    """One line of the file: what it may be, what it does, and an example."""

    name: str
    check: Callable[[Any], Any]
    told: str
    example: str


SETTINGS = (
    Setting("theme", choice(*LOOKS), N_("How it looks: night, day for bright rooms, or contrast."), '"day"'),
    Setting("language", choice(*AVAILABLE), N_("What the command line speaks; the wall follows its plan."), '"ro"'),
    Setting("sound", truth, N_("A soft tone one minute before a round ends, and when time is up."), "true"),
    Setting("flash", truth, N_("At the same moments the clock turns light and dark three times, slowly."), "true"),
)
"""Every setting but the keys, which stand under `[keys]`: a name of the table of keys, and a key or several."""


def table() -> str:
    """The settings as the README shows them."""
    rows = [f"| `{setting.name}` | `{setting.example}` | {setting.told} |" for setting in SETTINGS]
    return "\n".join(["| setting | such as | does |", "|---|---|---|", *rows])


class Settings(msgspec.Struct, frozen=True):
    """What is set; '' and None where nothing is. `keys` has for each action its keys as they were written."""

    theme: str = ""
    language: str = ""
    sound: bool | None = None
    flash: bool | None = None
    keys: dict[str, tuple[str, ...]] = {}


class Read(msgspec.Struct, frozen=True):
    """What came of reading: the settings that hold, what is wrong, and the line of each action's keys.

    `keys_stand` is false where not all that was written about keys could be understood: then the usual ones hold.
    """

    settings: Settings = Settings()
    mistakes: tuple[Mistake, ...] = ()
    lines: dict[str, int] = {}
    keys_stand: bool = True


def read(text: str | bytes, name: str = "settings.toml") -> Read:
    """Reads the text or the bytes of a file of settings. Raises nothing, whatever stands there."""
    source = Source(text, name, {"keys": "[keys]"})
    mistakes = list(source.mistakes)
    known = {setting.name: setting for setting in SETTINGS}
    kept: dict[str, Any] = {}

    def wrong(path: tuple[str, ...], message: str, **args: str | int) -> None:
        mistakes.append(Mistake(name, source.line(path), message, args))

    for key, value in source.data.items():
        if key == "keys":
            if not isinstance(value, dict):
                wrong((key,), N_("{key} is written as a section under {header}."), key=key, header="[keys]")
        elif key not in known:
            _unknown(wrong, key, [*known, "keys"])
        else:
            try:
                kept[key] = known[key].check(value)
            except Wrong as no:
                wrong((key,), no.message, **{"key": key, **no.args_of_message})
    section = source.data.get("keys", {})
    keys: dict[str, tuple[str, ...]] = {}
    for action, value in section.items() if isinstance(section, dict) else ():
        names = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
        if names and all(isinstance(each, str) for each in names):
            keys[action] = names
        else:
            wrong(
                ("keys", action),
                N_('{key} is a key in quotes, or several in square brackets: {key} = ["a", "F2"]; not {value}.'),
                key=shown(action).strip('"'),
                value=shown(value),
            )
    lines = {action: source.line(("keys", action)) for action in keys}
    stand = not source.mistakes and isinstance(section, dict) and len(keys) == len(section)
    return Read(Settings(**kept, keys=keys), tuple(sorted(mistakes, key=lambda one: one.line)), lines, stand)


def _unknown(wrong: Callable[..., None], key: str, known: list[str]) -> None:
    if meant := guess(key, known):
        wrong((key,), N_("There is no setting {key}; did you mean {meant}?"), key=shown(key), meant=meant)
    else:
        wrong((key,), N_("There is no setting {key}; there are {known}."), key=shown(key), known=", ".join(known))
