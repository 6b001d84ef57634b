"""What each phase says in sentences. How large they stand is for the terminal and the page to decide, each by its room.

Nothing that a guest wrote comes from this file, and no name of a person.
"""

from typing import Literal, NamedTuple

from cafe import events as e
from cafe.clock import remaining
from cafe.i18n import Translator
from cafe.live import Pulse
from cafe.plan.shapes import shape
from cafe.state import State
from cafe.wall import shown, words
from cafe.wall.walks import Walk, Walks, hosts_stay

Look = Literal["plain", "accent", "quiet", "good"]

MOST_TABLES = 12
"""Of more tables nobody counts on the wall how many people each will have."""


class Line(NamedTuple):
    """A sentence, and its voice."""

    text: str
    look: Look = "plain"


# ------------------------------------------------------------------------------------------------ coming in


def closed_door(tr: Translator) -> tuple[Line, ...]:
    """Why nobody can come in with a phone."""
    return (
        Line(tr("Joining is not open yet"), "accent"),
        Line(tr("The plan names nobody who answers for what people write. We can begin without phones.")),
    )


def way_in(tr: Translator, state: State) -> tuple[Line, ...]:
    """How one comes in: a heading, the Wi-Fi where the plan names one, then what to do, where, and the code."""
    wifi = state.plan.wifi
    return (
        Line(tr("Come in with your phone"), "accent"),
        *((Line(tr("1  Wi-Fi: {name}", name=wifi.name)),) if wifi else ()),
        Line(tr("{step}  Scan the code, or open", step=2 if wifi else 1)),
        Line(words.address(state) or tr("no network yet"), "accent"),
        Line(tr("Code"), "quiet"),
        Line(state.code, "accent"),
    )


def here(tr: Translator, state: State, pulse: Pulse) -> tuple[Line, ...]:
    """How many people are here, in which group, and whether phones come through."""
    groups = words.by_group(state)
    said = [Line(words.people(tr, len(state.participants)))]
    if groups and state.participants:
        told = " · ".join(tr("group {name}: {n}", name=name, n=count) for name, count in groups.items())
        said.append(Line(told, "quiet"))
    return (*said, *_proof(tr, state, pulse))


def _proof(tr: Translator, state: State, pulse: Pulse) -> tuple[Line, ...]:
    """Whether phones come through: only another device proves that. While nobody is in, a calm line says what to do."""
    if pulse.reached:
        return (Line(f"✓ {tr('Phones come through')}", "good"),)
    if state.participants:
        return ()
    if pulse.network.overdue:
        return (Line(tr("Does the page not open? Please tell the facilitator.")),)
    return (Line(tr("We are waiting for the first phone"), "quiet"),)


# ----------------------------------------------------------------------------------------------- the blocks


def talk(tr: Translator, state: State) -> tuple[Line, ...]:
    """The title of what is on now, and the theme of the day."""
    title, theme = words.block_title(tr, state.plan, state.position.block), state.plan.theme
    return (Line(title, "accent"), *((Line(theme),) if theme else ()))


def etiquette(tr: Translator) -> tuple[Line, Line]:
    """How one talks in a world café, a line for each rule, and whose rules these are."""
    return Line("\n".join(map(tr, words.ETIQUETTE)), "quiet"), Line(tr(words.ATTRIBUTION), "quiet")


def speech(tr: Translator, state: State) -> tuple[Line, ...]:
    """A talk: what it is about, or which ones there are at the same time; and how one asks the speaker."""
    talks, phones = state.plan.programme[state.position.block].talks, words.joining_is_open(state)
    if not talks:
        asks = Line(tr("Questions to the speaker? Write them on your phone."), "quiet")
        return (*talk(tr, state), *((asks,) if phones else ()))
    title = words.block_title(tr, state.plan, state.position.block)
    listed = "\n".join(f"{number}  {each.title}" for number, each in enumerate(talks, 1))
    choose = Line(tr("Choose on your phone which one you hear."), "quiet")
    return (Line(title, "accent"), Line(listed), *((choose,) if phones else ()))


def pause(tr: Translator, state: State, now: int) -> tuple[Line, ...]:
    """The break's title, when we continue, and in whole minutes with what; nobody is hurried."""
    title, continues = talk(tr, state)[0], words.continues(tr, state, now)
    return (title, *((Line(continues), Line(words.rest(tr, state, now))) if continues else ()))


def phones_down(tr: Translator) -> tuple[Line, ...]:
    """One request, what it is for, and that nothing is lost by it."""
    return (
        Line(tr("Phones down, please"), "accent"),
        Line(tr("Now we look at one another and listen.")),
        Line(tr("What you were writing stays on your phone."), "quiet"),
    )


def closing(tr: Translator, state: State) -> tuple[Line, ...]:
    """Thanks, and the numbers of the day, as far as there are any; when it is over, who invited."""
    ideas, people = shown.total(state), state.head_count or len(state.participants)
    told = (words.ideas(tr, ideas) if ideas else "", words.conversations(tr, state))
    invited = (state.plan.organiser, state.plan.contact) if state.phase == "closed" else ()
    return (
        Line(tr("Thank you!"), "accent"),
        *(Line(said) for said in (*told, words.people(tr, people) if people else "") if said),
        *(Line(line, "quiet") for line in invited if line),
    )


# ------------------------------------------------------------------------------------------ rounds and moves


def coming(tr: Translator, state: State) -> str:
    """How many ideas there are; before the first one that they will appear, where phones can send any."""
    count = shown.total(state)
    if count:
        return words.ideas(tr, count)
    return tr("Your ideas will appear here") if words.joining_is_open(state) else ""


def instruction(tr: Translator, track: e.Track, now: int) -> str:
    """The one thing to do in a move."""
    return tr("Take your seats") if remaining(track.clock, now) <= 0 else tr("We change tables")


def beside(tr: Translator, state: State, groups: tuple[Walks, ...], track: e.Track) -> str:
    """What is worth a line: that the clock stands, how many will sit at each table, that hosts stay."""
    if track.clock.mode == "pause":
        return tr("the clock stands still")
    if part(groups):
        tables = [walk for group in groups for walk in group.walks]
        return ", ".join(_sit(tr, walk) for walk in tables if walk.coming) if len(tables) <= MOST_TABLES else ""
    return tr("Hosts stay at their table.") if hosts_stay(state) else ""


def _sit(tr: Translator, walk: Walk) -> str:
    """How many people will sit at a table, by its sign, its number and a word; no line breaks within it."""
    said = f"{shape(walk.table)} {tr('Table {number}', number=walk.table)}: {words.people(tr, walk.coming)}"
    return said.replace(" ", "\N{NO-BREAK SPACE}")


def part(groups: tuple[Walks, ...]) -> bool:
    """Whether people of one table go different ways: then cards and phones know, and the wall says so."""
    return any(group.parts for group in groups)


def see_card(tr: Translator) -> str:
    """What stands instead of arrows where people of one table go different ways."""
    return tr("See your card or your phone")
