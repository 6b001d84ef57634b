"""What is allowed and yet worth a second look: told with its line and its arithmetic, and the plan is still taken."""

import pytest

from cafe.plan import parse

CALM = """\
title = "T"
organiser = "O"
contact = "C"
people = 12
[[groups]]
id = "A"
tables = 3
seats = 4
[sessions.s1]
title = "Session 1"
questions = ["One?", "Two?", "Three?"]
rounds = 3
minutes = 13
move = 2
[[programme]]
at = "10:00"
kind = "session"
session = "s1"
[[programme]]
at = "10:45"
kind = "break"
[[programme]]
at = "11:00"
kind = "closing"
"""
TWO = '[sessions.s2]\nquestions = ["Four?"]\n[[programme]]\nat = "09:00"\nkind = "session"\nsession = "s2"\n'


@pytest.mark.parametrize(
    ("right", "odd", "line", "sentence"),
    [
        (
            'at = "10:45"', 'at = "10:30"', 16,
            "Session 1 takes 3 × 13 + 2 × 2 = 43 minutes, but its place in the programme (10:00–10:30) has 30.",
        ),
        (
            "minutes = 13", "minutes = [20, 15, 12.5]", 16,
            "Session 1 takes 20 + 15 + 12.5 + 2 × 2 = 51.5 minutes, "
            "but its place in the programme (10:00–10:45) has 45.",
        ),
        ("people = 12", "people = 13", 4, "13 people are expected, but there are 3 × 4 = 12 seats."),
        (
            "[sessions.s1]", "[[tables]]\nnumber = 2\nseats = 2\n[sessions.s1]", 4,
            "12 people are expected, but there are 2 × 4 + 1 × 2 = 10 seats.",
        ),
        (
            "minutes = 13", "minutes = 3", 13,
            "A round of 3 minutes is short: until all sit and have read the question it is over; 10 to 20 are usual.",
        ),
        (
            "minutes = 13", 'minutes = 13\ncarry = "2019.cafe"', 14,
            "2019.cafe is not brought in by itself: print its report and lay it on the tables.",
        ),
        (
            'organiser = "O"', "# nobody", 3,
            "Joining from phones stays closed without organiser: people must know who keeps their words.",
        ),
        (
            'contact = "C"', "# nowhere", 2,
            "Joining from phones stays closed without contact: people must know who keeps their words.",
        ),
        (
            "rounds = 3\nminutes = 13", "rounds = 4\nminutes = 8", 12,
            "Session 1 has 4 rounds, but group A has 3 tables: people return to a question.",
        ),
        (
            "tables = 3\nseats = 4", "tables = 4\nseats = 4\n[sessions.s0]\nquestions = ['a?']", 9,
            "s0 is not in the programme, so nobody will see it.",
        ),
        (
            '"Two?", "Three?"]\nrounds = 3', '"Two?"]\nrounds = 3', 12,
            "Session 1 has 3 rounds, but 2 questions: a question comes back.",
        ),
        (
            '"Three?"]', '"Three?", "Four?"]', 12,
            "Session 1 has 4 questions, but group A has 3 tables: the last are never asked.",
        ),
        (
            "rounds = 3", 'per = "round"\nrounds = 2', 13,
            "Session 1 has 3 questions, but 2 rounds: the last are never asked.",
        ),
        (
            'at = "11:00"', 'at = "10:45"', 20,
            "This block and the next both begin at 10:45; this one will have no time.",
        ),
    ],
)  # fmt: skip
def test_what_is_odd_is_told_with_its_arithmetic(right: str, odd: str, line: int, sentence: str) -> None:
    """A plan that can be run but may not be meant is taken, and one sentence says why it is odd."""
    assert parse(CALM).warnings == []
    assert right in CALM
    reading = parse(CALM.replace(right, odd, 1), "p.toml")
    assert reading.plan is not None
    assert [str(warning) for warning in reading.warnings] == [f"p.toml:{line}: {sentence}"]


def test_one_question_for_the_whole_cafe_is_no_return() -> None:
    """A café about a single question, as many are, is not told that its question comes back."""
    one = CALM.replace('["One?", "Two?", "Three?"]', '["One?"]')
    assert parse(one).warnings == []


def test_only_a_block_with_a_next_one_can_be_too_short() -> None:
    """A session that is too long is told at its block; the last block has all the time it needs."""
    plan = CALM.replace('[[programme]]\nat = "10:00"', TWO + '[[programme]]\nat = "10:00"')
    lines = [warning.line for warning in parse(plan).warnings if "takes" in warning.message]
    assert lines == [18], "three rounds of twenty minutes do not fit from 9 to 10"
    alone = CALM[: CALM.index('[[programme]]\nat = "10:45"')]
    assert parse(alone).warnings == []


def test_nobody_to_ask_is_said_in_one_sentence() -> None:
    """A plan without organiser and contact says at its first line that phones stay out."""
    warnings = parse(CALM.replace('organiser = "O"\ncontact = "C"\n', "")).warnings
    assert [(warning.line, "organiser + contact" in warning.sentence) for warning in warnings] == [(1, True)]
