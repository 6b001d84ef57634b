"""Which café a plan means: each of its days has a file of its own, and none can be destroyed by another start."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from cafe.file import TROUBLES, CafeFile, FileTrouble, unlocked
from cafe.fold import fold
from cafe.i18n import Translator
from cafe.log import SqliteLog
from cafe.state import State

_DAY = r"-\d{4}-\d\d-\d\d(-\d+)?"


class Earlier(NamedTuple):
    """A café that is there already."""

    path: Path
    state: State

    @property
    def today(self) -> bool:
        """Whether it can be gone on with, without a question."""
        began = self.state.local(self.state.opened).date()
        return not self.state.closed and (not self.state.epoch or began == date.today())


def which(named: Path, *, alone: bool, asks: bool, tr: Translator) -> tuple[Path, State]:
    """The file to use and what is in it, of the file `named` and those of other days beside it (not if `alone`).

    Today's open café is taken; about an earlier one is asked, or it is taken where nobody can be asked. Raises
    `FileTrouble` when that café cannot be read, and before a question when it is open in another window.
    """
    found: list[Earlier] = []
    troubles: list[FileTrouble] = []
    for path in [named] if alone else family(named):
        if not path.exists():
            continue
        try:
            found.append(Earlier(path, peek(path)))
        except FileTrouble as no:
            troubles.append(no)
    found.sort(key=lambda one: (one.state.opened, len(one.path.name), one.path.name))
    if taken := next((one for one in reversed(found) if one.today), None):
        return taken
    if troubles:
        raise troubles[0]
    if not found:
        return named, State()
    if not asks:
        return next((one for one in reversed(found) if not one.state.closed), found[-1])
    unlocked(found[-1].path)
    return (_new(named), State()) if _begins_new(found[-1], tr) else found[-1]


def family(named: Path) -> Sequence[Path]:
    """The file `day.cafe` and those beside it that were begun on other days: `day-2026-11-22.cafe`, `…-2.cafe`."""
    ours = re.compile(re.escape(named.stem) + f"({_DAY})?" + re.escape(named.suffix))
    beside = named.parent.iterdir() if named.parent.is_dir() else ()
    return sorted(path for path in beside if ours.fullmatch(path.name))


def peek(path: Path) -> State:
    """What is in a café's file, which is not touched. Raises `FileTrouble`."""
    if path.is_file() and not path.stat().st_size:
        return State()  # The program was stopped before anything was written.
    file = CafeFile(path, readonly=True)
    try:
        with file.reading():
            return next(iter(fold(SqliteLog(file).read()).values()), State())
    finally:
        file.close()


def trouble(no: FileTrouble, tr: Translator) -> str:
    """What is wrong with a file, in words."""
    return tr(TROUBLES[no.code], file=no.path.name, reason=no.reason)


def _begins_new(earlier: Earlier, tr: Translator) -> bool:
    """Asks until the answer is clear; Enter takes the earlier café."""
    path, state = earlier
    if state.closed:
        stay = tr("look")
        question = tr(
            "{file} holds a café that is closed. Look at it, or begin a new one? (look/new; Enter: look)",
            file=path.name,
        )
    else:
        stay = tr("continue")
        question = tr(
            "{file} holds a café of {date}. Continue it, or begin a new one? (continue/new; Enter: continue)",
            file=path.name,
            date=tr.date(state.local(state.opened).date()),
        )
    while True:
        said = str(click.prompt(question, default="", show_default=False)).strip().casefold()
        if said in ("", stay.casefold(), "look", "continue", stay[:1].casefold()):
            return False
        if said in (tr("new").casefold(), "new", tr("new")[:1].casefold()):
            return True


def _new(named: Path) -> Path:
    """A name beside the earlier files, which are kept."""
    stem = f"{named.stem}-{date.today().isoformat()}"
    names = (named.with_name(f"{stem}{end}{named.suffix}") for end in ("", *(f"-{n}" for n in range(2, 99))))
    return next(name for name in names if not name.exists())
