"""What the facilitator needs to know at this moment, as the private view says it."""

from immutables import Map
from textual.content import Content

from cafe.clock import remaining
from cafe.i18n import Translator, clock
from cafe.live import Pulse
from cafe.plan import MINUTE
from cafe.rules.programme import fitting, slip
from cafe.rules.wall import STANDS
from cafe.state import State
from cafe.wall import words
from cafe.wall.sight import is_small
from cafe.wall.sight import told as sight
from screens import network
from screens.keyboard import USUAL, Keyboard
from screens.tell import SURFACES
from screens.widgets.fence import say

LONGEST_AWAY = 3 * 60 * MINUTE
"""A café that was away for longer goes on where it stood: the wall clock's time would be hours over."""


def may_catch_up(state: State) -> bool:
    """Whether the wall clock's time may be taken after coming back."""
    return state.before_return is not None and state.away <= LONGEST_AWAY


def banner(tr: Translator, state: State, now: int, *, reached: bool) -> Content:
    """The head line: that this is not for the projector, and the time."""
    told = tr("PRIVATE: do not project") if reached else tr("The café does not answer; trying again")
    trial = f" · {tr('TRIAL')}" if state.trial else ""
    return Content.assemble(
        (told + trial, "bold $text-accent"),
        f"   {state.local(now):%H:%M:%S}   {state.code}   ",
        say(words.address(state), lines=False),
    )


def panel(tr: Translator, state: State, pulse: Pulse, now: int, keyboard: Keyboard = USUAL) -> Content:
    """Where the café is, what comes next, by how much it slips, and how the phones are."""
    lines = [say(words.where(tr, state), "bold", lines=False), *_clocks(tr, state, now), *_report(tr, state, now)]
    coming = words.comes(tr, state, now)
    if coming:
        lines.append(
            Content.assemble(
                (tr("Next ({key} {key})", key=keyboard.told(tr, "next")) + ": ", "$text-muted"),
                say(coming, lines=False),
            )
        )
    lines.append(_slip(tr, state, now, keyboard))
    if state.before_return is not None:
        away = tr("The café was away for {time}; the clocks stood still.", time=tr.duration(state.away))
        offer = (
            tr("{key} takes the wall clock's time.", key=keyboard.told(tr, "catch_up")) if may_catch_up(state) else ""
        )
        lines.append(say(f"{away} {offer}".strip(), "bold $text-accent"))
    lines += [
        *_message(tr, state, now, keyboard),
        *_talks(tr, state, keyboard),
        Content(""),
        *_people(tr, state, pulse, keyboard),
    ]
    if state.undo:
        back = tr.n(
            "{key} takes back the last step",
            "{key} takes back the last {n} steps",
            len(state.undo),
            key=keyboard.told(tr, "undo"),
        )
        lines += [Content(""), Content.styled(back, "$text-muted")]
    return Content("\n").join(lines)


def _clocks(tr: Translator, state: State, now: int) -> list[Content]:
    """A line for each track: its session, step and clock."""
    lines = []
    for track in state.position.tracks:
        name = say(state.session(track).title, lines=False) if len(state.position.tracks) > 1 else Content("")
        step = words.of_rounds(tr, track) if track.phase == "round" else tr("changing tables")
        mood = words.mood(tr, track, now)
        parts = [part for part in (name, Content(step), Content(mood)) if part.plain]
        time = Content.styled(clock(remaining(track.clock, now)), "bold")
        lines.append(Content("  ").join([time, Content(" · ").join(parts)]))
        if track.phase == "move":
            said, there = state.seated_now(track)
            lines.append(
                Content(
                    tr.n("{n} of {people} says: I am seated", "{n} of {people} say: I am seated", said, people=there)
                )
            )
    return lines


def _report(tr: Translator, state: State, now: int) -> list[Content]:
    """The table that reports, with its clock, and those that are still to come."""
    report = state.position.report
    if report is None:
        return []
    time = Content.styled(clock(remaining(report.clock, now)), "bold")
    told = words.joined(words.reports(tr, report.table), words.pace(tr, report.clock, now))
    coming = ", ".join(map(str, report.tables[report.at + 1 :]))
    then = tr("then: {tables}", tables=coming) if coming else tr("the last table")
    each = tr("{time} each", time=words.lasting(tr, report.minutes))
    return [Content("  ").join([time, Content(told)]), Content.styled(words.joined(then, each), "$text-muted")]


