"""The real room: late people, leavers, hosts who go, tables that close; what has happened never changes."""

from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cafe.seating.heirs import heirs
from cafe.seating.planner import plan
from cafe.seating.problem import Person, Problem, Rules, Seats, Table, room
from cafe.seating.replan import News, Proposal, needs_choice
from cafe.seating.replan import replan as unjudged
from tests.core.seating_checker import happened, judge


def planned(*size: int, hosts: bool = True) -> tuple[Problem, Seats]:
    """A room and its seats."""
    problem = room(*size, hosts=hosts)
    return problem, plan(problem).seats


def replan(problem: Problem, seats: Seats, news: News, *, round: int, **options: Any) -> list[Proposal]:
    """The proposals, after the judge has seen in each that what has happened is the same to the byte."""
    found = unjudged(problem, seats, news, round=round, **options)
    for each in found:
        assert happened(seats, each.seats, round, news.arrivals) == []
    return found


def test_a_late_person_sits_down_at_once_and_nobody_else_moves() -> None:
    """Three leave and two come in round 1 of 40 at 8 tables: no announced seat changes, and nobody need choose."""
    problem, seats = planned(40, 8, 4)
    news = News(arrivals=(Person("Sam"), Person("Ana")), departures=("20", "27", "33"))
    proposals = replan(problem, seats, news, round=1)
    keep = proposals[0]
    assert (keep.kind, keep.changed, keep.uneven, keep.repeats) == ("keep", 0, 1, 0)
    assert not needs_choice(proposals)
    assert not judge(keep.problem, keep.seats).broken
    assert "Sam" in keep.seats[0]
    for before, after in zip(seats, keep.seats, strict=True):
        assert all(after[name] == table for name, table in before.items() if name in after)
    assert "20" in keep.seats[0]
    assert "20" not in keep.seats[1]


def test_sizes_are_made_even_by_as_few_moves_as_can_be() -> None:
    """Six leave: keeping all seats leaves tables of different sizes; evening them moves few, and tells the price."""
    problem, seats = planned(40, 8, 4)
    gone = ("9", "17", "25", "10", "18", "26")  # all of them from two tables
    keep, even = replan(problem, seats, News(departures=gone), round=1)
    assert (keep.kind, keep.changed) == ("keep", 0)
    assert keep.uneven > 1
    assert even.uneven <= 1
    assert 0 < even.changed <= 9
    moved = {change.person for change in even.changes if change.new}
    assert len(moved) <= even.changed
    assert not judge(even.problem, even.seats).broken


def test_what_has_happened_is_the_same_to_the_byte() -> None:
    """Rounds that are over come back byte for byte, whatever is proposed; who now stays, stays from then on."""
    problem, seats = planned(23, 5, 3)
    news = News(departures=("9", "12", "20"), stays={"14": seats[1]["14"]})
    for proposal in replan(problem, seats, news, round=2, kinds=("keep", "even", "mix")):
        assert msgspec.json.encode(proposal.seats[:2]) == msgspec.json.encode(seats[:2])
        assert proposal.seats[2]["14"] == seats[1]["14"]


def test_only_who_can_take_over_a_table_is_offered() -> None:
    """Who is pinned elsewhere, or whose companion is, and who is to sit apart from somebody who stays, is no heir."""
    problem, seats = planned(24, 6, 3)
    one, two, three, *_ = (name for name, table in seats[0].items() if table == "3" and name != "3")
    assert {one, two, three} <= set(heirs(problem, seats, "3", round=1))
    bound = msgspec.structs.replace(
        problem,
        people=(*problem.people, Person("guest", stays="3", arrives=2)),
        rules=Rules(frozenset([frozenset([three, "guest"])]), (frozenset([two, "24"]),)),
        pins={(2, one): "1", (3, "24"): "2"},
    )
    assert not {one, two, three} & set(heirs(bound, seats, "3", round=1))


def test_the_people_of_a_closed_table_find_places_and_the_others_stay() -> None:
    """Table 5 closes after round 1: only those who were to sit there change, and the others keep their seats."""
    problem, seats = planned(23, 5, 3, hosts=False)
    keep = replan(problem, seats, News(closed=("5",)), round=1)[0]
    seen = judge(keep.problem, keep.seats)
    assert not seen.broken
    assert all("5" not in seated.values() for seated in keep.seats[1:])
    assert {change.old for change in keep.changes} == {"5"}


def test_a_new_table_is_filled_when_sizes_are_made_even() -> None:
    """A sixth table opens: keeping leaves it empty, evening fills it."""
    problem, seats = planned(30, 5, 3, hosts=False)
    news = News(opened=(Table("6"),))
    keep, even = replan(problem, seats, news, round=1)
    assert keep.changed == 0
    assert list(even.seats[1].values()).count("6") == 5
    assert even.uneven <= 1


def test_a_choice_is_asked_for_only_when_a_limit_breaks() -> None:
    """With every chair taken one more person is over a limit: then people choose, and not before."""
    problem = room(20, 5, 3, seats=4)
    seats = plan(problem).seats
    full = replan(problem, seats, News(arrivals=(Person("Sam"),)), round=1)
    assert needs_choice(full)
    free = replan(problem, seats, News(arrivals=(Person("Sam"),), departures=("7",)), round=1)
    assert not needs_choice(free)


