"""What may happen in a café, and what is politely refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafe import events as e
from cafe.clock import remaining
from cafe.plan import MINUTE, Plan
from cafe.rules import COMMANDS, REFUSALS, Refused
from cafe.rules.programme import due, slip, standing
from cafe.state import NEXT
from tests.afternoon import Diary, Press, afternoons, command, plans, short


def refusal(told: Diary, name: str, /, **given: object) -> str:
    """The reason for which a command is refused."""
    before, records = told.state, len(told.records)
    with pytest.raises(Refused) as no:
        told.do(name, **given)
    assert told.state is before
    assert len(told.records) == records
    return no.value.code


def joined(told: Diary, *people: str) -> Diary:
    for who in people:
        told.do("join", who=who, language="ro")
    return told


@given(plans, afternoons)
def test_no_press_of_anybody_breaks_anything(plan: Plan, day: list[Press]) -> None:
    """Whatever is pressed, it happens or it is refused with a reason that can be said; nothing else."""
    told, said = Diary(plan), set[str]()
    for press in day:
        told.now += press.wait
        name, given_ = command(press, told.state)
        try:
            facts = COMMANDS[name].decide(told.state, told.now, **given_)
        except Refused as no:
            said.add(no.code)
        else:
            told.put(*facts)
        assert due(told.state, told.now) is None or told.state.phase != "closed"
        slip(told.state, told.now)
    assert said <= set(REFUSALS)


@given(plans, afternoons)
def test_phases_follow_their_table(plan: Plan, day: list[Press]) -> None:
    """Going on leads only where the table of phases says, from the lobby to the end."""
    told = Diary(plan)
    for press in [*day, *[Press("next", 0, 1, 1000)] * 30]:
        before = told.state.phase
        facts = told.press(press)
        if facts and press.what == "next":
            assert told.state.phase in NEXT[before]
        elif facts and press.what not in ("undo", "catch_up"):
            assert told.state.phase == before
    assert told.state.phase == "closed"


@given(plans, afternoons)
def test_undo_brings_back_what_held_before(plan: Plan, day: list[Press]) -> None:
    """Taking back every action in turn ends where the facilitator began; nobody's idea is lost by it."""
    told = Diary(plan)
    held = [(told.state.position, told.state.wall)]
    for press in day:
        before = told.state
        facts = told.press(press)
        if any(fact.kind == "undone" for fact in facts):
            position, wall = held.pop()
            assert (told.state.position, told.state.wall) == (position, wall)
        elif len(told.state.undo) > len(before.undo) or (facts and told.state.undo[-1:] != before.undo[-1:]):
            held.append((before.position, before.wall))
        if told.state.closed:
            return
    ideas = set(told.state.ideas)
    for _ in range(len(told.state.undo)):
        told.do("undo")
        assert (told.state.position, told.state.wall) == held.pop()
    assert refusal(told, "undo") == "nothing_to_undo"
    assert set(told.state.ideas) == ideas


def test_undo_brings_a_hidden_idea_back() -> None:
    """An idea that was hidden by mistake stands again as it stood."""
    told = joined(Diary(short()), "p1").go("round")
    told.do("send", who="p1", id="idea-0001", text="Words")
    told.do("stand", id="idea-0001", standing="hidden")
    assert told.state.shown == 0
    told.do("undo")
    assert told.state.ideas["idea-0001"].standing == "shown"
    assert told.state.shown == 1


def test_what_was_taken_back_is_neither_hidden_nor_shown() -> None:
    """An idea that its author took back, or that never was, is nothing that the facilitator could let through."""
    told = joined(Diary(short()), "p1").go("round")
    told.do("send", who="p1", id="idea-0001", text="Words")
    told.do("take_back", who="p1", id="idea-0001")
    for id in ("idea-0001", "idea-0002"):
        assert refusal(told, "stand", id=id, standing="shown") == "no_such_idea"


