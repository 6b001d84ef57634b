"""The keys as they are on this laptop: the table of keys, or what the settings file makes of it.

A keyboard is a value: views, help and sentences take their keys from it, so that whoever changes a key reads the new
one everywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec
from textual.keys import Keys, _character_to_key, format_key

from cafe.i18n import N_, Translator, translator
from cafe.plan.mistakes import guess, shown
from screens.key import EVERYWHERE, NAMES, Key, View
from screens.keys import KEYS

ALWAYS = "ctrl+q"
"""Leaves in every view, whatever else leaves: nobody is to be locked in by a file."""

KEPT = ("enter", "escape", "tab", "ctrl+c")
"""Keys that lists, boxes and habits need; they mean what they always mean."""

LISTS = ("up", "down", "left", "right", "pageup", "pagedown", "home", "end")
"""Keys that move in the lists of the private view; only on the wall they may mean something else."""

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
            keys = tuple(dict.fromkeys((*keys, ALWAYS))) if ALWAYS in key.keys else keys
            return msgspec.structs.replace(key, keys=keys)

        return Keyboard(tuple(map(mended, self.keys)))


USUAL = Keyboard()
"""The keys of the table."""


class Slip(NamedTuple):
    """What is wrong with the keys that somebody wants for an action: a template and its arguments."""

    action: str
    message: str
    args: dict[str, str | int]


def wished(wanted: Mapping[str, Sequence[str]]) -> tuple[Keyboard, list[Slip]]:
    """The keyboard with other keys, by their names as people write them; the usual one where anything is wrong."""
    slips: list[Slip] = []
    taken: dict[str, tuple[str, ...]] = {}
    for action, names in wanted.items():
        if wrong := _refused(action):
            slips.append(wrong)
            continue
        for said in names:
            if wrong := _unusable(action, said):
                slips.append(wrong)
        taken[action] = tuple(map(read, names))
    changed = USUAL.changed(taken)
    slips += _twice(changed, taken)
    return (USUAL if slips else changed), slips


def _refused(action: str) -> Slip | None:
    """Why an action gets no keys."""
    known = [key.action for key in KEYS if not key.fixed]
    name = shown(action)
    if action in known:
        return None
    if any(key.action == action for key in KEYS):
        return Slip(action, N_("The keys of {action} cannot be changed."), {"action": name})
    if meant := guess(action, known):
        return Slip(action, N_("There is no action {action}; did you mean {meant}?"), {"action": name, "meant": meant})
    return Slip(action, N_("There is no action {action}; `cafe settings --new` writes them all."), {"action": name})


def _unusable(action: str, said: str) -> Slip | None:
    """Why a key cannot be had."""
    key = read(said)
    if not key:
        told = N_("There is no key {key}; keys are written as in {example}.")
        return Slip(action, told, {"key": shown(said), "example": '"a", "+", "PgDn", "F2", "Ctrl+A"'})
    needed = key in KEPT or (key in LISTS and USUAL[action].views == ("private",))
    if needed and key not in USUAL[action].keys:
        return Slip(action, N_("{key} is needed by lists and boxes; choose another key."), {"key": shown(said)})
    return None


def _twice(keyboard: Keyboard, wanted: Mapping[str, tuple[str, ...]]) -> Iterator[Slip]:
    """Keys that mean two things on one page of one view."""
    told = set()
    for view in EVERYWHERE:
        for page in {key.page for key in keyboard.keys}:
            meant: dict[str, str] = {}
            for key in keyboard.of(view):
                for name in filter(None, key.keys if key.page == page else ()):
                    first = meant.setdefault(name, key.action)
                    if first == key.action or (name, first, key.action) in told:
                        continue
                    told.add((name, first, key.action))
                    changed, other = (key.action, first) if key.action in wanted else (first, key.action)
                    args: dict[str, str | int] = {"key": called(translator("en"), name), "action": other}
                    yield Slip(changed, N_("{key} means {action} already; give one of the two another key."), args)


def called(tr: Translator, name: str) -> str:
    """What stands on a key."""
    if name in NAMES:
        return tr(NAMES[name])
    return sign if len(sign := format_key(name)) == 1 else name.title()


def named(tr: Translator, key: Key) -> str:
    """The keys of an action as people call them, two blanks apart."""
    names = [called(tr, name) for name in key.keys]
    return f"{names[0]} … {names[-1]}" if len(names) > _MOST else "  ".join(names)


def read(said: str) -> str:
    """The key that somebody means by a name as it stands on keys, in the help or in Textual ("+", "PgDn", "ctrl+z").

    '' for a name that no key has.
    """
    said = said if said == " " else said.strip()
    plain = said.lower().replace(" ", "")
    known = {**{name.lower(): key for key, name in NAMES.items()}, **{key: key for key in NAMES}}
    if plain in known:
        return known[plain]
    if len(said) == 1 and said.isprintable():
        return _character_to_key(said)
    return plain if plain in {key.value for key in Keys} else ""


def table() -> str:
    """The keys as the README shows them."""
    rows = ["| key | does | wall | private view | replay |", "|---|---|---|---|---|"]
    for key in KEYS:
        names = " ".join(f"`{name}`" for name in named(translator("en"), key).split("  "))
        told = f"{key.told} (twice)" if key.twice else key.told
        rows.append(f"| {names} | {told} | {' | '.join('✓' if view in key.views else '' for view in EVERYWHERE)} |")
    return "\n".join(rows)
