"""Lists of people, conflicts in words, and the command `cafe seats`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cafe.cli.seats import command
from cafe.i18n import translator
from cafe.seating.diagnose import diagnose
from cafe.seating.people_csv import read_people
from cafe.seating.planner import plan
from cafe.seating.problem import Person, Policy, Problem, Rules, Stage, Table, room
from cafe.seating.report import again, ideas, report, sentences
from cafe.seating.whatif import what_if
from tests.core.seating_checker import judge


def pair(one: str, two: str) -> frozenset[str]:
    """Two names."""
    return frozenset((one, two))


def test_a_list_is_read_as_spreadsheets_save_it() -> None:
    """Commas, semicolons, tabs, byte-order marks and UTF-16 all give the same people."""
    rows = [
        ["name", "sector", "host", "languages", "stays", "apart"],
        ["Ana Pop", "city", "1", '"ro;en"', "", ""],
        ["Ion Țăran", "firms", "", "ro", "2", "ana pop"],
    ]
    found = set()
    for separator in ",;\t":
        text = "\r\n".join(separator.join(row) for row in rows) + "\r\n"
        for raw in (
            text,
            text.encode(),
            b"\xef\xbb\xbf" + text.encode(),
            text.encode("utf-16"),
            "sep=" + separator + "\n" + text,
        ):
            read = read_people(raw)
            assert not read.mistakes
            found.add(tuple((g.name, g.sector, g.host, g.languages, g.stays, g.apart) for g in read.guests))
    assert found == {
        (
            ("Ana Pop", "city", "1", frozenset({"ro", "en"}), "", ()),
            ("Ion Țăran", "firms", "", frozenset({"ro"}), "2", ("Ana Pop",)),
        )
    }


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        ("", 1, "empty"),
        ("Ana\nIon\n", 1, "no column «name»"),
        ("name,sector,sector\nAna,a,b\n", 1, "there twice"),
        ("name\nAna\nION\n\n ana \n", 5, "line 2"),
        ("name,sector\nAna\n,city\n", 3, "no name"),
        ("name\nAna, the first\n", 2, "2 cells, but 1 columns"),
        ('name\n"Ana\nIon\n', 2, "not closed"),
        ("name,apart\nAna,Ion\n", 2, "not in the list"),
        ("name,apart\nAna,ana\n", 2, "themselves"),
        ("name,host\nAna,1\nIon,1\n", 3, "a host already"),
        ("name,host,stays\nAna,1,2\n", 2, "hosts table 1"),
        ("name\n" + "x" * 99 + "\n", 2, "Too long"),
        ("name\n", 1, "Nobody"),
        ("name\nAna\nIon \u0163\n".encode("iso8859-2"), 3, "CSV UTF-8"),
        (b"PK\x03\x04abc", 1, "spreadsheet's own file"),
    ],
)
def test_every_mistake_in_a_list_is_told_with_its_line(raw: str | bytes, line: int, words: str) -> None:
    """What is wrong with a list is said with the line where it is wrong, and nothing is guessed."""
    read = read_people(raw)
    assert not read.guests
    assert [mistake.line for mistake in read.mistakes] == [line]
    assert words in str(read.mistakes[0])


def test_all_mistakes_are_told_at_once() -> None:
    """Three mistakes in a list are three sentences."""
    read = read_people("name,apart\nAna,Nobody\n,x\nana,\n")
    assert [mistake.line for mistake in read.mistakes] == [2, 3, 4]


def test_hosts_without_a_table_take_free_ones() -> None:
    """A host marked with a yes gets a table that no other host has; an unknown column is named, not refused."""
    read = read_people("name,host,shoe\nAna,yes,37\nIon,1,44\nEva,,40\n")
    assert read.unknown == ("shoe",)
    assert [person.stays for person in read.seated(["1", "2"])] == ["2", "1", ""]


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (room(40, 5, 4, seats=7), "40 people, but only 35 seats in round 1. Add 5 seats, or a table."),
        (room([Person("Ana"), Person("Ana")], 2, 2), "Ana is in the list twice."),
        (room([Person("Ana", stays="9")], 2, 2), "Ana is to stay at table 9, which there is not."),
        (
            room(
                [Person("Ana", stays="1"), Person("Ion", stays="1")], 2, 2, rules=Rules(frozenset({pair("Ana", "Ion")}))
            ),
            "both stay at table 1",
        ),
        (room(9, 3, 2, rules=Rules(frozenset({pair("1", "2")}), (frozenset({"1", "2"}),))), "together and also apart"),
        (
            room(9, 2, 2, rules=Rules(frozenset({pair("1", "2"), pair("1", "3"), pair("2", "3")}))),
            "all to sit apart from one another (1, 2, 3), but there are 2 tables",
        ),
        (room(9, 3, 2, seats=3, rules=Rules(together=(frozenset("1234"),))), "no table has more than 3 seats"),
        (
            room([Person("a", stays="1"), Person("b", stays="2")], 2, 2, rules=Rules(together=(frozenset("ab"),))),
            "stay at the tables 1, 2",
        ),
        (room([Person(n, stays="1") for n in "abc"], 3, 2, seats=2), "3 people stay at table 1, which has 2 seats."),
        (
            Problem((Person("a"),), (Stage((Table("1"), Table("2", closes=2)), 3),), pins={(2, "a"): "2"}),
            "pinned to table 2",
        ),
        (
            Problem(
                (Person("a", stays="1"), Person("b")),
                room(2, 2, 2).stages,
                Rules(together=(frozenset("ab"),)),
                {(2, "b"): "2"},
            ),
            "b is pinned to table 2 in round 2, but stays at table 1.",
        ),
        (
            room(
                [Person("a", stays="1"), Person("b"), Person("c", stays="2")],
                2,
                2,
                rules=Rules(together=(frozenset("ab"), frozenset("bc"))),
            ),
            "a, b, c are to sit together, but stay at the tables 1, 2.",
        ),
        (
            room(
                [Person("a", stays="1"), Person("b", stays="2"), Person("c")],
                2,
                2,
                rules=Rules(frozenset({pair("a", "c"), pair("b", "c")})),
            ),
            "c is to sit apart from somebody who stays at each of the tables.",
        ),
        (Problem((Person("a", stays="2"),), (Stage((Table("1"), Table("2", closes=2)), 3),)), "closed in round 2"),
        (Problem((Person("a"),), (Stage((Table("1", closes=2),), 3),)), "No table is open in round 2."),
        (room(3, [Table("1"), Table("1")], 2), "There are two tables 1."),
    ],
)
def test_what_clashes_is_named_before_anything_is_planned(problem: Problem, words: str) -> None:
    """A rule that cannot be kept is named in words, with what would help."""
    rules = [str(conflict) for conflict in diagnose(problem) if conflict.kind == "rule"]
    assert any(words in sentence for sentence in rules)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (room(36, 6, 4, hosts=True), "With 36 people 6 tables cannot do 4 rounds without repeats. 7 tables can."),
        (room(12, 3, 4), "4 rounds at 3 tables: somebody returns to a table. 3 rounds or 4 tables would do."),
        (room(3, 4, 30), "3 people at 4 tables: some sit alone. 1 table would do."),
        (room(3, 4, 30), "30 rounds at 4 tables: somebody returns to a table. 4 rounds would do."),
        (room(12, [Table(str(t), question=f"q{t % 2}") for t in range(4)], 3), "3 rounds with 2 questions"),
        (room(40, [Table(str(t), question=f"q{t % 3}") for t in range(7)], 3), "unequally many tables"),
    ],
)
def test_wishes_that_cannot_be_granted_to_the_full_are_named(problem: Problem, words: str) -> None:
    """What can only be had in part is said before, as a wish and not as a mistake."""
    assert any(words in str(conflict) for conflict in diagnose(problem) if conflict.kind == "wish")


def test_a_room_that_can_be_had_needs_no_word() -> None:
    """Nothing is said about a room in which everything can be had."""
    assert diagnose(room(40, 8, 4, hosts=True)) == []


def test_the_report_tells_repeats_with_names_and_ideas_without() -> None:
    """Who meets again is listed for the facilitator; the sentences for the wall have no names in them."""
    people = [Person(f"Name{n}") for n in range(36)]
    problem = room(people, 6, 3)
    found = plan(problem)
    seen = report(problem, found)
    met = judge(problem, found.seats).met
    assert {frozenset((each.one, each.two)) for each in seen.repeated} == {p for p, n in met.items() if n > 1}
    tr = translator("en")
    said = [sentence.say(tr) for sentence in sentences(seen)]
    assert not any("Name" in sentence for sentence in said)
    assert [better.say(tr) for better in ideas(what_if(problem, found))] == [
        "With 7 tables nobody would meet anybody twice."
    ]
    first = seen.repeated[0]
    named = [told.say(tr) for told in again(seen, {first.one: "Ana {x}"}, most=4)]
    assert named[0] == f"Ana {{x}} and {first.two}: rounds {first.rounds[0]}, {first.rounds[1]}"
    assert len(named) == 5
    assert named[-1] == f"and {len(seen.repeated) - 4} more"


@pytest.mark.parametrize(
    ("room_of", "words"),
    [
        ((30, 6, 4), ["With 7 tables nobody would meet anybody twice; with 3 rounds neither."]),
        ((60, 6, 3), ["With 9 tables nobody would meet anybody twice."]),
        ((20, 5, 7), ["With 6 tables 39 encounters would be repeated."]),
        ((3, 4, 30), []),
        ((1, 1, 2), []),
        ((5, 2, 2), []),
        ((24, 6, 3), []),
    ],
)
def test_another_room_is_told_only_where_it_is_true_and_of_use(room_of: tuple[int, int, int], words: list[str]) -> None:
    """One table more or one round less is told where it spares repeats, never tables with too few for a talk."""
    problem = room(*room_of)
    assert [told.say(translator("en")) for told in ideas(what_if(problem, plan(problem)))] == words


@given(st.integers(1, 60), st.integers(1, 12), st.integers(1, 9), st.sampled_from(["spread", "max-new"]))
@example(14, 4, 3, "spread")
@example(40, 5, 4, "max-new")
@example(34, 6, 5, "spread")
@example(53, 2, 2, "spread")
@settings(max_examples=60)
def test_what_is_said_of_a_seating_never_contradicts_itself(
    people: int, tables: int, rounds: int, repeats: Policy
) -> None:
    """That fewer are impossible is said exactly where the proved bound is reached, that repeats are spread as well as
    can be only where that is proved, and that it is not known in all other cases.
    """
    problem = room(people, tables, rounds, rules=Rules(repeats=repeats))
    found = plan(problem, budget=2_000)
    told = report(problem, found).certificate.say(translator("en"))
    assert ("fewest possible" in told) == (found.orderly and 0 < found.repeats == found.bound.repeats)
    assert "spread as well" not in told or (found.proved and repeats == "spread")
    unknown = found.repeats and not found.proved and not (found.orderly and found.repeats <= found.bound.repeats)
    assert ("not known" in told) == bool(unknown)
    assert found.repeats >= found.bound.repeats or not found.orderly
    for conflict in diagnose(problem):
        assert "{" not in str(conflict)


def run(*words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `cafe seats`."""
    result = CliRunner().invoke(command, list(words), env={"LC_ALL": "en_GB.UTF-8"})
    return result.exit_code, result.stdout, result.stderr


