"""The keys as they are on this laptop: the table of keys, or what the settings file makes of it.

A keyboard is a value: views, help and sentences take their keys from it, so that whoever changes a key reads the new
one everywhere.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import get_args

import msgspec
from textual.keys import Keys, _character_to_key, format_key

from cafe.i18n import Translator, translator
from screens.keys import KEYS, NAMES, Key, View

ALWAYS = "ctrl+q"
"""Leaves in every view, whatever else leaves: nobody is to be locked in by a file."""

KEPT = ("enter", "escape", "tab", "ctrl+c")
"""Keys that lists, boxes and habits need; they mean what they always mean."""

_MOST = 4
"""An action with more keys is told by the first and the last."""


class Keyboard(msgspec.Struct, frozen=True, dict=True):
    """What each key means, and what each action's keys are called."""

    keys: tuple[Key, ...] = KEYS

    def of(self, view: View) -> tuple[Key, ...]:
        """The keys of one view, in the order of the help."""
        return tuple(key for key in self.keys if view in key.views)

    def meant(self, view: View, page: str = "") -> dict[str, str]:
        """What each key means in a view, on one of its pages: its action."""
        every = sorted((key for key in self.of(view) if key.page in ("", page)), key=lambda key: bool(key.page))
        return {name: key.action for key in every for name in key.keys}

    @cached_property
    def _by_action(self) -> dict[str, Key]:
        return {key.action: key for key in self.keys}

    def __getitem__(self, action: str) -> Key:
        return self._by_action[action]

    def told(self, tr: Translator, action: str) -> str:
        """The first key of an action: the one that sentences name."""
        return called(tr, self[action].keys[0])

    def changed(self, wanted: Mapping[str, tuple[str, ...]]) -> "Keyboard":
        """The same with other keys for some actions; what leaves always leaves by `ALWAYS` too."""

        def mended(key: Key) -> Key:
            keys = wanted.get(key.action, key.keys)
            keys = tuple(dict.fromkeys((*keys, ALWAYS))) if key.action == "leave" else keys
            return msgspec.structs.replace(key, keys=keys)

        return Keyboard(tuple(map(mended, self.keys)))


USUAL = Keyboard()
"""The keys of the table."""


def called(tr: Translator, name: str) -> str:
    """What stands on a key."""
    return tr(NAMES[name]) if name in NAMES else name if "+" in name else format_key(name)


def named(tr: Translator, key: Key) -> str:
    """The keys of an action as people call them, two blanks apart."""
    names = [called(tr, name) for name in key.keys]
    return f"{names[0]} … {names[-1]}" if len(names) > _MOST else "  ".join(names)


def read(said: str) -> str:
    """The key that somebody means by a name as it stands on keys, in the help or in Textual ("+", "PgDn", "ctrl+z").

    '' for a name that no key has.
    """
    said = said if said == " " else said.strip()
    if len(said) == 1 and said.isprintable():
        return _character_to_key(said)
    plain = said.lower().replace(" ", "")
    known = {**{name.lower(): key for key, name in NAMES.items()}, **{key: key for key in NAMES}}
    if plain in known:
        return known[plain]
    return plain if plain in {key.value for key in Keys} else ""


def table() -> str:
    """The keys as the README shows them."""
    rows = ["| key | does | wall | private view | replay |", "|---|---|---|---|---|"]
    for key in KEYS:
        names = " ".join(f"`{name}`" for name in named(translator("en"), key).split("  "))
        told = f"{key.told} (twice)" if key.twice else key.told
        rows.append(f"| {names} | {told} | {' | '.join('✓' if view in key.views else '' for view in get_args(View))} |")
    return "\n".join(rows)