def test_undo_brings_back_the_deadline_and_not_what_was_left() -> None:
    """A pause that was a slip costs nothing: the round ends when it would have ended."""
    told = Diary(short()).go("round")
    ends = told.state.position.tracks[0].clock.ends
    told.now += MINUTE
    told.do("pause")
    told.now += MINUTE
    told.do("undo")
    assert told.state.position.tracks[0].clock.ends == ends


def test_two_who_press_at_once_go_on_once() -> None:
    """Who names a step that has been left is refused."""
    told = Diary(short())
    step = told.state.step
    told.do("next", step=step)
    assert refusal(told, "next", step=step) == "already_left"
    assert refusal(told, "fit", step=step) == "already_left"


def test_nothing_can_be_undone_past_the_last_twenty() -> None:
    """The facilitator's last twenty actions can be taken back."""
    told = Diary(short())
    for number in range(25):
        told.do("wall", ideas=("all", "none")[number % 2])
    for _ in range(20):
        told.do("undo")
    assert refusal(told, "undo") == "nothing_to_undo"


# ---------------------------------------------------------------------------------------------------- ideas


def test_the_same_idea_again_changes_nothing_ever() -> None:
    """A phone that was not told asks again and is told the same, in any phase, also when the café is closed."""
    told = joined(Diary(short()), "p1", "p2").go("round")
    idea = {"who": "p1", "id": "idea-0001", "text": "Words"}
    told.do("send", **idea)
    for _ in range(12):
        assert told.do("send", **idea) == ()
        if not told.state.closed:
            told.do("next", step=told.state.step)
    assert told.state.closed
    assert told.do("send", **idea) == ()
    assert refusal(told, "send", **{**idea, "text": "Others"}) == "other_text"
    assert refusal(told, "send", who="p1", id="idea-0002", text="New") == "closed"
    assert refusal(told, "change", who="p1", id="idea-0001", text="Others") == "closed"


def test_another_text_or_person_under_one_id_is_refused() -> None:
    """An id belongs to one idea of one person."""
    told = joined(Diary(short()), "p1", "p2").go("round")
    told.do("send", who="p1", id="idea-0001", text="Words")
    assert refusal(told, "send", who="p2", id="idea-0001", text="Words") == "other_text"
    assert refusal(told, "send", who="p1", id="idea-0001", text="Others") == "other_text"
    assert refusal(told, "send", who="p9", id="idea-0009", text="Words") == "not_joined"
    assert refusal(told, "send", who="p1", id="x", text="Words") == "bad_id"
    assert refusal(told, "send", who="p1", id="idea-0003", text=" ") == "empty"


def test_an_idea_from_an_outbox_is_late_and_stays_with_its_round() -> None:
    """What arrives after its round belongs to the round and table where it was written."""
    told = joined(Diary(short()), "p1").go("round")
    place = told.state.place("p1")
    assert place
    told.go("break")
    told.do("send", who="p1", id="idea-0001", text="Words", place=place.word)
    idea = told.state.ideas["idea-0001"]
    assert (idea.place, idea.late) == (place, True)


def test_a_question_that_was_never_open_takes_nothing() -> None:
    """Before the first round there is nothing to answer."""
    told = joined(Diary(short()), "p1")
    assert refusal(told, "send", who="p1", id="idea-0001", text="Words") == "never_open"
    assert refusal(told, "send", who="p1", id="idea-0001", text="Words", place="1.s1.1.1") == "never_open"


def test_words_that_wait_wait_again_when_they_are_changed() -> None:
    """Where ideas are let through one by one, nobody can put other words under one that stands."""
    told = joined(Diary(short("held")), "p1").go("round")
    told.do("send", who="p1", id="idea-0001", text="Kind words")
    told.do("stand", id="idea-0001", standing="shown")
    told.do("change", who="p1", id="idea-0001", text="Other words")
    assert told.state.ideas["idea-0001"].standing == "held"
    told.do("stand", id="idea-0001", standing="hidden")
    told.do("change", who="p1", id="idea-0001", text="Others still")
    assert told.state.ideas["idea-0001"].standing == "hidden"


# --------------------------------------------------------------------------------------------------- clocks


