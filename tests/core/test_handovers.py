"""What a table may leave for the next people, by the rules alone."""

import pytest

from cafe.rules import Refused
from cafe.rules.handovers import MOST_PHOTOS
from cafe.state import Place
from tests.afternoon import Diary, short

PHOTO = "ab" * 12


def started() -> Diary:
    """Twelve people sit at five tables in the first round."""
    diary = Diary(short())
    for number in range(12):
        diary.do("join", who=f"p{number}", language="ro")
    return diary.go("round")


def at(diary: Diary, table: int) -> list[str]:
    """Who sits at a table now."""
    places = {who: diary.state.place(who) for who in diary.state.participants}
    return [who for who, place in places.items() if place and place.table == table]


def no(diary: Diary, command: str, **given: object) -> str:
    with pytest.raises(Refused) as refused:
        diary.do(command, **given)
    return refused.value.code


def test_the_next_people_find_what_was_left() -> None:
    """What somebody left at table 1 in round 1 is what the people of round 2 find there, and nobody elsewhere."""
    diary = started()
    diary.do("hand_over", who=at(diary, 1)[0], text="We began with the costs.")
    diary.go("move")
    diary.do("next", step=diary.state.step)
    here = diary.state.place(at(diary, 1)[0])
    there = diary.state.place(at(diary, 2)[0])
    assert here
    assert there
    found = diary.state.handed_to(here)
    assert found
    assert found.text == "We began with the costs."
    assert diary.state.handed_to(there) is None


def test_the_first_who_writes_does_it_for_the_table() -> None:
    """Without a host the first at a table leaves its word; others there are thanked, until it is taken back."""
    diary = started()
    one, other, *_ = at(diary, 1)
    diary.do("hand_over", who=one, text="First.")
    assert no(diary, "hand_over", who=other, text="Mine!") == "others_hand_over"
    assert no(diary, "photograph", who=other, id=PHOTO) == "others_hand_over"
    diary.do("hand_over", who=one, text="First, better.")
    diary.do("hand_over", who=one, text="")
    diary.do("hand_over", who=other, text="Mine!")
    assert [said.text for said in diary.state.handovers.values()] == ["Mine!"]


def test_a_host_speaks_for_the_table() -> None:
    """Where a table has a host, the others there cannot leave its word, and the host may write over it."""
    diary = started()
    one, other, *_ = at(diary, 1)
    diary.do("hand_over", who=other, text="Early.")
    diary.do("host", who=one, table=1)
    assert no(diary, "hand_over", who=other, text="Again.") == "others_hand_over"
    diary.do("hand_over", who=one, text="The host's.")
    assert [said.text for said in diary.state.handovers.values()] == ["The host's."]


def test_it_can_be_changed_until_the_next_round_begins() -> None:
    """During the move it may still be mended; words written for the last round never land in the next one."""
    diary = started()
    one = at(diary, 1)[0]
    place = diary.state.place(one)
    assert place
    diary.do("hand_over", who=one, text="Early.", place=place.word)
    diary.go("move")
    diary.do("hand_over", who=one, text="Late.", place=place.word)
    diary.do("next", step=diary.state.step)
    assert no(diary, "hand_over", who=one, text="Too late.", place=place.word) == "handed_on"
    assert diary.state.handovers[place].text == "Late."


def test_the_facilitator_hides_it_and_takes_that_back() -> None:
    """A hidden word reaches nobody, also when its author mends it; undo brings it back."""
    diary = started()
    one = at(diary, 1)[0]
    place = diary.state.place(one)
    assert place
    nxt = place._replace(round=2)
    assert no(diary, "keep_back", place=place.word, hidden=True) == "no_hand_over"
    diary.do("hand_over", who=one, text="Rude.")
    diary.do("keep_back", place=place.word, hidden=True)
    diary.do("hand_over", who=one, text="Ruder.")
    assert diary.state.handed_to(nxt) is None
    assert diary.do("keep_back", place=place.word, hidden=True) == ()
    diary.do("undo")
    assert diary.state.handed_to(nxt) is not None
    assert diary.do("keep_back", place=place.word, hidden=False) == ()
    for hidden in (True, False):
        diary.do("keep_back", place=place.word, hidden=hidden)
        assert (diary.state.handed_to(nxt) is None) == hidden


def test_photographs_have_an_end() -> None:
    """A table takes four photographs in a round, the same one twice is one, and their sender can take them back."""
    diary = started()
    one = at(diary, 1)[0]
    assert no(diary, "photograph", who=one, id="../../etc/passwd") == "bad_id"
    for number in range(MOST_PHOTOS):
        diary.do("photograph", who=one, id=f"{number:024}")
    assert diary.do("photograph", who=one, id=f"{0:024}") == ()
    assert no(diary, "photograph", who=one, id=PHOTO) == "enough_photos"
    diary.do("photographs_back", who=one)
    assert not diary.state.photos


def test_nobody_speaks_for_a_table_without_one() -> None:
    """Strangers, people in a break and a closed café leave no word."""
    diary = Diary(short())
    diary.do("join", who="p0", language="ro")
    assert no(diary, "hand_over", who="p0", text="x") == "handed_on"
    assert no(diary, "hand_over", who="nobody", text="x") == "not_joined"
    diary.go("closed")
    assert no(diary, "hand_over", who="p0", text="x") == "closed"


def test_after_closing_nobody_can_tell_who_left_what() -> None:
    """When the café closes, the authors of hand-overs and photographs are cut off like those of ideas."""
    diary = started()
    one = at(diary, 1)[0]
    diary.do("hand_over", who=one, text="Ours.")
    diary.do("photograph", who=one, id=PHOTO)
    diary.go("closed")
    assert {said.by for said in diary.state.handovers.values()} == {""}
    assert {photo.by for photo in diary.state.photos.values()} == {""}


def test_a_word_of_a_place_is_read_back() -> None:
    """The word that phones send for a table and round means that table and round, and nothing else does."""
    place = Place(1, "s.1", 2, 3)
    assert Place.read(place.word) == place
    for word in ("", "1.2.3", "x.s1.1.1", "1.s1.1.-1", "1.s1.1.9999999"):
        assert Place.read(word) is None


def test_the_facilitator_takes_a_photograph_out_and_in_again() -> None:
    """One photograph is taken out while the others stay; undo brings it back, and its table may send another one."""
    diary = started()
    one = at(diary, 1)[0]
    for number in range(MOST_PHOTOS):
        diary.do("photograph", who=one, id=f"{number:024}")
    diary.do("stand_photo", id=f"{0:024}", hidden=True)
    assert diary.do("stand_photo", id=f"{0:024}", hidden=True) == ()
    out = [id for id, photo in diary.state.photos.items() if photo.hidden]
    assert out == [f"{0:024}"]
    diary.do("photograph", who=one, id=PHOTO)
    diary.do("undo")
    assert not any(photo.hidden for photo in diary.state.photos.values())
    assert no(diary, "stand_photo", id="f" * 24, hidden=True) == "no_such_photo"


def test_a_photograph_that_is_out_at_the_end_goes() -> None:
    """Closing forgets what was taken out; what is taken out after it goes at once, and nothing brings it back."""
    diary = started()
    one = at(diary, 1)[0]
    for number in range(2):
        diary.do("photograph", who=one, id=f"{number:024}")
    diary.do("stand_photo", id=f"{0:024}", hidden=True)
    diary.go("closed")
    assert set(diary.state.photos) == {f"{1:024}"}
    diary.do("stand_photo", id=f"{1:024}", hidden=True)
    assert not diary.state.photos
    assert no(diary, "undo") == "nothing_to_undo"
