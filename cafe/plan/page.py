"""A plan on the desk: its text as data, and a pencil that marks each mistake once, where it stands."""

from collections.abc import Mapping
from typing import Any

from cafe.i18n import N_
from cafe.plan.keys import SECTIONS, TOP
from cafe.plan.leaves import Check
from cafe.plan.mistakes import Mistake, Wrong, guess, shown
from cafe.plan.source import Path, Source


class Page:
    """One plan as it is read; `broken` holds the paths that were told and that nothing else may complain about."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.data = source.data
        self.broken = set(source.broken)

    def mistake(self, path: Path, message: str, args: Mapping[str, str | int]) -> Mistake:
        return Mistake(self.source.name, self.source.line(path), message, dict(args))

    def wrong(self, path: Path, message: str, **args: str | int) -> None:
        self.broken.add(path)
        self.source.mistakes.append(self.mistake(path, message, args))

    def told(self, path: Path) -> bool:
        """Whether `path`, or something around or below it, was told already."""
        return any(each[: len(path)] == path or path[: len(each)] == each for each in self.broken)

    def section(
        self, path: Path, value: Mapping[str, Any], fields: Mapping[str, Check], needed: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """The values of one section that are right; what is wrong, unknown or missing is told."""
        kept: dict[str, Any] = {}
        for key, each in value.items():
            if key not in fields:
                self._unknown(path, key, fields)
                continue
            try:
                kept[key] = fields[key](each)
            except Wrong as wrong:
                at = (*path, key, *wrong.within)
                self.wrong(at, wrong.message, **{"key": key, **wrong.args_of_message})
        for key in needed:
            if key not in value and not self.told((*path, key)):
                self.wrong((*path, key), N_('{key} is missing here; write {key} = "…".'), key=key)
        return kept

    def _unknown(self, path: Path, key: str, fields: Mapping[str, Check]) -> None:
        known = list(fields) if path else [*fields, *SECTIONS]
        meant = guess(key, known)
        at = (*path, key)
        if meant:
            self.wrong(
                at,
                N_("There is no key {key} here; did you mean {meant}?"),
                key=shown(key),
                meant=SECTIONS.get(meant, meant) if not path else meant,
            )
            self.broken.add((*path, meant))
        elif path and key in TOP:
            self.wrong(at, N_("{key} belongs to the whole plan: move it to the top, above the first [ … ]."), key=key)
            self.broken.add((key,))
        else:
            self.wrong(at, N_("There is no key {key} here; there are {known}."), key=shown(key), known=", ".join(known))

    def several(self, name: str, fields: Mapping[str, Check], needed: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        """The sections `[[name]]`."""
        found = self.data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self.wrong(
                (name,), N_("{key} is written as sections, each under {header}."), key=name, header=f"[[{name}]]"
            )
            return []
        return [self.section((name, number), each, fields, needed) for number, each in enumerate(found)]