def test_the_command_prints_json_that_holds_its_contract() -> None:
    """The JSON has rounds, repeats, revisits, sizes, bound and certificate; with hosts person i hosts table i."""
    code, out, _ = run("--people", "23", "--tables", "5", "--rounds", "3", "--hosts", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["repeats"], found["revisits"], found["sizes"], found["bound"]["repeats"]) == (0, 0, [4, 5], 0)
    assert found["certificate"] == "optimal: difference matrix over Z5"
    assert all(seated[str(i)] == str(i) for seated in found["rounds"] for i in range(1, 6))
    assert not judge(room(23, 5, 3, hosts=True), found["rounds"]).broken
    assert run("--people", "23", "--tables", "5", "--rounds", "3", "--hosts", "--json")[1] == out


def test_the_command_prints_everybodys_tables_and_what_is_proved() -> None:
    """For people it prints each person's way through the tables, and the certificate in words."""
    code, out, err = run("--people", "12", "--tables", "4", "--rounds", "3")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].strip().startswith("1  1 → ")
    assert "Nobody meets anybody twice: the best possible, proved." in out


def test_the_command_takes_a_list(tmp_path: Path) -> None:
    """A list of people is seated by name, and its mistakes end the command with code 2."""
    good, bad = tmp_path / "people.csv", tmp_path / "bad.csv"
    good.write_text(
        "name,host,apart\n" + "".join(f"P{n},{'yes' if n < 3 else ''},{'P9' if n == 5 else ''}\n" for n in range(12))
    )
    bad.write_text("name\nAna\nAna\n")
    code, out, _ = run("--people", str(good), "--tables", "3", "--rounds", "3", "--json")
    rounds = json.loads(out)["rounds"]
    assert code == 0
    assert all(seated["P5"] != seated["P9"] for seated in rounds)
    assert [seated["P1"] for seated in rounds] == ["2", "2", "2"]
    code, _, err = run("--people", str(bad), "--tables", "3", "--rounds", "3")
    assert code == 2
    assert f"{bad}:3: Ana stands already in line 2" in err


@pytest.mark.parametrize(
    "words",
    [
        ("--people", "none.csv", "--tables", "3", "--rounds", "2"),
        ("--people", "0", "--tables", "3", "--rounds", "2"),
        ("--people", "40", "--tables", "5", "--rounds", "2", "--seats", "7", "--json"),
        ("--people", "9", "--tables", "0", "--rounds", "2"),
        ("--tables", "3", "--rounds", "2"),
    ],
)
def test_wrong_usage_ends_with_code_two_and_a_sentence(words: tuple[str, ...]) -> None:
    """What cannot be done is one readable sentence and code 2."""
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err
