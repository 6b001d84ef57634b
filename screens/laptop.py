"""The laptop itself, on a page of the private view: its file, disk, battery and sleep, and the copies of the café.

What needs a hand is one line in the private view's head. Nothing of it is for the wall.
"""

from collections.abc import Iterator

from textual.content import Content

from cafe.copies import TROUBLES
from cafe.i18n import Translator
from cafe.live import Laptop, Pulse
from cafe.state import State
from screens.keyboard import USUAL, Keyboard
from screens.network import Row, verdict
from screens.widgets.fence import say

LITTLE, HARDLY = 500_000_000, 100_000_000
"""Bytes below which the disk is told to be filling up, and to be nearly full."""
LOW = 20
"""Per cent below which a battery that is running down is told."""


def hand(tr: Translator, pulse: Pulse) -> str:
    """What needs the facilitator's hand most, in one sentence; '' for nothing."""
    return next(_hands(tr, pulse.laptop), "")


def _hands(tr: Translator, laptop: Laptop) -> Iterator[str]:
    """What needs a hand, the most urgent first."""
    left = tr.size(max(0, laptop.free))
    if 0 <= laptop.free < HARDLY:
        yield tr("The disk is nearly full, {size} left: free some now, or no idea can be saved.", size=left)
    if 0 <= laptop.battery < LOW and not laptop.plugged:
        yield tr("The battery is at {percent} %: plug the laptop in.", percent=laptop.battery)
    if laptop.stale:
        yield tr.n(
            "In {n} copy stands what was to be forgotten: plug its stick in, or delete it.",
            "In {n} copies stands what was to be forgotten: plug their sticks in, or delete them.",
            len(laptop.stale),
        )
    if laptop.trouble in TROUBLES:
        yield tr(TROUBLES[laptop.trouble], folder=laptop.folder)
    if HARDLY <= laptop.free < LITTLE:
        yield tr("The disk is filling up, {size} left: free some in a quiet moment.", size=left)


def page(tr: Translator, state: State, pulse: Pulse, width: int, keyboard: Keyboard = USUAL) -> Content:
    """The whole page, `width` cells wide."""
    rows = [*_machine(tr, state, pulse), Row(Content("")), *_copies(tr, state, pulse.laptop, keyboard)]
    return Content("\n").join(line for row in rows for line in row.lines(width))


def _machine(tr: Translator, state: State, pulse: Pulse) -> Iterator[Row]:
    """Needs first, then what is so."""
    laptop = pulse.laptop
    needs = list(_hands(tr, laptop))
    yield from (Row(say(need, "bold $text-warning", lines=False), "! ", "  ") for need in needs)
    if needs:
        yield Row(Content(""))
    if laptop.file:
        yield _fact(tr("File"), laptop.file, tr.size(laptop.size))
    if laptop.saved:
        yield _fact(tr("Last saved"), f"{state.local(laptop.saved):%H:%M:%S}")
    if laptop.free >= 0:
        yield _fact(tr("Disk"), tr("{size} free", size=tr.size(laptop.free)))
    if laptop.battery >= 0:
        mains = tr("plugged in") if laptop.plugged else tr("running down")
        yield _fact(tr("Battery"), f"{laptop.battery} %", mains)
    awake = tr("The laptop stays awake while the café runs.")
    if not laptop.awake:
        awake = tr("This program cannot keep the laptop awake: switch sleeping off in its settings.")
    yield _fact(tr("Sleep"), awake)
    if (proof := verdict(tr, state, pulse)).plain:
        yield Row(proof)


def _copies(tr: Translator, state: State, laptop: Laptop, keyboard: Keyboard) -> Iterator[Row]:
    """Where copies go, and each copy that there is."""
    key = keyboard.told(tr, "copy")
    yield Row(Content.styled(tr("Copies"), "bold $text-accent"))
    goes = tr("{key} copies the café to a stick or another folder, now and every five minutes.", key=key)
    if laptop.folder:
        goes = tr("Every five minutes to {folder}; {key} copies now.", folder=laptop.folder, key=key)
    yield Row(say(goes, lines=False))
    for folder in laptop.copying:
        yield Row(say(tr("A copy is being written to {folder} …", folder=folder), lines=False), "… ", "  ")
    for copy in reversed(laptop.copies):
        if copy.n and copy.path not in laptop.stale:
            ideas = tr.n("{n} idea", "{n} ideas", copy.ideas)
            told = tr("{time}: {ideas}, opened again and counted", time=f"{state.local(copy.at):%H:%M}", ideas=ideas)
            yield Row(say(told, lines=False), "✓ ", "  ")
            yield Row(say(copy.path, "$text-muted", lines=False), "  ", "  ")
    for path in laptop.stale:
        yield Row(say(path, "bold", lines=False), "! ", "  ")
    if laptop.stale:
        told = tr("{key} takes a copy that you have deleted off this list.", key=keyboard.told(tr, "strike"))
        yield Row(Content.styled(told, "$text-muted"))


def _fact(name: str, *told: str) -> Row:
    return Row(Content.assemble((f"{name}  ", "$text-muted"), say(" · ".join(told), lines=False)))
