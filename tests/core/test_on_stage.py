"""An idea on stage and a message to the room: what may stand large, what takes it down, and what undo brings back."""

import pytest

from cafe.fold import fold
from cafe.rules import Refused
from cafe.rules.wall import MESSAGE_UNITS
from tests.afternoon import Diary, same, short


def diary(wall: str = "live") -> Diary:
    """Two people in the first round, each with an idea; the second builds on the first."""
    day = Diary(short(wall, "questions", 2))
    for number in (1, 2):
        day.do("join", who=f"p{number}", language="ro")
    day.go("round")
    day.do("send", who="p1", id="idea-0001", text="A library that is open at night")
    day.do("send", who="p2", id="idea-0002", text="With a key for each workshop", on="idea-0001")
    return day


def test_an_idea_stands_large_until_it_is_taken_down() -> None:
    """One idea stands large at a time; the same command takes it down, and undo goes back step by step."""
    day = diary()
    day.do("stage", id="idea-0001")
    day.do("stage", id="idea-0002")
    assert day.state.staged == "idea-0002"
    assert not day.do("stage", id="idea-0002")
    day.do("undo")
    assert day.state.staged == "idea-0001"
    day.do("stage", id="")
    assert day.state.staged == ""
    day.do("undo")
    assert day.state.staged == "idea-0001"


@pytest.mark.parametrize("wall", ["live", "after", "held"])
def test_only_what_everybody_may_see_stands_large(wall: str) -> None:
    """A hidden, held or withdrawn idea cannot be enlarged, nor one of a round that must not be shown yet."""
    day = diary(wall)
    if wall == "live":
        day.do("stand", id="idea-0001", standing="hidden")
    with pytest.raises(Refused) as no:
        day.do("stage", id="idea-0001")
    assert no.value.code == "not_shown"
    day.do("take_back", who="p2", id="idea-0002")
    for id in ("idea-0002", "idea-0009"):
        with pytest.raises(Refused) as no:
            day.do("stage", id=id)
        assert no.value.code == "no_such_idea"


def test_what_stands_large_stays_when_somebody_else_is_forgotten() -> None:
    """Who asks to be forgotten takes their own idea off the stage, and nobody's else."""
    day = diary()
    day.do("stage", id="idea-0001")
    day.do("forget", who="p2")
    assert day.state.staged == "idea-0001"


def test_a_round_that_was_ended_by_a_slip_keeps_its_ideas_to_itself_again() -> None:
    """Where ideas stand on the wall after their round alone, undo of its end takes them down."""
    day = diary("after")
    idea = day.state.ideas["idea-0001"]
    day.do("next", step=day.state.step)
    assert day.state.may_stand(idea)
    day.do("undo")
    assert not day.state.may_stand(idea)


@pytest.mark.parametrize("end", ["hidden", "held", "back", "changed", "forgotten", "next"])
def test_what_may_not_be_seen_any_more_leaves_the_stage_at_once(end: str) -> None:
    """Hidden, held, taken back, forgotten: the idea is off the stage, and undo or showing it does not bring it up."""
    day = diary("held" if end == "changed" else "live")
    day.do("stand", id="idea-0001", standing="shown")
    day.do("stage", id="idea-0001")
    match end:
        case "back":
            day.do("take_back", who="p1", id="idea-0001")
        case "changed":
            day.do("change", who="p1", id="idea-0001", text="Quite another thing")
        case "forgotten":
            day.do("forget", who="p1")
        case "next":
            day.do("next", step=day.state.step)
        case standing:
            day.do("stand", id="idea-0001", standing=standing)
    assert day.state.staged == ""
    if end in ("hidden", "held", "next"):
        day.do("undo")
        assert day.state.staged == ""
    assert same(fold(day.records)["room"], day.state)


def test_a_question_to_the_speaker_is_seen_by_all_only_on_stage() -> None:
    """The facilitator alone reads what is asked in a talk, and lets one through by putting it on stage."""
    day = diary()
    day.go("talk")
    day.do("attend", who="p1", talk=1)
    day.do("send", who="p1", id="idea-0100", text="Who pays for it?")
    asked = day.state.ideas["idea-0100"]
    assert asked.to_speaker
    assert not asked.counts
    day.do("stage", id="idea-0100")
    assert day.state.staged == "idea-0100"
    day.do("stand", id="idea-0100", standing="hidden")
    assert day.state.staged == ""


def test_pausing_leaves_the_idea_where_it_is() -> None:
    """Only another step of the programme clears the stage; a pause or a minute more does not."""
    day = diary()
    day.do("stage", id="idea-0001")
    day.do("pause")
    day.do("add", minutes=1)
    assert day.state.staged == "idea-0001"


def test_a_message_is_clean_and_can_be_taken_back() -> None:
    """What the facilitator tells stands on one line, without controls; undo brings back what stood before."""
    day = diary()
    day.do("message", text="  Coffee\nis \x1b[31mhere ", to="both")
    first = day.state.message
    assert first
    assert (first.text, first.to, first.at) == ("Coffee is here", "both", day.now)
    day.do("message", text="Two more minutes", to="wall")
    day.do("undo")
    assert day.state.message == first
    day.do("message", text="")
    assert day.state.message is None
    assert not day.do("message", text=" ")
    day.do("undo")
    assert day.state.message == first
    assert not any("Coffee" in idea.text for idea in day.state.ideas.values())


def test_a_message_that_is_too_long_or_empty_is_refused_in_words() -> None:
    """Nothing is cut short silently, and a message of nothing that can be seen is none."""
    day = diary()
    for text, code in (("x" * (MESSAGE_UNITS + 1), "long_message"), ("\u202e\u200b", "empty")):
        with pytest.raises(Refused) as no:
            day.do("message", text=text)
        assert no.value.code == code
    day.do("message", text="x" * MESSAGE_UNITS)


def test_the_last_five_messages_can_be_said_again() -> None:
    """The newest is the last; what is said again moves to the end and stands once."""
    day = diary()
    for number in range(7):
        day.do("message", text=f"Message {number}")
    day.do("message", text="Message 4")
    assert day.state.messages == ("Message 2", "Message 3", "Message 5", "Message 6", "Message 4")
