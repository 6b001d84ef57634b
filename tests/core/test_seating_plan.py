"""Plans of whole rooms, each judged by a checker that shares nothing with the planner."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafe.seating.board import Board
from cafe.seating.certificate import certificate, proof
from cafe.seating.chance import Chance
from cafe.seating.diagnose import diagnose
from cafe.seating.frame import Frame
from cafe.seating.modes import swap
from cafe.seating.planner import cards_of, plan
from cafe.seating.problem import Person, Plan, Problem, Rules, Stage, Table, room
from cafe.seating.report import report
from cafe.seating.search import scatter
from tests.core.seating_checker import judge
from tests.core.seating_rooms import SECTORS, everyday, ruled

SMALL = 20_000


def checked(problem: Problem, **options: int) -> Plan:
    """A plan, after the judge has agreed with everything that it says of itself."""
    found = plan(problem, **options)
    seen = judge(problem, found.seats)
    assert not seen.broken
    assert (found.repeats, found.coincidences, found.encounters) == (seen.repeats, seen.coincidences, seen.encounters)
    assert (found.score.questions, found.score.revisits, found.score.alone) == (
        seen.questions,
        seen.revisits,
        seen.alone,
    )
    return found


def never_below(found: Plan) -> None:
    """What is proved about a room must hold for every plan of it that keeps the goals before."""
    score, least = found.score, found.bound
    assert score.questions >= least.questions
    assert score.revisits >= least.revisits
    if (score.questions, score.revisits) == (least.questions, least.revisits):
        assert score.uneven >= least.uneven
        if score.uneven == least.uneven:
            assert found.repeats >= least.repeats
            assert found.coincidences >= least.coincidences


@pytest.mark.parametrize("hosts", [False, True])
@pytest.mark.parametrize(
    ("people", "tables", "rounds"), [(12, 4, 3), (24, 6, 3), (40, 8, 4), (80, 10, 4), (72, 12, 6), (500, 60, 4)]
)
def test_the_usual_rooms_are_perfect(people: int, tables: int, rounds: int, hosts: bool) -> None:
    """In the usual rooms nobody meets anybody twice, nobody returns, sizes are within one, and it is proved."""
    problem = room(people, tables, rounds, hosts=hosts)
    found = checked(problem)
    assert (found.repeats, found.score.revisits) == (0, 0)
    assert found.sizes[1] - found.sizes[0] <= 1
    assert found.proved
    assert str(certificate(found).message) == "Nobody meets anybody twice: the best possible, proved."
    assert proof(found).startswith("optimal: difference matrix over Z")


def test_a_room_without_a_design_is_searched_for() -> None:
    """36 people with hosts at six tables have no design, and three rounds go without a repeat all the same."""
    found = checked(room(36, 6, 3, hosts=True))
    assert (found.repeats, found.score.revisits, found.algebra) == (0, 0, "")


def test_six_tables_and_thirty_who_move_cannot_have_four_rounds_without_repeats() -> None:
    """The wall that Tarry proved is named with its reason, and another table is known to help."""
    problem = room(36, 6, 4, hosts=True)
    found = checked(problem, budget=SMALL)
    assert found.bound.repeats == 1
    assert "Tarry" in found.bound.impossible
    wish = next(conflict for conflict in diagnose(problem) if conflict.kind == "wish")
    assert str(wish) == "With 36 people 6 tables cannot do 4 rounds without repeats. 7 tables can."


def test_two_policies_for_tight_rooms() -> None:
    """In tight rooms one policy lets many pairs meet twice, the other makes more new encounters."""
    spread = checked(room(40, 5, 4, hosts=True))
    new = checked(room(40, 5, 4, hosts=True, rules=Rules(repeats="max-new")))
    assert (spread.coincidences, new.repeats) == (90, 45)
    assert max(len(each.rounds) for each in report(room(40, 5, 4, hosts=True), spread).repeated) == 2
    assert spread.proved
    assert new.proved
    assert new.repeats < spread.repeats


@pytest.mark.parametrize(("people", "tables", "rounds"), [(18, 6, 3), (22, 6, 3), (12, 4, 2), (9, 3, 3)])
def test_nobody_gets_a_question_twice_where_tables_share_questions(people: int, tables: int, rounds: int) -> None:
    """Six tables with three questions in turn: nobody sits at a question twice, nor at a table."""
    problem = room(people, [Table(str(t + 1), question=f"q{t % 3}") for t in range(tables)], rounds)
    found = checked(problem)
    assert (found.score.questions, found.score.revisits) == (0, 0)


def test_three_questions_on_seven_tables() -> None:
    """Where one question lies on one table more, too, repeats are as few as can be, and that is proved."""
    tables = [Table(str(t), question=f"q{t % 3}") for t in range(7)]
    found = checked(room(47, tables, 3))
    assert found.score.questions == 0
    assert found.proved


def test_more_rounds_than_tables_return_no_more_than_they_must() -> None:
    """Three tables and four rounds: everybody who moves returns once, and that is said before."""
    problem = room(12, 3, 4)
    found = checked(problem, budget=SMALL)
    assert found.score.revisits == found.bound.revisits == 12
    assert any("returns to a table" in str(conflict) for conflict in diagnose(problem))


def test_five_uneven_sectors_are_mixed_at_every_table() -> None:
    """120 people of five uneven sectors at 15 tables: no repeats, and the ideal mix nearly everywhere."""
    sectors = [sector for sector, count in zip(SECTORS, (41, 33, 22, 15, 9), strict=True) for _ in range(count)]
    people = [Person(str(n), sectors[n]) for n in range(120)]
    problem = room(people, 15, 4)
    found = checked(problem)
    assert (found.repeats, found.score.revisits) == (0, 0)
    seen = report(problem, found)
    assert seen.mixed == 60
    assert seen.ideal >= 54


def test_people_of_one_organisation_and_old_acquaintances_are_parted() -> None:
    """Where it costs nothing else, colleagues and pairs from earlier cafés do not meet."""
    people = [Person(str(n), organisation=f"o{n // 2}" if n < 20 else "") for n in range(40)]
    known = {frozenset((str(n), str(n + 11))): 1 for n in range(20, 28)}
    found = checked(room(people, 8, 4, rules=Rules(known=known)))
    assert (found.repeats, found.score.organisations, found.score.known) == (0, 0, 0)


def test_who_speaks_only_one_language_is_never_left_alone() -> None:
    """Four people who speak only Romanian among English speakers always find somebody at their table."""
    ways = [frozenset({"en"})] * 30 + [frozenset({"ro"})] * 4 + [frozenset({"ro", "en"})] * 6
    found = checked(room([Person(str(n), languages=each) for n, each in enumerate(ways)], 8, 3))
    assert (found.score.alone, found.repeats) == (0, 0)


def test_unequal_tables_are_filled_as_evenly_as_their_seats_allow() -> None:
    """Two small tables are filled to their limit and the others within one."""
    limits = (3, 4, 8, 8, 8)
    found = checked(room(24, [Table(str(t), seats) for t, seats in enumerate(limits)], 3))
    assert found.score.uneven == 0
    for seated in found.seats:
        sizes = sorted(list(seated.values()).count(str(t)) for t in range(5))
        assert sizes == [3, 4, 5, 6, 6]


def test_home_returns_in_the_last_round() -> None:
    """In the mode home the last round is the first one again, and the rounds between mix."""
    found = plan(room(24, 6, 4, rules=Rules(mode="home")))
    assert found.seats[3] == found.seats[0]
    assert judge(room(24, 6, 3), found.seats[:3]).repeats == 0


def test_together_moves_whole_tables_and_hosts_stay() -> None:
    """In the mode together the people of a table stay together, visit every table once, and their hosts change."""
    problem = room(20, 4, 4, hosts=True, rules=Rules(mode="together"))
    found = plan(problem)
    for host in ("1", "2", "3", "4"):
        assert all(seated[host] == host for seated in found.seats)
    bands = {frozenset(p for p, t in found.seats[0].items() if t == table and int(p) > 4) for table in "1234"}
    for band in bands:
        assert all(len({seated[each] for each in band}) == 1 for seated in found.seats)
        assert len({seated[min(band)] for seated in found.seats}) == 4


def test_two_groups_swap_halls_without_meeting_anybody_twice() -> None:
    """Two groups of 40 swap halls after four rounds: nobody meets anybody twice over both sessions, and the hosts of a
    hall serve both groups.
    """
    halls = [tuple(Table(f"{hall}{t}") for t in range(8)) for hall in "AB"]
    groups = [[Person(f"{g}{n}", stays=f"{g}{n}" if n < 8 else "") for n in range(40)] for g in "AB"]
    problems = swap((groups[0], halls[0]), (groups[1], halls[1]), (4, 4), room(1, 1, 1))
    for problem, host in zip(problems, ("A3", "B3"), strict=True):
        found = checked(problem)
        assert (found.repeats, found.score.revisits) == (0, 0)
        assert found.seats[0][host] == host
        assert host not in found.seats[7]


def test_groups_whose_questions_change_stay_at_their_tables() -> None:
    """Two groups that stay at their tables and get the other's questions: tables are those of the group throughout."""
    halls = [tuple(Table(f"{hall}{t}", question=f"{hall}{t}") for t in range(7)) for hall in "AB"]
    groups = [[Person(f"{g}{n}") for n in range(28)] for g in "AB"]
    asked = tuple(table.question for table in halls[1]), tuple(table.question for table in halls[0])
    first, _ = swap((groups[0], halls[0]), (groups[1], halls[1]), (3, 3), room(1, 1, 1), questions=asked)
    found = checked(first)
    assert found.repeats == 0
    assert {table for seated in found.seats for table in seated.values()} == {table.id for table in halls[0]}


