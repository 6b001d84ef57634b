"""The fold: the same facts give the same café, in whatever order the rooms' facts arrive."""

from collections.abc import Sequence
from itertools import count

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafe import events as e
from cafe.fold import evolve, fold
from cafe.plan import Plan
from cafe.state import State
from tests.afternoon import Diary, Press, afternoons, difference, plans, same, short


def diary(plan: Plan, presses: Sequence[Press], room: str = "room") -> Diary:
    told = Diary(plan, room)
    for press in presses:
        told.press(press)
    return told


@given(plans, st.lists(afternoons, min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_rooms_may_be_mixed_in_any_order(plan: Plan, days: list[list[Press]], chance: object) -> None:
    """A log that holds several rooms folds to the same, however their facts were dealt into one another."""
    diaries = [diary(plan, day, f"room-{number}") for number, day in enumerate(days)]
    waiting = [list(told.records) for told in diaries]
    mixed: list[e.Record] = []
    while any(waiting):
        mixed.append(chance.choice([each for each in waiting if each]).pop(0))  # type: ignore[attr-defined]
    rooms = fold(mixed)
    for told in diaries:
        assert difference(rooms[told.state.room], told.state) == []


@given(plans, afternoons)
def test_what_the_log_keeps_is_what_happened(plan: Plan, day: list[Press]) -> None:
    """Every fact that was written down and read again is the same fact, and folds to the same state."""
    told = diary(plan, day)
    state = State(room="room")
    for record in told.records:
        read = e.unpack(e.pack(record))
        assert read.event == record.event
        state = evolve(state, read)
    assert difference(state, told.state) == []


@given(plans, afternoons)
def test_what_is_counted_can_be_counted_again(plan: Plan, day: list[Press]) -> None:
    """The numbers and lists beside the ideas say the same as the ideas themselves."""
    state = diary(plan, day).state
    assert state.shown == sum(idea.counts for idea in state.ideas.values())
    assert {state.order[idea.number] for idea in state.ideas.values()} == set(state.ideas)
    assert len(state.order) == len(state.ideas)
    for idea in state.ideas.values():
        assert idea.id in state.at_table[idea.place].values()
        assert idea.id in state.on_question[idea.question].values()
    assert [i.number for i in state.newest()] == sorted((i.number for i in state.newest()), reverse=True)
    assert {i.id for i in state.newest()} == {i.id for i in state.ideas.values() if not i.gone}
    for listed in state.at_table.values():
        assert list(state.oldest(listed)) == list(state.newest(listed))[::-1]


OF_IDEAS = {"ideas", "order", "numbers", "at_table", "on_question", "shown", "staged", "themed", "votes", "ballots"}


@given(plans, afternoons)
def test_whoever_decides_on_another_room_can_see_that_it_changed(plan: Plan, day: list[Press]) -> None:
    """Ideas and dots may come while the facilitator thinks; whatever else changes is another revision of the room."""
    told = Diary(plan)
    for press in day:
        before = told.state
        told.press(press)
        changed = {name for name in State.__struct_fields__ if getattr(before, name) != getattr(told.state, name)}
        assert "rev" in changed or changed <= {*OF_IDEAS, "undo"}


@given(plans, afternoons)
def test_nobody_sits_at_a_table_that_is_not_theirs(plan: Plan, day: list[Press]) -> None:
    """Whoever is in has at most one seat in a round, at a table of their group; whoever is forgotten has none."""
    state = diary(plan, day).state
    for key, taken in state.seats.items():
        for who, table in taken.items():
            group = state.participants[who].group
            assert state.plan.table(table) in state.plan.tables_for(key.block, group)
    assert set(state.hosts.values()) <= set(state.participants)
    assert len(set(state.hosts.values())) == len(state.hosts)


def test_who_is_forgotten_is_nowhere() -> None:
    """A host with ideas who is forgotten stands in no list any more; the table is free."""
    told = Diary(short())
    told.do("join", who="p1", language="ro")
    told.do("host", who="p1", table=1)
    told.go("round")
    told.do("send", who="p1", id="idea-0001", text="Words")
    told.do("stand", id="idea-0001", standing="hidden")
    told.do("forget", who="p1")
    state = told.state
    assert not state.participants
    assert not state.hosts
    assert not state.ideas
    assert not any(state.seats.values())
    assert not any(any(listed.values()) for lists in (state.at_table, state.on_question) for listed in lists.values())
    assert not any(step.idea for step in state.undo)
    assert list(state.forgotten) == ["p1"]


@given(plans, afternoons)
def test_a_closed_cafe_knows_no_author(plan: Plan, day: list[Press]) -> None:
    """When the café is closed no idea can be linked to whoever sent it, and nothing can be undone."""
    told = Diary(plan)
    for press in [*day, *[Press("next", 0, 1, 1000)] * 50]:
        if not told.state.closed:
            told.press(press)
    assert not any(idea.by for idea in told.state.ideas.values())
    assert told.state.undo == ()
    assert told.state.phase == "closed"


def test_a_fact_of_a_newer_version_changes_nothing() -> None:
    """A file that a newer version wrote can be read: what is not known is passed over and kept as it was."""
    state = State(room="room")
    unknown = e.decode("danced", b'{"who":"p1"}')
    assert evolve(state, e.Record(1, "room", "w", 1, 5, unknown)) is state
    assert e.name_of(unknown) == "danced"
    assert e.encode(unknown) == b'{"who":"p1"}'


def test_an_idea_that_was_forgotten_uses_up_its_number() -> None:
    """After forgetting, the next idea gets the number that it would have had."""
    told = Diary(short())
    told.do("join", who="p1", language="ro")
    told.do("join", who="p2", language="ro")
    told.go("round")
    ids = count()

    def send(who: str) -> None:
        told.do("send", who=who, id=f"idea-000{next(ids)}", text="Words")

    send("p1")
    send("p2")
    told.do("forget", who="p1")
    send("p2")
    assert sorted(idea.number for idea in told.state.ideas.values()) == [1, 2]
    assert told.state.shown == 2


@pytest.mark.parametrize("wall", ["live", "after", "held"])
def test_two_folds_of_one_log_are_the_same(wall: str) -> None:
    """Reading a file twice gives the same café."""
    told = Diary(short(wall)).go("closed")
    assert same(fold(told.records)["room"], told.state)


def test_a_forgotten_answer_about_the_day_is_counted_as_before() -> None:
    """A restart after somebody who said what they take along was forgotten finds the café exactly as it was."""
    told = Diary(short())
    told.do("join", who="p1", language="ro")
    while told.state.phase != "closing":
        told.do("next", step=told.state.step)
    told.do("feed_back", who="p1", id="feedback-1", words={"took": "Courage"})
    told.do("forget", who="p1")
    blanked = (
        r if r.event.kind != "feedback_given" else msgspec.structs.replace(r, event=e.FeedbackGiven())
        for r in told.records
    )
    assert difference(fold(blanked)["room"], told.state) == []
