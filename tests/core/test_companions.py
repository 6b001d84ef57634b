"""Companions: people of a list who go the whole way together, on paper, in the seating and on the day."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cafe import events as e
from cafe.cli.seats import command as seats_command
from cafe.rules.evening import offers
from cafe.seating.handout import listed
from cafe.seating.people_csv import People, read_people
from cafe.state import RoundKey
from tests.afternoon import Diary, short
from tests.core.test_seating import hall

TRIO = "name,together,languages\nAna,Ion,\nIon,,ro\nEva,ion,\n" + "".join(f"P{n},,\n" for n in range(15))


def people(text: str = TRIO) -> People:
    read = read_people(text)
    assert not read.mistakes
    return read


def key(round: int) -> RoundKey:
    return RoundKey(0, "s1", round)


def test_companions_of_a_companion_go_along() -> None:
    """Ana goes with Ion and Eva with Ion: the three go together, however the list writes their names."""
    assert people().together() == (frozenset({"Ana", "Ion", "Eva"}),)
    assert people("name,together\nAna,Ion\nEva,Lia\nIon,\nLia,Ana\n").together() == (
        frozenset({"Ana", "Ion", "Eva", "Lia"}),
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("name,together\nAna,Ion\n", "2: Ana is to sit together with Ion, who is not in the list."),
        ("name,together\nAna,ana\n", "2: Ana cannot sit together with themselves."),
    ],
)
def test_a_companion_who_is_nobody_is_told(rows: str, said: str) -> None:
    """A name that is not in the list, or one's own, is a mistake with its line."""
    assert [str(mistake) for mistake in read_people(rows).mistakes] == [said]


def test_the_command_seats_companions_at_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`cafe seats` keeps them together in every round, and says what cannot be when they are also to be apart."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    file = tmp_path / "people.csv"
    words = ["--people", str(file), "--tables", "4", "--rounds", "3"]
    file.write_text(TRIO, "utf-8")
    done = CliRunner().invoke(seats_command, [*words, "--json"])
    assert all(seated["Ana"] == seated["Ion"] == seated["Eva"] for seated in json.loads(done.stdout)["rounds"])
    file.write_text("name,together,apart\nAna,Ion,Ion\nIon,,\nEva,,\nLia,,\nDan,,\n", "utf-8")
    done = CliRunner().invoke(seats_command, words)
    assert (done.exit_code, "are to sit together and also apart" in done.stderr) == (2, True)


def test_companions_have_one_card_and_tables_stay_even() -> None:
    """Each of them has a paper card, all with the same number and way; nobody else has that number."""
    handout = listed(hall(4, 3, 6), people())
    numbers = {each.name: each.number for each in handout.expected}
    assert len(numbers) == 18
    assert numbers["Ana"] == numbers["Ion"] == numbers["Eva"]
    assert len(set(numbers.values())) == 16
    assert handout.broken == 0
    assert not set(numbers.values()) & {each.number for each in handout.cards[-handout.surplus :]}
    for round in (1, 2, 3):
        tables = [seat.table for each in handout.expected for seat in each.seats if seat.round == round]
        assert sorted(tables.count(table) for table in (1, 2, 3, 4)) == [4, 4, 5, 5]


def test_a_hosts_companion_stays_and_does_not_host() -> None:
    """Who goes together with a host sits at that table all day as a guest."""
    handout = listed(hall(4, 3, 6), people("name,host,together\nAna,2,\nIon,,Ana\nEva,,\n"))
    found = {each.name: (each.number, each.stays, each.host) for each in handout.expected}
    assert (found["Ana"], found["Ion"]) == ((0, 2, True), (0, 2, False))


def test_companions_are_in_one_group() -> None:
    """Whether the list names a group for one of them or for none, they are in the same one."""
    rows = "name,group,together\nAna,B,\nIon,,Ana\nEva,,Lia\nLia,,\n" + "".join(f"P{n},,P{n ^ 1}\n" for n in range(8))
    groups = {each.name: each.group for each in listed(short(), people(rows)).expected}
    assert groups["Ana"] == groups["Ion"] == "B"
    assert groups["Eva"] == groups["Lia"]
    assert all(groups[f"P{n}"] == groups[f"P{n ^ 1}"] for n in range(8))


def day(others: int = 9, card: int = 3) -> Diary:
    """Ana and Ion go together on one card; with them others come to four tables."""
    told = Diary(hall(4, 3, 5))
    told.put(e.Expected("ana", "A", card, together=("ion",)), e.Expected("ion", "A", card, together=("ana",)))
    for number in range(others):
        told.do("join", who=f"p{number}", language="ro")
    return told


def test_both_come_with_the_number_of_their_card() -> None:
    """The first phone that gives the number is the one, the second is the other; nobody else gets their card, also when
    one of them is forgotten.
    """
    told = day()
    told.do("join", who="phone1", language="ro", card=3)
    told.do("join", who="phone2", language="ro", card=3)
    assert {"ana", "ion"} <= set(told.state.participants)
    assert together(told)
    told.do("forget", who="ion")
    assert 3 in told.state.reserved
    told.do("forget", who="ana")
    assert 3 not in told.state.reserved


def together(told: Diary) -> bool:
    """Whether the two sit at one table in each round."""
    return all(told.state.table("ana", key(n)) == told.state.table("ion", key(n)) != 0 for n in (1, 2, 3))


@pytest.mark.parametrize("others", [6, 8, 9, 12])
@pytest.mark.parametrize("card", [1, 2, 3, 5])
def test_companions_are_not_parted_by_the_room(others: int, card: int) -> None:
    """When their table is closed they go to another one together, and no proposal of the planner parts them."""
    told = day(others, card)
    for who in ("ana", "ion"):
        told.do("arrive", who=who)
    told.do("next", step=told.state.step)
    told.do("close_table", table=told.state.table("ana", key(2)))
    assert together(told)
    told.do("undo")
    for number in range(others):
        if told.state.table(f"p{number}", key(2)) == 1 + card % 4:
            told.do("leave", who=f"p{number}")
    for offer in offers(told.state):
        assert offer.seats.get("ana") == offer.seats.get("ion")
    assert card % 2 or offers(told.state)