def test_a_plan_is_heard_of_as_it_gets_better_and_can_be_stopped() -> None:
    """Every plan on the way is whole and better than the last, and stopping keeps the best."""
    heard: list[Plan] = []
    problem = room(45, 6, 5)
    found = plan(problem, budget=SMALL, on_improve=heard.append)
    assert heard[-1].score == found.score
    assert all(later.score < earlier.score for earlier, later in pairwise(heard))
    stopped = plan(problem, stop=lambda: True)
    assert not judge(problem, stopped.seats).broken


def test_the_random_rooms_keep_every_promise() -> None:
    """In random everyday rooms nothing is broken, nothing falls below what is proved, and sizes are as even as the
    questions allow.
    """
    rooms = list(everyday(60))
    plans = [checked(problem, budget=SMALL) for problem in rooms]
    for problem, found in zip(rooms, plans, strict=True):
        never_below(found)
        assert found.score.questions == found.bound.questions
        if not any(table.question for table in problem.stages[0].tables):
            assert found.score.revisits == 0
            assert found.sizes[1] - found.sizes[0] <= 1


def test_hard_rules_are_kept_or_their_conflict_is_named_before() -> None:
    """In rooms full of rules none is broken; where that cannot be, the conflict was named."""
    for problem in ruled(30):
        if any(conflict.kind == "rule" for conflict in diagnose(problem)):
            continue
        found = checked(problem, budget=SMALL)
        assert found.score.hard == 0
        never_below(found)


