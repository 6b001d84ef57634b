"""What is allowed in a plan and yet worth a second look before the day: sentences that show their arithmetic."""

from collections import Counter
from collections.abc import Iterator

from cafe.i18n import N_
from cafe.plan.source import Path
from cafe.plan.values import MINUTE, Plan, Session, clock

FEWEST = 3
"""People at a table with whom it is a conversation that others can join."""
SHORT_ROUND = 3
"""Minutes up to which a round is hardly a conversation."""

Advice = tuple[Path, str, dict[str, str | int]]


def advise(plan: Plan) -> Iterator[Advice]:
    """Where in the plan, a template, its arguments: for everything that its organiser may not have meant."""
    yield from _notice(plan)
    yield from _seats(plan)
    yield from company(plan)
    used = {session for block in plan.programme for session in block.sessions.values()}
    for session in plan.sessions.values():
        path: Path = ("sessions", session.id)
        if session.id not in used:
            yield path, N_("{session} is not in the programme, so nobody will see it."), {"session": session.title}
        if session.carry:
            yield (
                (*path, "carry"),
                N_("{file} is not brought in by itself: print its report and lay it on the tables."),
                {"file": session.carry},
            )
        shortest = min(session.minutes)
        if shortest <= SHORT_ROUND:
            yield (
                (*path, "minutes"),
                N_(
                    "A round of {minutes} minutes is short: until all sit and have read the "
                    "question it is over; 10 to 20 are usual."
                ),
                {"minutes": f"{shortest:g}"},
            )
    yield from _lengths(plan)
    yield from _links(plan)
    yield from _returns(plan)


def _notice(plan: Plan) -> Iterator[Advice]:
    missing = [key for key in ("organiser", "contact") if not getattr(plan, key)]
    if missing:
        path: Path = tuple(key for key in ("organiser", "contact") if getattr(plan, key))[:1]
        yield (
            path,
            N_("Joining from phones stays closed without {missing}: people must know who keeps their words."),
            {"missing": " + ".join(missing)},
        )


def _seats(plan: Plan) -> Iterator[Advice]:
    seats = sum(table.seats for table in plan.tables)
    if plan.sessions and seats < plan.people:
        sizes = Counter(table.seats for table in plan.tables)
        yield (
            ("people",),
            N_("{people} people are expected, but there are {sum} seats."),
            {"people": plan.people, "sum": " + ".join(f"{n} × {size}" for size, n in sizes.items()) + f" = {seats}"},
        )


def company(plan: Plan) -> Iterator[Advice]:
    """So many tables that those who are expected sit there alone or in twos."""
    tables = len(plan.tables)
    if plan.sessions and tables > 1 and 0 < plan.people < FEWEST * tables:
        figures: dict[str, str | int] = {"people": plan.people, "tables": tables, "few": FEWEST}
        if len(plan.groups) > 1:
            message = N_(
                "{people} people at {tables} tables are fewer than {few} a table: "
                "take one group, or fewer tables and questions."
            )
        else:
            message = N_(
                "{people} people at {tables} tables are fewer than {few} a table: take fewer tables and questions."
            )
        yield ("people",), message, figures


def _lengths(plan: Plan) -> Iterator[Advice]:
    for number, block in enumerate(plan.programme[:-1]):
        place = plan.programme[number + 1].at - block.at
        path: Path = ("programme", number, "at")
        told: set[str] = set()
        for name, _ in block.tracks():
            session = plan.sessions[name]
            if session.planned() > place * MINUTE and session.reckoned() not in told:
                told.add(session.reckoned())
                yield (
                    path,
                    N_("{session} takes {sum} minutes, but its place in the programme ({start}–{end}) has {place}."),
                    {
                        "session": session.title,
                        "sum": session.reckoned(),
                        "place": place,
                        "start": clock(block.at),
                        "end": clock(block.at + place),
                    },
                )
        if not place and not block.sessions:
            yield (
                path,
                N_("This block and the next both begin at {at}; this one will have no time."),
                {"at": clock(block.at)},
            )


def _links(plan: Plan) -> Iterator[Advice]:
    """Talks at the same time of which only some can be found."""
    for number, block in enumerate(plan.programme):
        if any(talk.link for talk in block.talks):
            for talk in block.talks:
                if not talk.link:
                    yield (
                        ("programme", number, "talks"),
                        N_("{talk} has no link, but others have one: who chooses it will not know where it is."),
                        {"talk": talk.title},
                    )


def _returns(plan: Plan) -> Iterator[Advice]:
    """Rounds and tables that do not fit: people who get a question twice, questions that nobody gets."""
    told: set[tuple[str, str]] = set()
    for number, block in enumerate(plan.programme):
        for group, name in block.sessions.items():
            session = plan.sessions[name]
            tables = len(plan.tables_for(number, group))
            path: Path = ("sessions", name, "rounds")
            args: dict[str, str | int] = {
                "session": session.title,
                "group": group,
                "rounds": session.rounds,
                "tables": tables,
                "questions": len(session.questions),
            }
            for message in _fit(session, tables, named=bool(group)):
                if (name, message) not in told:
                    told.add((name, message))
                    yield path, message, args


def _fit(session: Session, tables: int, *, named: bool) -> Iterator[str]:
    questions = len(session.questions)
    if session.per == "table" and session.rounds > tables:
        if named:
            yield N_(
                "{session} has {rounds} rounds, but group {group} has {tables} tables: people return to a question."
            )
        else:
            yield N_("{session} has {rounds} rounds, but there are {tables} tables: people return to a question.")
    elif session.rounds > questions > 1:
        yield N_("{session} has {rounds} rounds, but {questions} questions: a question comes back.")
    if session.per == "round":
        if questions > session.rounds:
            yield N_("{session} has {questions} questions, but {rounds} rounds: the last are never asked.")
    elif questions > tables and named:
        yield N_(
            "{session} has {questions} questions, but group {group} has {tables} tables: the last are never asked."
        )
    elif questions > tables:
        yield N_("{session} has {questions} questions, but there are {tables} tables: the last are never asked.")
