"""What may happen in a café, and what is politely refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafe import events as e
from cafe.clock import remaining
from cafe.fold import evolve
from cafe.plan import MINUTE, Plan
from cafe.rules import COMMANDS, REFUSALS, Refused
from cafe.rules.programme import due, slip, standing
from cafe.state import NEXT
from tests.afternoon import Diary, Press, afternoons, command, difference, plans, short


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


TRACES = {
    "rev", "edits",  # whoever decided on the room in between is told
    "began", "ended", "rounds", "rounds_ended", "hosted",  # what has begun has begun, and who was host has been
    "theme_numbers", "messages",  # no number is given twice, and what was said can be said again
    "phones_down", "staged", "theme_shown",  # a step takes these down, and they are put up anew by hand
}  # fmt: skip


@given(plans, afternoons)
def test_whatever_is_taken_back_at_once_leaves_the_room_as_it_was(plan: Plan, day: list[Press]) -> None:
    """Undo right after any key, on any page, brings back seats, hosts, tables, themes, words and clocks alike."""
    told = Diary(plan)
    for press in day:
        before = told.state
        told.press(press)
        if press.what == "undo" or not told.state.undo or told.state.undo[-1:] == before.undo[-1:]:
            continue
        after = told.state
        for fact in COMMANDS["undo"].decide(after, told.now):
            after = evolve(after, e.Record(0, after.room, "", 0, told.now, fact))
        assert set(difference(before, after)) <= TRACES | {"seats"}, told.state.undo[-1].what
        assert {at: taken for at, taken in after.seats.items() if taken} == {
            at: taken for at, taken in before.seats.items() if taken
        }


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
    assert refusal(told, "change", who="p1", id="idea-0002", text="Words") == "no_such_idea"
    assert refusal(told, "take_back", who="p1", id="idea-0002") == "no_such_idea"


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


def test_the_way_to_the_next_table_has_a_clock_of_its_own() -> None:
    """Two minutes to change tables, from the moment at which the round was ended."""
    told = joined(Diary(short()), "p1").go("round")
    told.now += 7 * MINUTE
    told.do("next", step=told.state.step)
    assert [remaining(track.clock, told.now) for track in told.state.position.tracks] == [2 * MINUTE] * 2
    assert {track.clock.mode for track in told.state.position.tracks} == {"run"}


def test_nothing_that_is_so_already_is_noted_once_more() -> None:
    """A key pressed twice leaves one step to take back: the wall, its language and phones stay as they are."""
    told = joined(Diary(short()), "p1").go("round")
    told.do("phones", down=True)
    assert told.do("phones", down=True) == ()
    assert told.do("wall", ideas=told.state.wall) == ()
    assert told.do("speak", language=told.state.language) == ()


def test_where_no_clock_runs_none_stands_still() -> None:
    """In a break nothing can be paused, run on, or be given a minute."""
    told = Diary(short()).go("break")
    assert refusal(told, "pause") == "nothing_runs"
    assert refusal(told, "resume") == "nothing_stands"
    assert refusal(told, "add", minutes=1) == "nothing_runs"


def test_phones_are_laid_down_only_where_nobody_needs_them() -> None:
    """Not while people come in or find their table, and not after the end."""
    told = Diary(short())
    assert refusal(told, "phones", down=True) == "phones_needed"
    assert refusal(told.go("move"), "phones", down=True) == "phones_needed"
    assert refusal(told.go("closed"), "phones", down=True) == "closed"


def test_a_talk_is_chosen_while_it_is_given() -> None:
    """Before and after it, and for a number that it has not, nobody goes to a talk; the same one again is no news."""
    told = joined(Diary(short()), "p1")
    assert refusal(told, "attend", who="p1", talk=1) == "no_such_talk"
    told.go("talk")
    assert told.do("attend", who="p1", talk=2)
    assert told.do("attend", who="p1", talk=2) == ()
    assert refusal(told, "attend", who="p1", talk=3) == "no_such_talk"
    assert refusal(told, "attend", who="p9", talk=1) == "not_joined"
    assert refusal(told.go("closed"), "attend", who="p1", talk=1) == "no_such_talk"


def test_what_somebody_thinks_of_the_day_replaces_what_they_thought() -> None:
    """The same answers again are no news, others take their place, under an id as phones make them."""
    told = joined(Diary(short()), "p1")
    assert refusal(told, "feed_back", who="p1", id="<script>", words={"took": "Courage"}) == "bad_id"
    told.do("feed_back", who="p1", id="feedback-01", words={"took": "Courage"})
    assert told.do("feed_back", who="p1", id="feedback-02", words={"took": " Courage "}) == ()
    told.do("feed_back", who="p1", id="feedback-02", words={"next": "A walk"})
    assert {id: said.words for id, said in told.state.feedback.items()} == {"feedback-01": {"next": "A walk"}}
    assert refusal(told.go("closed"), "feed_back", who="p1", id="feedback-01", words={}) == "closed"


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