ROOMS = st.builds(
    lambda people, tables, rounds, hosts, repeats: room(
        max(people, tables), tables, rounds, hosts=hosts, rules=Rules(repeats=repeats)
    ),
    st.integers(1, 40),
    st.integers(2, 9),
    st.integers(1, 6),
    st.booleans(),
    st.sampled_from(["spread", "max-new"]),
)


@settings(max_examples=60)
@given(ROOMS, st.integers(0, 2**64 - 1))
def test_any_room_is_planned_soundly_and_the_same_seed_gives_the_same_seats(problem: Problem, seed: int) -> None:
    """Whatever the room: the judge agrees, no bound is undercut, and the seed alone decides."""
    found = checked(problem, seed=seed, budget=3000)
    never_below(found)
    assert plan(problem, seed=seed, budget=3000) == found
    assert set(cards_of(found)) == {person.id for person in problem.people}


@settings(max_examples=30)
@given(ROOMS, st.randoms(use_true_random=False))
def test_names_make_no_difference(problem: Problem, dice: object) -> None:
    """Other names for people and tables give the same score."""
    people = {person.id: f"x{person.id}" for person in problem.people}
    (stage,) = problem.stages
    renamed = msgspec.structs.replace(
        problem,
        people=tuple(
            msgspec.structs.replace(p, id=people[p.id], stays=f"t{p.stays}" if p.stays else "") for p in problem.people
        ),
        stages=(Stage(tuple(msgspec.structs.replace(t, id=f"t{t.id}") for t in stage.tables), stage.rounds),),
    )
    assert plan(renamed, budget=2000).score == plan(problem, budget=2000).score


@settings(max_examples=40)
@given(ROOMS, st.integers(0, 2**32))
def test_the_running_cost_is_the_cost_from_scratch(problem: Problem, seed: int) -> None:
    """After any exchanges what the search believes of a seating is what counting anew says."""
    frame, chance = Frame(problem), Chance(seed)
    board = Board(frame, scatter(frame, chance))
    for _ in range(30):
        r = chance.below(frame.rounds)
        u, v = (chance.below(len(frame.units)) for _ in range(2))
        if board.free(u, r) and board.free(v, r) and board.where[u][r] != board.where[v][r]:
            board.cost += board.exchange_delta(r, u, v)
            board.exchange(r, u, v)
        t = chance.below(len(frame.caps[r]))
        if board.free(u, r) and board.where[u][r] != t:
            board.cost += board.step_delta(r, u, t)
            board.step(r, u, t)
    assert board.cost == Board(frame, board.where).cost


@settings(max_examples=30)
@given(st.integers(12, 40), st.integers(4, 8), st.integers(0, 1000))
def test_an_acquaintance_never_costs_a_higher_goal(people: int, tables: int, seed: int) -> None:
    """Naming a pair that knows each other leaves questions, tables, sizes and repeats as good as they were."""
    before = plan(room(people, tables, 3), seed=seed)
    known = {frozenset(("1", "2")): 1, frozenset(("3", str(people))): 2}
    after = plan(room(people, tables, 3, rules=Rules(known=known)), seed=seed)
    ahead = ("hard", "questions", "revisits", "uneven", "meetings")
    if before.proved:
        assert [getattr(after.score, goal) for goal in ahead] == [getattr(before.score, goal) for goal in ahead]
