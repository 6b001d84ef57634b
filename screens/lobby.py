"""The lobby: how one comes in, and how many are here."""

from collections.abc import Iterable

from textual.containers import Horizontal
from textual.widget import Widget

from screens import words
from screens.frame import Frame, View, margin
from screens.poster import Poster, Said
from screens.widgets.qr import Qr, choose

LARGE = 160
"""From this many columns on all words are drawn in letters; below, code and address come first."""

BESIDE = 26
"""Columns that the words beside the code need at the least."""


def steps(view: View) -> tuple[Said, ...]:
    """How to come in, in words: network, address, code; and how many people are here."""
    state, tr = view.state, view.tr
    if not words.joining_is_open(state):
        return (
            Said(tr("Joining is not open yet"), "accent", 8),
            Said(tr("The plan names nobody who answers for what people write. We can begin without phones."), gap=1),
        )
    wifi, step = state.plan.wifi, 4 if view.width >= LARGE else 1
    said = [Said(tr("Come in with your phone"), "accent", 5 if view.width < LARGE else 4)]
    if wifi:
        said += [Said(tr("1  Wi-Fi: {name}", name=wifi.name), "plain", step, 1)]
    said += [
        Said(tr("{step}  Scan the code, or open", step=2 if wifi else 1), "plain", step, int(step > 1 or not wifi)),
        Said(words.address(state) or tr("no network yet"), "accent", 6, 1),
        Said(tr("Code"), "quiet", 1, 1),
        Said(state.code, "accent", 10),
    ]
    return (*said, *here(view))


def here(view: View) -> tuple[Said, ...]:
    """How many people are here, and in which group."""
    tr, groups = view.tr, words.by_group(view.state)
    large = 5 if view.width >= LARGE else 1
    said = [Said(words.people(tr, len(view.state.participants)), "plain", large, 1)]
    if groups and view.state.participants:
        told = " · ".join(tr("group {name}: {n}", name=name, n=count) for name, count in groups.items())
        said.append(Said(told, "quiet"))
    return tuple(said)


class Lobby(Frame):
    """The code to scan, as large as the window allows, and beside it the same in words."""

    roomy = False  # each row counts for the last seats of the hall

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="body"):
            yield Qr(id="code")
            yield Poster(id="steps")

    def draw(self, view: View) -> None:
        side = margin(view.width)
        url = words.join_url(view.state) if words.joining_is_open(view.state) else ""
        code = self.query_one(Qr)
        picture = choose(url, view.inner - BESIDE, view.height - 2) if url else None
        code.url, code.display = url, picture is not None
        code.styles.width = picture.bitmap.width if picture else 0
        code.styles.margin = (0, 0, 0, side)
        poster = self.query_one(Poster)
        poster.styles.margin = (0, side, 0, 3 if picture else side)
        hint = (Said(view.tr("? shows the keys"), "quiet", 1, 1),) if view.hint else ()
        poster.sentences = (*steps(view), *hint)
