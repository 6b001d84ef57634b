"""A past café laid along its hours: what it was at any moment, where its parts and rounds began, and empty hours."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from cafe import events as e
from cafe.fold import fold
from cafe.fold.change import with_
from cafe.i18n import translator
from cafe.plan import MINUTE, Plan
from cafe.replay import Timeline
from cafe.replay.timeline import LONGEST, following, preceding
from cafe.state import State
from cafe.wall import shown
from cafe.wall.words import now_slot
from tests.afternoon import Diary, Press, afternoons, difference, plans, short


def afresh(records: list[e.Record], moment: int) -> State:
    """The café at a moment, folded from its first record on."""
    room = records[0].room
    return fold(record for record in records if record.at <= moment).get(room, State(room=room))


def told() -> Diary:
    """Six people in two groups, a welcome of ten minutes, and a session of two rounds, moved between."""
    diary = Diary(short())
    for who in range(6):
        diary.now += MINUTE
        diary.do("join", who=f"p{who}", language="ro")
    for wait in (4, 10, 5, 2, 5):
        diary.now += wait * MINUTE
        diary.do("next", step=diary.state.step)
    return diary


def test_no_later_hour_is_called_now() -> None:
    """A part that began before its hour stands on the wall with the hour at which it began, else with its own."""
    state = told().state
    block, tr = state.position.block, translator("ro")
    hours = []
    for planned in (0, 24 * 60 - 1):
        programme = list(state.plan.programme)
        programme[block] = msgspec.structs.replace(programme[block], at=planned)
        slot = now_slot(tr, with_(state, plan=msgspec.structs.replace(state.plan, programme=tuple(programme))))
        hours.append(slot.title[:5] if slot else "")
    assert hours == ["00:00", f"{state.local(state.began[block]):%H:%M}"]


def minutes(diary: Diary, marks: list[int]) -> list[int]:
    """Marks as minutes after the café was made."""
    return [(mark - diary.records[0].at) // MINUTE for mark in marks]


@given(plans, afternoons, st.lists(st.floats(-0.1, 1.1), min_size=1, max_size=8), st.integers(1, 9))
def test_any_moment_is_what_it_was(plan: Plan, day: list[Press], visits: list[float], every: int) -> None:
    """Whichever way one comes to a moment, forwards, backwards or at once, the café is what it was then."""
    diary = Diary(plan)
    for press in day:
        diary.press(press)
    timeline = Timeline(diary.records, every)
    for visit in visits:
        moment = timeline.begin + round(visit * (timeline.end - timeline.begin))
        assert difference(timeline.state(timeline.known(moment)), afresh(diary.records, moment)) == []


def test_parts_and_rounds_are_marked() -> None:
    """A step by parts or rounds finds each beginning; a move is part of the round that it leads to."""
    diary = told()
    timeline = Timeline(diary.records)
    assert minutes(diary, timeline.parts) == [0, 10, 20, 32]
    assert minutes(diary, timeline.rounds) == [0, 10, 20, 27, 32]
    assert following(timeline.rounds, timeline.rounds[1]) == timeline.rounds[2]
    assert preceding(timeline.rounds, timeline.rounds[1]) == timeline.begin
    assert following(timeline.rounds, timeline.rounds[-1]) is None
    assert preceding(timeline.rounds, timeline.begin) is None


def test_it_begins_with_an_open_cafe() -> None:
    """The beginning is a lobby that one can enter, not the moments in which the program came up before it."""
    _, opened, joined, *_ = told().records
    started = e.Record(1, "room", "room", 1, opened.at - 40, e.Started({}, 0, "1"))
    here, there = (e.Addressed(f"http://192.0.2.{number}:8000", "") for number in (1, 2))
    first = e.Record(3, "room", "room", 3, opened.at + 900, here)
    listed = e.Record(2, "room", "room", 2, opened.at + 1, e.Expected("p9", "A"))
    timeline = Timeline([started, opened, listed, first, joined])
    state = timeline.state(timeline.known(timeline.begin))
    assert (state.plan.title, state.url) == (short().title, here.url)
    assert timeline.parts == timeline.rounds == [timeline.begin] == [first.at]
    second = e.Record(5, "room", "room", 5, joined.at + 900, there)
    assert Timeline([started, opened, joined, second]).begin == opened.at


def test_the_closing_is_a_mark() -> None:
    """The end of the café can be stepped to, also when ideas on paper were typed in days later."""
    diary = told().go("closing")
    diary.now += MINUTE
    diary.do("next", step=diary.state.step)
    closed = diary.now
    diary.now += 3 * 24 * 60 * MINUTE
    diary.do("heads", people=7)
    timeline = Timeline(diary.records)
    assert timeline.parts[-1] == closed
    assert timeline.end == diary.now


def test_time_does_not_run_back() -> None:
    """A record that says an earlier hour than the one before it is shown with that one, in the order of the log."""
    diary = told()
    late = diary.records[-1]
    records = [*diary.records, e.Record(99, "room", "other", 1, late.at - 9 * MINUTE, e.LanguageSet("fi"))]
    timeline = Timeline(records)
    assert timeline.end == late.at
    assert timeline.state(timeline.known(late.at - 1)).language == "ro"
    assert timeline.state(timeline.known(late.at)).language == "fi"


def test_empty_hours_do_not_fill_the_bar() -> None:
    """A night between two halves of a café takes no more of the bar than twenty minutes would."""
    diary = told()
    evening = diary.now
    diary.now += 15 * 60 * MINUTE
    diary.do("wall", ideas="none")
    diary.now += 10 * MINUTE
    diary.do("wall", ideas="all")
    timeline = Timeline(diary.records)
    length = timeline.share(diary.now - 10 * MINUTE) - timeline.share(evening)
    whole = 32 * MINUTE + LONGEST + 10 * MINUTE
    assert abs(length - LONGEST / whole) < 1e-9
    shares = [timeline.share(moment) for moment in range(timeline.begin, timeline.end, 7 * MINUTE)]
    assert shares == sorted(shares)
    assert (timeline.share(timeline.begin), timeline.share(timeline.end)) == (0.0, 1.0)
    assert timeline.after(evening) == evening + 15 * 60 * MINUTE
    assert timeline.after(timeline.end) is None


def test_an_idea_without_words_does_not_show_itself() -> None:
    """A JSON leaves out the words of ideas that were taken back: no empty card stands on the wall in their place."""
    diary = Diary(short())
    diary.do("join", who="p1", language="ro")
    diary.go("round")
    for number, words in enumerate(("One", "", "Three")):
        diary.put(e.IdeaSent(f"idea-{number:04}", words, question="s1.1", block=1, session="s1", round=1, table=1))
    diary.put(e.IdeaTakenBack("idea-0001"))
    timeline = Timeline(diary.records)
    for known in (len(diary.records) - 1, len(diary.records)):
        state = timeline.state(known)
        assert [idea.text for idea in shown.newest(state)] == ["Three", "One"]
        assert (shown.total(state), state.numbers) == (2, 3)


def test_a_cafe_made_again_is_known_as_such() -> None:
    """A plan's own text stays on the laptop that held the café: without it the café was made again from its JSON."""
    records = Diary(short()).records
    assert Timeline(records).imported
    kept = [
        e.Record(r.n, r.room, r.writer, r.seq, r.at, e.Opened("e1", "K7QF", short(), "title = …"))
        if isinstance(r.event, e.Opened)
        else r
        for r in records
    ]
    assert not Timeline(kept).imported
