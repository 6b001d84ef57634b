"""The programme changed while it runs: what is to come follows, what has been stays, and all can be taken back."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafe import events as e
from cafe.clock import remaining
from cafe.fold import evolve
from cafe.plan import MINUTE, Plan
from cafe.rules import REFUSALS, Refused
from cafe.rules.programme import slip
from cafe.rules.sitting import session_of
from cafe.state import RoundKey, State
from server import snapshot
from tests.afternoon import Diary, Press, afternoons, difference, plan_of, plans, short
from tests.core.test_seating import HALL, come, hall, sizes

EDITS = ("lengthen", "leave_out", "put_in", "repeat", "mend", "note")
edits = st.lists(
    st.builds(
        Press,
        st.sampled_from(("next", "next", "undo", "join", "send", "pause", *EDITS)),
        st.integers(0, 5),
        st.integers(0, 5),
        st.integers(0, 400_000),
    ),
    max_size=40,
)


def edit(told: Diary, name: str, /, **given: object) -> None:
    told.do(name, edits=told.state.edits, **given)


def refusal(told: Diary, name: str, /, **given: object) -> str:
    """The reason for which a change is refused."""
    with pytest.raises(Refused) as no:
        edit(told, name, **given)
    assert no.value.code in REFUSALS
    return no.value.code


def times(state: State) -> list[int]:
    return [block.at for block in state.plan.programme]


def stands(state: State) -> None:
    """Holds for every state: seats and what is known about blocks belong to blocks that are there."""
    programme = state.plan.programme
    for key, taken in state.seats.items():
        assert key.session in programme[key.block].sessions.values() or not taken
        assert key.round <= state.plan.rounds(key.block, key.session)
    assert all(0 <= block < len(programme) for known in (state.began, state.notes) for block in known)
    for track in state.position.tracks:
        assert 1 <= track.round <= track.rounds <= len(track.minutes)
        assert track.rounds <= state.plan.rounds(state.position.block, track.session)
    assert times(state) == sorted(times(state))
    for person in state.here:
        for number, block in enumerate(programme):
            name = block.sessions.get(person.group)
            if name and block.skipped is None and number > state.position.block:
                rounds = range(1, state.plan.rounds(number, name) + 1)
                assert all(state.table(person.id, RoundKey(number, name, r)) for r in rounds)


@given(plans, edits)
def test_whatever_is_changed_everybody_has_a_seat_in_what_comes(plan: Plan, day: list[Press]) -> None:
    """Any changes, steps and steps back leave a programme in which everybody who is in has a table in every round."""
    told = Diary(plan)
    for press in day:
        past = {key: taken for key, taken in told.state.seats.items() if key in told.state.rounds}
        words = {idea.id: told.state.question(idea.place).id for idea in told.state.newest()}
        told.press(press)
        stands(told.state)
        if press.what in EDITS:
            assert {key: taken for key, taken in told.state.seats.items() if key in past} == past
        assert {id: told.state.question(told.state.ideas[id].place).id for id in words} == words
    again = State(room="room")
    for record in told.records:
        again = evolve(again, e.unpack(e.pack(record)))
    assert difference(again, told.state) == []


@given(plans, afternoons)
def test_what_was_changed_is_taken_back_whole(plan: Plan, day: list[Press]) -> None:
    """A change that is taken back at once leaves programme, times, clocks and seats as they were."""
    told = Diary(plan)
    for press in day:
        before = told.state
        if told.press(press) and press.what in EDITS:
            told.do("undo")
            after = told.state
            assert (after.plan, after.position, after.notes) == (before.plan, before.position, before.notes)
            assert {key: dict(taken) for key, taken in after.seats.items() if taken} == {
                key: dict(taken) for key, taken in before.seats.items() if taken
            }


def test_a_break_put_in_moves_what_follows() -> None:
    """Ten minutes more for coffee: what follows is ten minutes later, its seats are the same, and undo takes it out."""
    told = come(Diary(short()), 8).go("round")
    before, seats = told.state, told.state.seats
    edit(told, "put_in", after=1, minutes=10)
    state = told.state
    assert [block.kind for block in state.plan.programme][1:5] == ["session", "break", "break", "session"]
    assert times(state) == [660, 675, 690, 700, 710, 725, 730]
    assert [block.planned_at for block in state.plan.programme] == [660, 675, None, 690, 700, 715, 720]
    for key, taken in seats.items():
        assert dict(state.seats[key._replace(block=key.block + (key.block > 1))]) == dict(taken)
    told.do("undo")
    assert told.state.plan == before.plan
    assert told.state.seats == seats


def test_who_comes_after_a_break_was_put_in_keeps_their_seats_when_it_is_taken_out() -> None:
    """Somebody joins between a change and its undo, and still has a table in every round."""
    told = come(Diary(short()), 4).go("round")
    edit(told, "put_in", after=1, minutes=10)
    edit(told, "repeat", block=1, round=1)
    come(told, 3)
    told.do("undo")
    told.do("undo")
    stands(told.state)


def test_a_break_that_has_begun_is_no_more_taken_out_than_left() -> None:
    """A session put in, begun by mistake and taken back keeps its number for the ideas that were sent in it."""
    told = come(Diary(short()), 4).go("round")
    edit(told, "repeat", block=1)
    told.go("round", 2)
    told.do("send", who="p0", id="idea-0001", text="Words")
    was = told.state.ideas["idea-0001"]
    while told.state.plan.programme[2:3] and told.state.plan.programme[2].skipped is None:
        told.do("undo")
    assert told.state.ideas["idea-0001"] == was
    assert told.state.question(was.place).id == was.question
    told.go("break")
    assert told.state.position.block == 3
    stands(told.state)


def test_a_part_is_left_out_and_taken_in_again() -> None:
    """Without the break what follows is earlier and `next` goes past it; the same key brings it back."""
    told = come(Diary(short()), 4).go("round", 1)
    edit(told, "leave_out", block=2)
    assert times(told.state) == [660, 675, 690, 690, 705, 710]
    after = told.state
    edit(told, "leave_out", block=2)
    assert times(told.state) == [660, 675, 690, 700, 715, 720]
    assert told.state.seats == after.seats
    told.do("undo")
    told.go("round", 3)
    assert 2 not in told.state.began


def test_a_session_that_is_left_out_is_nobodys_next_table() -> None:
    """Phones do not send people to tables of a session that will not be."""
    told = come(Diary(short()), 4).go("break")
    assert told.state.coming("p0")
    assert session_of(told.state, "A")
    edit(told, "leave_out", block=3)
    assert told.state.coming("p0") is None
    assert not session_of(told.state, "A")
    for name in ("leave_out", "repeat"):
        assert refusal(told, name, block=3, round=1) == "left_out"
    come(told, 1)
    edit(told, "leave_out", block=3)
    assert told.state.coming("p4")


def test_a_round_more_goes_on_where_the_ways_end() -> None:
    """One round more: nobody returns to a table while rounds are no more than tables, and sizes stay even."""
    for tables, rounds in ((4, 2), (5, 3), (6, 2), (7, 5)):
        told = come(Diary(hall(tables, rounds)), 4 * tables).go("round")
        before = told.state.seats
        while len(keys := [RoundKey(0, "s1", n) for n in range(1, told.state.position.tracks[0].rounds + 1)]) < tables:
            edit(told, "repeat", block=0, round=1)
        for key in keys:
            assert before.get(key, told.state.seats[key]) == told.state.seats[key]
            assert sizes(told.state, key) == [4] * tables
        for person in told.state.here:
            assert len({told.state.table(person.id, key) for key in keys}) == len(keys)


def test_a_round_more_meets_few_again() -> None:
    """With seven tables of four a fourth round that was not planned is as good as a planned one: nobody meets again."""
    told = come(Diary(hall(7, 3)), 28).go("round")
    edit(told, "repeat", block=0, round=1)
    met: dict[frozenset[str], int] = {}
    for number in range(1, 5):
        there = told.state.seats[RoundKey(0, "s1", number)]
        for one in there:
            for other in there:
                if one < other and there[one] == there[other]:
                    pair = frozenset((one, other))
                    met[pair] = met.get(pair, 0) + 1
    assert sum(times - 1 for times in met.values()) == 0


def test_a_round_more_has_another_question_where_there_is_one() -> None:
    """With four questions at eight tables nobody has one twice in a third round that was not planned."""
    plan = plan_of(
        HALL.format(tables=8, rounds=2, seats=6, seating="mix").replace('"First?"', '"A?", "B?", "C?", "D?"')
    )
    told = come(Diary(plan), 32).go("round")
    edit(told, "repeat", block=0, round=2)
    for person in told.state.here:
        places = [RoundKey(0, "s1", number) for number in (1, 2, 3)]
        asked = {told.state.plan.question("s1", key.round, told.state.table(person.id, key)).id for key in places}
        assert len(asked) == 3


def test_the_running_session_has_a_round_more_and_less() -> None:
    """A round more is announced at once and what follows is later; a round less is given up, and its seats are kept."""
    told = come(Diary(short()), 4).go("round")
    assert refusal(told, "leave_out", block=1, round=1) == "is_over"
    edit(told, "repeat", block=1, round=2)
    assert [track.rounds for track in told.state.position.tracks] == [3, 3]
    assert times(told.state)[2:] == [697, 707, 722, 727]
    edit(told, "leave_out", block=1, round=3)
    assert [track.rounds for track in told.state.position.tracks] == [2, 2]
    assert times(told.state)[2:] == [690, 700, 715, 720]
    edit(told, "lengthen", block=1, round=2, minutes=3)
    edit(told, "repeat", block=1, round=1)
    assert {track.minutes for track in told.state.position.tracks} == {(5, 8, 5)}
    assert refusal(told, "leave_out", block=1) == "is_over"
    told.go("break")
    assert refusal(told, "leave_out", block=2) == "is_over"


def test_rounds_and_breaks_get_longer_and_shorter() -> None:
    """A round to come, a session to come and a break change by minutes; the running round has keys of its own."""
    told = come(Diary(short()), 4).go("round")
    ends, late = told.state.position.tracks[0].clock, slip(told.state, told.now)
    edit(told, "lengthen", block=1, round=2, minutes=3)
    assert told.state.position.tracks[0].minutes == (5, 8)
    assert told.state.position.tracks[0].clock == ends
    assert slip(told.state, told.now) == late
    edit(told, "lengthen", block=3, minutes=-1)
    assert told.state.plan.lengths(3, "s1") == (4, 4)
    edit(told, "lengthen", block=2, minutes=5)
    assert times(told.state) == [660, 675, 693, 708, 721, 726]
    assert refusal(told, "lengthen", block=1, round=1, minutes=1) == "is_over"
    assert refusal(told, "lengthen", block=0, minutes=1) == "is_over"
    assert refusal(told, "lengthen", block=3, minutes=-4) == "no_time_left"
    assert refusal(told, "lengthen", block=1, round=3, minutes=1) == "is_over"
    assert refusal(told, "lengthen", block=5, minutes=1) == "nothing_after"
    assert refusal(told, "lengthen", block=2, minutes=-15) == "no_time_left"
    told.go("round", 3)
    assert remaining(told.state.position.tracks[0].clock, told.now) == 4 * MINUTE


def test_what_is_over_is_left_alone() -> None:
    """Nothing that has been can be changed, and whoever looked before the last change is asked to look again."""
    told = come(Diary(short()), 4).go("break")
    for name in ("leave_out", "lengthen"):
        more = {"minutes": 1} if name == "lengthen" else {}
        assert refusal(told, name, block=1, **more) == "is_over"
    assert refusal(told, "put_in", after=1, minutes=5) == "is_over"
    assert refusal(told, "repeat", block=1, round=1) == "is_over"
    stale = {"leave_out": {"block": 3}, "put_in": {"after": 3, "minutes": 5}, "note": {"block": 3, "text": "Slower"}}
    for name, more in stale.items():
        with pytest.raises(Refused) as no:
            told.do(name, edits=told.state.edits - 1, **more)
        assert no.value.code == "programme_moved"
    for block in (-1, 6):
        assert refusal(told, "repeat", block=block) == "programme_moved"
    edit(told, "repeat", block=1)
    assert told.state.plan.programme[3].sessions == told.state.plan.programme[1].sessions
    told.go("closed")
    assert refusal(told, "put_in", after=6, minutes=5) == "closed"
    assert refusal(told, "lengthen", block=5, minutes=5) == "closed"


def test_a_programme_does_not_go_on_past_midnight() -> None:
    """Breaks can be put in until the day is full."""
    told = Diary(short())
    for _ in range(2):
        edit(told, "put_in", after=0, minutes=240)
    before = told.state
    assert refusal(told, "put_in", after=0, minutes=240) == "past_midnight"
    assert told.state is before


def test_a_question_gets_other_words_and_keeps_its_ideas() -> None:
    """A slip in a question is mended for everybody at once; undo brings the old words back."""
    told = come(Diary(short()), 4).go("round")
    told.do("send", who="p0", id="idea-0001", text="Words")
    place = told.state.ideas["idea-0001"].place
    question = told.state.question(place)
    told.do("mend", question=question.id, language="ro", text="  Mai bine?  ")
    assert told.state.question(place).text("ro")[0] == "Mai bine?"
    assert told.state.ideas["idea-0001"].question == question.id
    assert not told.do("mend", question=question.id, language="ro", text="Mai bine?")
    told.do("undo")
    assert told.state.question(place) == question
    with pytest.raises(Refused):
        told.do("mend", question="s9.1", language="ro", text="?")


def test_a_note_moves_with_its_block() -> None:
    """What the facilitator wrote about the second session is still about it when a break was put in before."""
    told = Diary(short()).go("round")
    edit(told, "note", block=1, text="Speak louder")
    edit(told, "note", block=1, text=" ")
    assert not told.state.notes
    told.do("undo")
    told.do("undo")
    edit(told, "note", block=3, text="Speak slower")
    edit(told, "put_in", after=1, minutes=5)
    assert dict(told.state.notes) == {4: "Speak slower"}
    told.do("undo")
    assert dict(told.state.notes) == {3: "Speak slower"}
    told.do("undo")
    assert not told.state.notes


def test_a_plan_file_that_was_changed_meanwhile_is_merged_or_refused() -> None:
    """What was changed in the café holds: a new title in the file is taken in, another programme there is not."""
    told = come(Diary(short()), 4).go("round")
    edit(told, "put_in", after=1, minutes=10)
    ours, file = told.state.plan.programme, msgspec.structs.replace(short(), title="Another title")
    told.do("revise", plan=file, text="")
    assert (told.state.plan.title, told.state.plan.programme) == ("Another title", ours)
    assert not told.do("revise", plan=file, text="")
    later = tuple(msgspec.structs.replace(block, at=block.at + 1) for block in file.programme)
    with pytest.raises(Refused) as no:
        told.do("revise", plan=msgspec.structs.replace(file, programme=later), text="")
    assert no.value.code == "both_changed"
    assert told.state.plan.programme == ours


def test_a_plan_file_changes_what_is_to_come_and_nothing_that_has_been() -> None:
    """Read in again in the break, the file's first session and its hours are passed over, its second one holds."""
    told = come(Diary(short()), 4).go("break")
    was = told.state.plan
    programme = tuple(msgspec.structs.replace(block, at=block.at + 5) for block in was.programme)
    sessions = {name: msgspec.structs.replace(each, title="Changed") for name, each in was.sessions.items()}
    told.do("revise", plan=msgspec.structs.replace(was, programme=programme, sessions=sessions), text="")
    assert told.state.plan.programme == (*was.programme[:3], *programme[3:])
    assert {session.title for session in told.state.plan.sessions.values()} == {"One", "Two"}
    later = {**was.sessions, "s3": msgspec.structs.replace(was.sessions["s1"], id="s3", title="Three")}
    last = msgspec.structs.replace(programme[3], sessions={"A": "s3", "B": "s3"})
    told.do("revise", plan=msgspec.structs.replace(was, programme=(*was.programme[:3], last), sessions=later), text="")
    assert [block.sessions.get("A", "") for block in told.state.plan.programme] == ["", "s1", "", "s3"]
    stands(told.state)


def test_phones_are_told_at_once() -> None:
    """A mended question and a round more are news for every phone."""
    told = come(Diary(short()), 4).go("round")
    before = snapshot.view(told.state, "p0", told.now)
    assert before.q
    told.do("mend", question=before.q.id, language="ro", text="Altfel?")
    mended = snapshot.view(told.state, "p0", told.now)
    assert mended.q
    assert (mended.q.text, mended.texts["question"]) == ("Altfel?", "Altfel?")
    edit(told, "repeat", block=1, round=1)
    more = snapshot.view(told.state, "p0", told.now)
    assert more.rounds == before.rounds + 1
    assert not snapshot.alike(before, mended)
    assert not snapshot.alike(mended, more)
