"""The plan that `cafe new` writes: every key of the format, each with the comment that explains it.

The keys are those of every plan; what explains them, and the words that the wall will show, are in the plan's language.
"""

import datetime
import json
from collections.abc import Iterator
from itertools import chain
from string import ascii_uppercase
from textwrap import wrap

import msgspec

from cafe.i18n import N_, Translator, negotiate, translator
from cafe.plan.values import KIND_NAMES, KINDS, Kind, clock

ARRIVING = 15
ROUND, MOVE = 15, 2
HARVEST = 20
PEOPLE_AT_A_TABLE = 5

TITLE = N_("A café of ours")
QUESTIONS = (N_("What is going well here?"), N_("What is in our way?"), N_("What could we begin tomorrow?"))
"""What a plan is called, and what people talk about, until its organiser says it."""

WIDTH, COLUMN = 100, 43
"""How long a line may be, and where the comment beside a key begins."""


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


def words(language: str) -> Translator:
    """The words of a plan's language; those of English where nobody translated them."""
    return translator(negotiate(language))


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
    tr = words(answers.language)
    parts = (
        _head(tr, answers),
        _wifi(tr),
        _room(tr, answers.groups, tables),
        _session(tr, answers.questions, rounds),
        _programme(tr, moments),
    )
    return "\n".join(chain.from_iterable(parts)) + "\n"


def _head(tr: Translator, answers: Answers) -> Iterator[str]:
    yield _remark(tr("The plan of a world café. Change it in any editor; `cafe check` tells what is wrong, and where."))
    yield _remark(tr("Lines that begin with # are comments: take the # away to use what stands behind it."))
    yield ""
    yield f"title     = {_quoted(answers.title)}"
    yield _row(f"# theme   = {_quoted(tr('How can we grow here?'))}", tr("one question above all questions"))
    yield _row(f"language  = {_quoted(answers.language)}", tr("of the wall; each phone follows its own"))
    yield f"date      = {answers.date.isoformat()}"
    yield f"# place   = {_quoted(tr('Town hall, room 2'))}"
    organiser, contact = answers.organiser, answers.contact
    yield _row(
        f"organiser = {_quoted(organiser)}" if organiser else f"# organiser = {_quoted(tr('Municipality'))}",
        tr("who invites: for people who join, and on reports"),
    )
    yield _row(
        f"contact   = {_quoted(contact)}" if contact else '# contact = "lab@example.org"',
        tr("whom to write to; without these two phones cannot join"),
    )
    yield _row(f"# funding = {_quoted(tr('With the support of …'))}", tr("a line for reports"))
    yield _row('# logos   = ["eu.png"]', tr("pictures for reports"))
    yield _row("keep_days = 90", tr("names are deleted after so many days; ideas stay"))
    yield _row(f"people    = {answers.people}", tr("how many you expect"))
    yield _row('# list    = "people.csv"', tr("or who they are: name, organisation, group, …"))
    yield _row("ask       = []", tr('may be asked: "name", "organisation", "sector"'))
    yield _row('hosts     = "none"', tr("who stays at a table: none | volunteer | named"))
    yield _row('wall      = "live"', tr("ideas: live | after (the round) | held (until shown)"))
    yield _row('writing   = "always"', tr("phones take ideas: always | end (of each round)"))
    yield _row('groups_by = "balance"', tr("who is in which group: balance | choose | list"))
    yield _row(
        'swap      = "questions"',
        tr("groups that change sessions: questions (the questions change) | walk (the people do)"),
    )
    yield _row('# code    = "K7QF"', tr("the join code, fixed early for printed cards"))
    yield _row('# address = "192.168.1.5:8080"', tr("the laptop's address and port, fixed likewise"))
    yield ""


def _wifi(tr: Translator) -> Iterator[str]:
    yield _row("# [wifi]", tr("the network that people join first; becomes a QR code"))
    yield '# name     = "Cafe"'
    yield '# password = "…"'
    yield _row("# hidden   = true", tr("a network that does not show its name"))
    yield ""


def _room(tr: Translator, groups: int, tables: int) -> Iterator[str]:
    yield _remark(tr("People who work in parallel, at tables of their own. Table numbers run on from group to group."))
    for name in ascii_uppercase[:groups] if groups > 1 else [""]:
        yield "[[groups]]"
        yield f'id     = "{name}"' if name else '# id   = "A"'
        yield f"tables = {tables}"
        yield _row("seats  = 6", tr("at most, at each table"))
        yield ""
    yield _row("# [[tables]]", tr("only where one table is special"))
    yield "# number = 2"
    yield f"# name   = {_quoted(tr('Window'))}"
    yield "# seats  = 4"
    yield '# host   = "Ana"'
    yield ""