def _talks(tr: Translator, state: State, keyboard: Keyboard) -> list[Content]:
    """How many people hear each of the talks at the same time; and whether phones are down."""
    lines = []
    if state.phones_down:
        lines.append(
            Content.styled(tr("Phones are down; {key} ends it", key=keyboard.told(tr, "phones")), "bold $text-accent")
        )
    if state.phase == "talk":
        chosen = list(state.talks.get(state.position.block, Map()).values())
        for number, talk in enumerate(state.plan.programme[state.position.block].talks, 1):
            lines.append(Content.assemble(f"{chosen.count(number):>3}  ", say(talk.title, lines=False)))
    return lines


def _message(tr: Translator, state: State, now: int, keyboard: Keyboard) -> list[Content]:
    """What the room is being told now, and how that ends."""
    said = state.message
    if said is None:
        return []
    to = [name for name, lasts in STANDS.items() if said.to in (name, "both") and now < said.at + lasts]
    if not to:
        return []
    where = tr(SURFACES["both" if len(to) > 1 else to[0]])
    told = Content.assemble((tr("It is told {where}", where=where) + ": ", "bold"), say(said.text, lines=False))
    way = tr("{key}, then Enter on an empty line, takes it down", key=keyboard.told(tr, "tell"))
    return [told, Content.styled(way, "$text-muted")]


def _slip(tr: Translator, state: State, now: int, keyboard: Keyboard) -> Content:
    """By how much the block will end late, with the way out."""
    late = round(slip(state, now) / MINUTE)
    if state.phase in ("lobby", "closed") or late <= 0:
        return Content.styled(tr("On time"), "$text-muted")
    told = tr("{time} later than planned", time=tr.duration(late * MINUTE))
    key = keyboard.told(tr, "fit")
    offer = f" · {tr('{key} fits the rest', key=key)}" if fitting(state, now) else ""
    return Content.styled(told + offer, "bold")


def _ideas(tr: Translator, state: State) -> str:
    """All ideas that are kept, as many as a copy of the café has; and how many of them are for everybody to see."""
    kept = sum(not idea.gone for idea in state.ideas.values())
    seen = tr("for everybody: {number}", number=state.shown) if kept != state.shown else ""
    return words.joined(words.ideas(tr, kept), seen)


def _people(tr: Translator, state: State, pulse: Pulse, keyboard: Keyboard) -> list[Content]:
    here = words.people(tr, len(state.participants))
    connected = tr.n("{n} phone connected", "{n} phones connected", pulse.connected)
    proof = network.verdict(tr, state, pulse)
    lines = [*([proof] if proof.plain else []), Content(f"{here} · {connected}"), Content(_ideas(tr, state))]
    if pulse.dark:
        dark = tr("The wall is dark; {key} brings it back", key=keyboard.told(tr, "blank"))
        lines.append(Content.styled(dark, "bold"))
    if pulse.locked:
        lines.append(Content.styled(tr("The wall's keys are locked"), "bold"))
    if is_small(*pulse.wall):
        lines.append(Content.styled(sight(tr, *pulse.wall), "bold $text-accent"))
    if pulse.remotes:
        lines.append(Content(tr.n("{n} phone is a remote", "{n} phones are remotes", pulse.remotes)))
    if taken := sum(not photo.hidden for photo in state.photos.values()):
        lines.append(Content(tr.n("{n} photograph of the tablecloth", "{n} photographs of the tablecloth", taken)))
    held = (
        sum(idea.standing == "held" for idea in state.ideas.values() if not idea.gone)
        if state.plan.wall == "held"
        else 0
    )
    if held:
        lines.append(
            Content.styled(tr.n("{n} idea waits to be let through", "{n} ideas wait to be let through", held), "bold")
        )
    if not words.joining_is_open(state) and not state.closed:
        lines.append(Content.styled(tr("Joining is not open: the plan names no organiser or no contact."), "bold"))
    return lines
