"""The plan that `cafe new` writes: every key of the format, each with the comment that explains it."""

import datetime
import json
from string import ascii_uppercase

import msgspec

from cafe.plan.values import clock

ARRIVING, CLOSING = 15, 15
ROUND, MOVE = 15, 2
HARVEST = 20
PEOPLE_AT_A_TABLE = 5


class Answers(msgspec.Struct, frozen=True):
    """What an organiser was asked."""

    title: str
    date: datetime.date
    start: int
    language: str
    people: int
    groups: int
    questions: tuple[str, ...]
    organiser: str = ""
    contact: str = ""


def write(answers: Answers) -> str:
    """The text of a plan that can be run as it is."""
    tables = max(-(-answers.people // (PEOPLE_AT_A_TABLE * answers.groups)), len(answers.questions))
    rounds = min(3, tables, max(len(answers.questions), 2) if len(answers.questions) > 1 else 3)
    talking = answers.start + ARRIVING
    harvest = talking + rounds * ROUND + (rounds - 1) * MOVE
    harvest += -harvest % 5  # programmes are printed in steps of five minutes
    moments = [moment % (24 * 60) for moment in (answers.start, talking, harvest, harvest + HARVEST)]
    if moments != sorted(moments):  # past midnight a plan cannot go: an evening that begins too late begins earlier
        return write(msgspec.structs.replace(answers, start=answers.start - 60))
    return PLAN.format(
        title=_quoted(answers.title),
        language=_quoted(answers.language),
        date=answers.date.isoformat(),
        people=answers.people,
        organiser=_line("organiser", answers.organiser, "Municipality"),
        contact=_line("contact  ", answers.contact, "lab@example.org"),
        groups=_groups(answers.groups, tables),
        questions="\n".join(f"  {_quoted(question)}," for question in answers.questions),
        rounds=rounds,
        minutes=ROUND,
        move=MOVE,
        arriving=clock(moments[0]),
        talking=clock(moments[1]),
        harvest=clock(moments[2]),
        closing=clock(moments[3]),
    )


def _quoted(text: str) -> str:
    """A text as TOML writes it, which is as JSON writes it."""
    return json.dumps(text, ensure_ascii=False)


def _line(key: str, text: str, example: str) -> str:
    return f"{key} = {_quoted(text)}" if text else f"# {key} = {_quoted(example)}"


def _groups(count: int, tables: int) -> str:
    ids = ascii_uppercase[:count] if count > 1 else [""]
    return "\n\n".join(
        "[[groups]]\n" + (f'id     = "{name}"\n' if name else '# id   = "A"\n') + f"tables = {tables}\nseats  = 6"
        for name in ids
    )


PLAN = """\
# The plan of a world café. Change it in any editor; `cafe check` tells what is wrong, with the line.
# Lines that begin with # are comments: take the # away to use what stands behind it.

title     = {title}
# theme   = "How can we grow here?"        # one question above all questions
language  = {language:<31}# of the wall; each phone follows its own
date      = {date}
# place   = "Town hall, room 2"
{organiser:<43}# shown to people who join, and on reports;
{contact:<43}# without organiser and contact phones cannot join
# funding = "With the support of …"        # a line for reports
# logos   = ["eu.png"]                     # pictures for reports
keep_days = 90                             # names are deleted after this; ideas stay
people    = {people:<31}# how many you expect
# list    = "people.csv"                   # or who they are: name, organisation, sector, group, …
ask       = []                             # what the join page may ask: "name", "organisation", "sector"
hosts     = "none"                         # who stays at a table: none | volunteer | named
wall      = "live"                         # ideas on the wall: live | after (the round) | held (until let through)
writing   = "always"                       # phones take ideas: always | end (the last minutes of a round)
groups_by = "balance"                      # who is in which group: balance | choose | list
swap      = "questions"                    # groups that change sessions: the questions change | walk: the people do
# code    = "K7QF"                         # the join code and the address, fixed before the day for printed cards
# address = "192.168.1.5:8080"

# [wifi]                                   # the network that people join first; becomes a QR code
# name     = "Cafe"
# password = "…"

# People who work in parallel, at tables of their own. Table numbers run on from group to group.
{groups}

# [[tables]]                               # only where one table is special
# number = 2
# name   = "Window"
# seats  = 4
# host   = "Ana"

# A conversation: its questions, talked about in rounds. Add [sessions.s2] for another one.
[sessions.s1]
title     = "Session 1"
questions = [                              # one may also be written per language: {{ ro = "…?", en = "…?" }},
{questions}
]
per       = "table"                        # each table keeps its question | round: everybody has the round's question
rounds    = {rounds}
minutes   = {minutes:<31}# of a round; or one number per round: [20, 15, 15]
move      = {move:<31}# minutes to change tables between rounds
collect   = "idea"                         # what people write: idea | problem | practice | question
seating   = "mix"                          # mix | together | home (the last round returns) | choose
# carry   = "earlier.cafe"                 # brings the problems or ideas of an earlier café, to be answered
# notes   = "Remember the extension cord." # for the facilitator's eyes only

# The day, in order. kind: welcome | talk | session | break | harvest | closing
[[programme]]
at    = "{arriving}"
kind  = "welcome"
# title = "Arrivals"

[[programme]]
at      = "{talking}"
kind    = "session"
session = "s1"                             # everybody; or, in parallel: sessions = {{ A = "s1", B = "s2" }}

[[programme]]
at    = "{harvest}"
kind  = "harvest"
dots  = 3                                  # votes for each person; without this line there is no vote
# notes = "Who reads the themes aloud?"

[[programme]]
at    = "{closing}"
kind  = "closing"
"""