def test_pause_keeps_what_is_left() -> None:
    """Ten minutes of pause move the end by ten minutes."""
    told = Diary(short()).go("round")
    ends = told.state.position.tracks[0].clock.ends
    told.do("pause")
    assert refusal(told, "pause") == "nothing_runs"
    told.now += 10 * MINUTE
    told.do("resume")
    assert told.state.position.tracks[0].clock.ends == ends + 10 * MINUTE
    assert refusal(told, "resume") == "nothing_stands"


def test_a_minute_that_is_given_in_overtime_begins_now() -> None:
    """After three minutes of overtime one more minute is one minute, not minus two."""
    told = Diary(short()).go("round")
    told.now += 8 * MINUTE
    assert refusal(told, "add", minutes=-1) == "no_time_left"
    told.do("add", minutes=1)
    assert remaining(told.state.position.tracks[0].clock, told.now) == MINUTE


def test_catching_up_takes_the_deadlines_of_before() -> None:
    """After an absence the wall clock's time can be had instead of what was left."""
    told = Diary(short()).go("round")
    before = told.state.position
    told.now += 4 * MINUTE
    told.put(e.Returned(3 * MINUTE, standing(before, told.now - 3 * MINUTE)))
    assert told.state.position.tracks[0].clock.left == 4 * MINUTE
    told.do("catch_up")
    assert told.state.position == before
    assert refusal(told, "catch_up") == "nothing_came_back"


def test_the_clock_leads_nobody_past_a_round_that_still_runs() -> None:
    """With one session shorter than the other, the block lasts as long as the longer one."""
    told = Diary(short(move=0)).go("round")
    fewer = tuple(track if track.session == "s1" else _with_rounds(track, 1) for track in told.state.position.tracks)
    told.put(e.Fitted(e.Position(told.state.position.block, told.now, fewer)))
    told.now += 5 * MINUTE
    told.do("next", step=told.state.step)
    longer = next(t for t in told.state.position.tracks if t.session == "s1")
    assert longer.round == 2
    assert due(told.state, told.now) == longer.clock.ends


def _with_rounds(track: e.Track, rounds: int) -> e.Track:
    from msgspec.structs import replace

    return replace(track, rounds=rounds)


# -------------------------------------------------------------------------------------------------- hosting


def test_a_host_stays_in_the_session_that_comes() -> None:
    """Who volunteers in the lobby sits at that table in every round of the next session."""
    told = joined(Diary(short()), "p1", "p2", "p3")
    told.do("host", who="p1", table=3)
    assert {taken["p1"] for key, taken in told.state.seats.items() if key.block == 1 and "p1" in taken} == {3}
    told.do("host", who="p1", table=2)
    assert dict(told.state.hosts) == {2: "p1"}
    assert refusal(told, "host", who="p1", table=5) == "no_such_table"
    assert refusal(told, "host", who="p9", table=1) == "not_joined"


def test_i_am_seated_means_something_on_the_way_alone() -> None:
    """A phone that says it at another time, or once more, changes nothing; who is not in is refused."""
    told = joined(Diary(short()), "p1")
    for phase in ("lobby", "welcome", "round"):
        assert told.go(phase).do("settle", who="p1") == ()
    assert told.go("move").do("settle", who="p1")
    assert told.do("settle", who="p1") == ()
    assert refusal(told, "settle", who="p9") == "not_joined"


def test_words_cannot_be_hidden_in_a_language() -> None:
    """A phone's language is a tag; anything else is the plan's."""
    told = Diary(short())
    told.do("join", who="p1", language="Ana Pop, 0722 000 000")
    assert told.state.participants["p1"].language == "ro"
    assert told.do("read_in", who="p1", language="my name is") == ()
    told.do("read_in", who="p1", language="pt-BR")
    assert told.state.participants["p1"].language == "pt-BR"


@settings(max_examples=30)
@given(st.sampled_from(sorted(COMMANDS)))
def test_every_command_says_what_it_takes(name: str) -> None:
    """A command from a remote with an argument that is not its own is refused before anything happens."""
    import msgspec

    with pytest.raises(msgspec.ValidationError):
        COMMANDS[name].check({"surprise": 1})