def _session(tr: Translator, questions: tuple[str, ...], rounds: int) -> Iterator[str]:
    yield _remark(tr("A conversation: its questions, talked about in rounds. Add [sessions.s2] for another one."))
    example = '{ ro = "…?", en = "…?" }'
    yield _remark(tr("A question may also be written in several languages: {example}", example=example))
    yield "[sessions.s1]"
    yield f"title     = {_quoted(tr('Session {number}', number=1))}"
    yield "questions = ["
    yield from (f"  {_quoted(question)}," for question in questions)
    yield "]"
    yield _row(
        'per       = "table"',
        tr("table (each table keeps its question) | round (everybody has the round's question)"),
    )
    yield f"rounds    = {rounds}"
    yield _row(f"minutes   = {ROUND}", tr("of a round; or one number per round: [20, 15, 15]"))
    yield _row(f"move      = {MOVE}", tr("minutes to change tables between rounds"))
    yield _row('collect   = "idea"', tr("what people write: idea | problem | practice | question"))
    yield _row('seating   = "mix"', tr("mix | together | home (the last round returns) | choose"))
    yield _row('# carry   = "earlier.cafe"', tr("answers the problems or ideas of an earlier café"))
    yield _row(f"# notes   = {_quoted(tr('Remember the extension cord.'))}", tr("for the facilitator's eyes only"))
    yield ""


def _programme(tr: Translator, moments: list[int]) -> Iterator[str]:
    arriving, talking, harvest, closing = map(clock, moments)
    kinds = " | ".join(_kind(tr, kind).replace(" ", UNBROKEN) for kind in KINDS)
    yield _remark(tr("The day, in order. Each part has a kind: {kinds}", kinds=kinds))
    yield "[[programme]]"
    yield f'at    = "{arriving}"'
    yield 'kind  = "welcome"'
    yield f"# title = {_quoted(tr('Arrivals'))}"
    yield ""
    yield "# [[programme]]"
    yield f'# at    = "{talking}"'
    yield '# kind  = "talk"'
    yield _row('# link  = "https://…"', tr("where it is heard online; people open it from their phones"))
    yield ""
    yield _remark(tr("Or several talks at the same time, of which people choose one:"))
    yield "# [[programme]]"
    yield f'# at    = "{talking}"'
    yield '# kind  = "talk"'
    yield '# talks = [{ title = "…", link = "https://…" }, { title = "…" }]'
    yield ""
    yield "[[programme]]"
    yield f'at      = "{talking}"'
    yield 'kind    = "session"'
    example = 'sessions = { A = "s1", B = "s2" }'.replace(" ", UNBROKEN)
    yield _row('session = "s1"', tr("everybody; or, in parallel: {example}", example=example))
    yield ""
    yield "[[programme]]"
    yield f'at    = "{harvest}"'
    yield 'kind  = "harvest"'
    yield _row("dots  = 3", tr("votes of each person; without this line: none"))
    yield _row("# per_idea = 1", tr("at most so many of them on one idea"))
    yield _row("# reports  = true", tr("it begins with the tables, which report one after another"))
    yield f"# notes = {_quoted(tr('Who reads the themes aloud?'))}"
    yield ""
    yield "[[programme]]"
    yield f'at    = "{closing}"'
    yield 'kind  = "closing"'


def _kind(tr: Translator, kind: Kind) -> str:
    """A kind of block as plans write it, and as people will read it."""
    name = tr(KIND_NAMES[kind])
    return kind if name.casefold() == kind else f"{kind} ({name})"


UNBROKEN = "\N{NO-BREAK SPACE}"
"""Stands for a space at which a comment may not go on to the next line."""


def _quoted(text: str) -> str:
    """A text as TOML writes it, which is as JSON writes it."""
    return json.dumps(text, ensure_ascii=False)


def _remark(comment: str) -> str:
    """A comment on lines of its own."""
    return "\n".join(f"# {line}" for line in _lines(comment, 0))


def _row(code: str, comment: str) -> str:
    """A key with its comment to the right, where it goes on below; above the key where that leaves no room."""
    if len(code) >= COLUMN:
        return f"{_remark(comment)}\n{code}"
    first, *more = _lines(comment, COLUMN)
    return "\n".join([f"{code:<{COLUMN}}# {first}", *(f"{'':{COLUMN}}# {line}" for line in more)])


def _lines(comment: str, column: int) -> list[str]:
    width = WIDTH - column - len("# ")
    return [
        line.replace(UNBROKEN, " ") for line in wrap(comment, width, break_long_words=False, break_on_hyphens=False)
    ]