def test_a_table_whose_host_goes_has_heirs() -> None:
    """When a host leaves, those at the table are offered; the chosen one stays, all others keep their seats."""
    problem, seats = planned(24, 6, 3)
    here = [name for name, table in seats[0].items() if table == "3" and name != "3"]
    heir = heirs(problem, seats, "3", round=1)[0]
    assert heir in here
    keep = replan(problem, seats, News(departures=("3",), stays={heir: "3"}), round=1)[0]
    assert all(seated[heir] == "3" for seated in keep.seats)
    assert {change.person for change in keep.changes if change.new} == {heir}


def test_pins_hold() -> None:
    """A pinned seat is where it was pinned in every proposal."""
    problem, seats = planned(40, 8, 4)
    for proposal in replan(problem, seats, News(pins={(3, "30"): "1"}), round=1, kinds=("keep", "even", "mix")):
        assert proposal.seats[2]["30"] == "1"
        assert not judge(proposal.problem, proposal.seats).broken


def test_a_newcomer_goes_home_where_they_first_sat() -> None:
    """In the mode home a late person's last table is their first one."""
    problem = room(20, 5, 4, rules=Rules(mode="home"))
    keep = replan(problem, plan(problem).seats, News(arrivals=(Person("Sam"),)), round=2)[0]
    assert keep.seats[3]["Sam"] == keep.seats[1]["Sam"]


def test_everything_ahead_may_be_mixed_anew() -> None:
    """On request all rounds ahead are planned anew: no worse than evening the sizes, for a price that is told."""
    problem, seats = planned(40, 8, 4)
    news = News(departures=("9", "17", "25", "10", "18", "26"), arrivals=(Person("Sam"), Person("Ana")))
    found = {each.kind: each for each in replan(problem, seats, news, round=1, kinds=("keep", "even", "mix"))}
    if "mix" in found:
        assert found["mix"].repeats <= found["even"].repeats
        assert found["mix"].changed > 0


@pytest.mark.parametrize(("people", "tables", "gone", "come"), [(80, 10, 8, 3), (500, 60, 25, 15)])
def test_large_rooms_keep_every_announced_seat(people: int, tables: int, gone: int, come: int) -> None:
    """Many leave and come in a large room: no announced seat changes."""
    problem, seats = planned(people, tables, 4)
    news = News(
        arrivals=tuple(Person(f"late{n}") for n in range(come)),
        departures=tuple(str(tables + 1 + 7 * n) for n in range(gone)),
    )
    keep = replan(problem, seats, news, round=1)[0]
    assert (keep.changed, keep.over) == (0, 0)
    assert not judge(keep.problem, keep.seats).broken


class Afternoon(RuleBasedStateMachine):
    """People arrive, leave, are pinned, somebody undoes, the rounds go on; the judge looks on."""

    def __init__(self) -> None:
        super().__init__()
        self.problem = room(18, 4, 4, hosts=True)
        self.seats = plan(self.problem).seats
        self.round = 0
        self.over: list[dict[str, str]] = []
        self.before: list[tuple[Problem, Seats]] = []
        self.late = 0

    def take(self, news: News) -> None:
        """Take the first proposal, as the product does."""
        keep = replan(self.problem, self.seats, news, round=self.round)[0]
        told = set(news.arrivals) | set(news.departures) | {name for _, name in news.pins} | set(news.stays)
        assert {change.person for change in keep.changes if change.old and change.new} <= told
        self.before.append((self.problem, self.seats))
        self.problem, self.seats = keep.problem, keep.seats

    @rule()
    def somebody_comes(self) -> None:
        """A late person is seated in the running round and in all that follow."""
        self.late += 1
        self.take(News(arrivals=(Person(f"late{self.late}"),)))
        assert all(f"late{self.late}" in seated for seated in self.seats[max(self.round - 1, 0) :])

    @rule(number=st.integers(5, 18))
    def somebody_leaves(self, number: int) -> None:
        """Who leaves is in no round ahead."""
        if any(person.id == str(number) and not person.leaves for person in self.problem.people):
            self.take(News(departures=(str(number),)))
            assert all(str(number) not in seated for seated in self.seats[self.round :])

    @precondition(lambda self: self.round < 4)
    @rule(number=st.integers(5, 18), table=st.integers(1, 4))
    def somebody_is_pinned(self, number: int, table: int) -> None:
        """A pin holds in the next round."""
        if str(number) in self.seats[self.round]:
            self.take(News(pins={(self.round + 1, str(number)): str(table)}))
            assert self.seats[self.round][str(number)] == str(table)

    @precondition(lambda self: self.before)
    @rule()
    def undo(self) -> None:
        """The seats before come back as they were; people who came since in a round that is over stay in it."""
        self.problem, self.seats = self.before.pop()

    @precondition(lambda self: self.round < 4)
    @rule()
    def the_next_round_begins(self) -> None:
        """A round begins and with that cannot be undone."""
        self.round += 1
        self.before.clear()
        if self.round > 1:
            self.over.append(dict(self.seats[self.round - 2]))

    @invariant()
    def nothing_is_broken(self) -> None:
        """The judge finds no rule broken, and what is over is as it was."""
        assert not judge(self.problem, self.seats).broken
        assert list(self.seats[: len(self.over)]) == self.over


Afternoon.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestAfternoon = Afternoon.TestCase
