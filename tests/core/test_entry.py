"""Ideas of people without a phone, by the rules alone: they count the same."""

import pytest

from cafe.rules import Refused
from cafe.rules.entry import places
from tests.afternoon import Diary, short


def started() -> Diary:
    diary = Diary(short())
    for number in range(10):
        diary.do("join", who=f"p{number}", language="ro")
    return diary.go("round")


def no(diary: Diary, command: str, **given: object) -> str:
    with pytest.raises(Refused) as refused:
        diary.do(command, **given)
    return refused.value.code


def test_a_table_device_speaks_for_its_table() -> None:
    """What is typed on the device of table 4 stands at table 4, of its group and question, without an author."""
    diary = started()
    diary.do("tell", id="device-01", text="From the tablet", table=4)
    idea = diary.state.ideas["device-01"]
    assert (idea.place.table, idea.group, idea.source, idea.by, idea.late) == (4, "B", "table", "", False)
    assert idea.counts
    assert diary.do("tell", id="device-01", text="From the tablet", table=4) == ()
    assert no(diary, "tell", id="device-01", text="Other words", table=4) == "other_text"
    assert no(diary, "tell", id="device-02", text="x", table=9) == "never_open"
    diary.do("send", who="p0", id="phone-01", text="Withdrawn")
    diary.do("take_back", who="p0", id="phone-01")
    for number, on in ((2, "device-01"), (3, "phone-01"), (4, "nowhere-1")):
        diary.do("tell", id=f"device-0{number}", text="More", table=4, on=on)
    assert [diary.state.ideas[f"device-0{number}"].on for number in (2, 3, 4)] == ["device-01", "", ""]


def test_a_device_that_was_offline_delivers_to_the_round_of_before() -> None:
    """An idea that waited on the device while the round changed stands where it was written, marked late."""
    diary = started()
    word = places(diary.state, 1)[0].word
    diary.go("move")
    diary.do("next", step=diary.state.step)
    diary.do("tell", id="device-01", text="Waited", table=1, place=word)
    assert diary.state.ideas["device-01"].place.round == 1
    assert diary.state.ideas["device-01"].late
    diary.do("tell", id="device-02", text="Other table's word", table=1, place=word.replace(".1.1", ".1.2"))
    assert diary.state.ideas["device-02"].place.table == 1


def test_nobody_takes_an_idea_over_by_its_id() -> None:
    """The device cannot repeat a phone's idea under its id, nor can a phone mend the device's."""
    diary = started()
    diary.do("send", who="p0", id="phone-01", text="Mine")
    assert no(diary, "tell", id="phone-01", text="Mine", table=1) == "other_text"
    diary.do("tell", id="device-01", text="Ours", table=1)
    assert no(diary, "change", who="p0", id="device-01", text="Taken") == "not_yours"


def test_a_host_writes_for_somebody_without_a_phone() -> None:
    """A host's phone marks such an idea as entered by the host, even one that was on its way when they stopped being
    one; from other phones the mark means nothing.
    """
    diary = started()
    diary.do("host", who="p0", table=1)
    diary.do("send", who="p0", id="host-0001", text="Said aloud", other=True)
    diary.do("send", who="p1", id="phone-001", text="Mine", other=True)
    assert diary.state.ideas["host-0001"].source == "host"
    assert diary.state.ideas["phone-001"].source == "phone"
    diary.do("unhost", table=1)
    diary.do("send", who="p0", id="host-0002", text="Said aloud too, sent before and on its way since", other=True)
    assert diary.state.ideas["host-0002"].source == "host"


def test_paper_cards_come_after_the_cafe_closed() -> None:
    """Cards are entered into a closed café, for any round of the plan; a table's device cannot write there any more."""
    diary = started()
    diary.go("closed")
    diary.do("enter", id="paper-001", text="On a card", place=places(diary.state, 5)[0].word, source="paper")
    idea = diary.state.ideas["paper-001"]
    assert (idea.source, idea.late, idea.counts) == ("paper", False, True)
    assert diary.do("enter", id="paper-001", text="On a card", place=idea.place.word, source="paper") == ()
    assert no(diary, "tell", id="device-01", text="x", table=1) == "closed"
    assert no(diary, "enter", id="paper-002", text="x", place="1.s1.1.4") == "never_open"
    for id, language, kept in (("paper-003", "nl", "nl"), ("paper-004", "Ana Pop", "ro")):
        diary.do("enter", id=id, text="Op papier", place=idea.place.word, source="paper", language=language)
        assert diary.state.ideas[id].language == kept
    assert no(diary, "enter", id="paper-002", text="x", place="nonsense") == "never_open"


def test_a_tables_rounds_begin_with_the_running_one() -> None:
    """Whoever types for a table is offered its present round first, then those of before, then those to come."""
    diary = started()
    diary.go("move")
    diary.do("next", step=diary.state.step)
    assert [(at.block, at.round) for at in places(diary.state, 1)] == [(1, 2), (1, 1), (3, 1), (3, 2)]
    assert places(diary.state, 0) == places(diary.state, 6) == []
