"""From the text of a plan to the plan, or to everything that is wrong with it, at once.

Pure: reading the file, and telling in which language, is the caller's. Each value is checked where it stands; what
hangs together (a block and its session, a group and its tables) is checked only between values that are right by
themselves, so that one slip is told once.
"""

from typing import Any

from cafe.i18n import N_
from cafe.plan.advice import advise
from cafe.plan.keys import GROUP, SECTIONS, SESSION, TABLE, TOP, WIFI
from cafe.plan.leaves import text as clean_text
from cafe.plan.mistakes import Reading, Wrong, shown
from cafe.plan.page import Page
from cafe.plan.programme import check_parallel, read_programme
from cafe.plan.source import Path, Source
from cafe.plan.values import Group, Plan, Question, Session, Table, Wifi

USUAL_ROUNDS = 3
USUAL_MINUTES = 20.0
PEOPLE_AT_A_TABLE = 5
"""How many people a table is meant for where the plan does not say how many tables there are."""


def parse(text: str | bytes, name: str = "plan.toml") -> Reading:
    """Read a plan.

    Takes the plan as text or as the bytes of its file, and the name that its mistakes are told by. Gives the plan, or
    all mistakes in the order of their lines, each with its line from 1. Raises nothing, whatever the text is.
    """
    page = Page(Source(text, name, SECTIONS))
    top = page.section((), {k: v for k, v in page.data.items() if k not in SECTIONS}, TOP, needed=("title",))
    wifi = _wifi(page)
    sessions = _sessions(page, top.get("language", "en"))
    group_parts = page.several("groups", GROUP)
    programme = read_programme(page, _group_ids(page, group_parts))
    groups, tables = _room(page, group_parts, top.get("people", 0), sessions)
    if top.get("groups_by") == "list" and "list" not in top and not page.told(("list",)):
        page.wrong(("groups_by",), N_('groups_by = "list" needs a list of people: list = "people.csv".'))
    check_parallel(page, programme, sessions)
    mistakes = sorted(page.source.mistakes, key=lambda mistake: mistake.line)
    if mistakes:
        return Reading(None, mistakes, [])
    plan = Plan(**top, wifi=wifi, groups=groups, tables=tables, sessions=sessions, programme=tuple(programme))
    warnings = [page.mistake(path, message, args) for path, message, args in advise(plan)]
    return Reading(plan, [], sorted(warnings, key=lambda warning: warning.line))


def _wifi(page: Page) -> Wifi | None:
    found = page.data.get("wifi")
    if found is None:
        return None
    if not isinstance(found, dict):
        page.wrong(("wifi",), N_("{key} is written as a section under {header}."), key="wifi", header="[wifi]")
        return None
    kept = page.section(("wifi",), found, WIFI, needed=("name",))
    return Wifi(**kept) if "name" in kept else None


def _sessions(page: Page, language: str) -> dict[str, Session]:
    """The sessions that are right, by id."""
    found = page.data.get("sessions", {})
    sessions: dict[str, Session] = {}
    if not isinstance(found, dict):
        page.wrong(
            ("sessions",),
            N_("{key} is written as sections, each under {header}."),
            key="sessions",
            header="[sessions.s1]",
        )
        return sessions
    for name, each in found.items():
        path: Path = ("sessions", name)
        if not isinstance(each, dict):
            page.wrong(
                path, N_("{key} stands in a session: write {header} above it."), key=shown(name), header="[sessions.s1]"
            )
            continue
        try:
            clean = str(clean_text(40, needed=True)(name))
        except Wrong as wrong:
            page.wrong(path, wrong.message, **{"key": shown(name), **wrong.args_of_message})
            continue
        if clean != name:
            page.wrong(path, N_("Write this session's name plainly: {header}."), header=f'[sessions."{clean}"]')
            continue
        kept = page.section(path, each, SESSION)
        if "questions" not in each and not page.told((*path, "questions")):
            page.wrong(
                (*path, "questions"), N_('Session {session} needs questions = ["…?", "…?"].'), session=shown(name)
            )
        session = _session(page, path, clean, kept, language)
        if not page.told(path):
            sessions[clean] = session
    return sessions


def _session(page: Page, path: Path, name: str, kept: dict[str, Any], language: str) -> Session:
    texts = kept.pop("questions", ())
    minutes = kept.pop("minutes", USUAL_MINUTES)
    each_round = minutes if isinstance(minutes, tuple) else ()
    usual = len(texts) if kept.get("per") == "round" else USUAL_ROUNDS
    rounds = kept.pop("rounds", len(each_round) or usual)
    if each_round and len(each_round) != rounds and not page.told((*path, "rounds")):
        page.wrong(
            (*path, "minutes"),
            N_("minutes has {count} numbers for {rounds} rounds; write one for each, or a single one for all."),
            count=len(each_round),
            rounds=rounds,
        )
    questions = tuple(
        Question(f"{name}.{number}", words if isinstance(words, dict) else {language: words})
        for number, words in enumerate(texts, start=1)
    )
    title = kept.pop("title", "") or name
    every = each_round or (minutes,) * rounds
    return Session(id=name, title=title, questions=questions, rounds=rounds, minutes=every, **kept)


def _group_ids(page: Page, groups: list[dict[str, Any]]) -> list[str] | None:
    """The ids of the groups in order; None when they are not known for certain."""
    if not groups:
        return None if page.told(("groups",)) else [""]
    seen: dict[str, int] = {}
    for number, group in enumerate(groups):
        path: Path = ("groups", number)
        if not group.get("id") and len(groups) > 1 and not page.told((*path, "id")):
            page.wrong(
                (*path, "id"),
                N_('This group needs an id, such as id = "A": there are {count} groups.'),
                count=len(groups),
            )
        if "tables" not in group and len(groups) > 1 and not page.told((*path, "tables")):
            page.wrong((*path, "tables"), N_("This group needs its number of tables, such as tables = 3."))
        name = group.get("id", "")
        if name and name in seen:
            page.wrong(
                (*path, "id"),
                N_("There is already a group {group}, in line {first}."),
                group=shown(name),
                first=page.source.line(("groups", seen[name])),
            )
        seen.setdefault(name, number)
    return None if page.told(("groups",)) else list(seen)


def _room(
    page: Page, parts: list[dict[str, Any]], people: int, sessions: dict[str, Session]
) -> tuple[tuple[Group, ...], tuple[Table, ...]]:
    """The groups and all their tables, numbered through the café."""
    special = page.several("tables", TABLE, needed=("number",))
    overrides: dict[int, dict[str, Any]] = {}
    for place, each in enumerate(special):
        number = each.get("number")
        if number in overrides:
            page.wrong(("tables", place, "number"), N_("Table {number} is already described above."), number=number)
        elif number is not None:
            overrides[number] = each
    fixed = bool(parts) and all("tables" in part for part in parts)
    if len(parts) <= 1 and not fixed:
        count = max(overrides, default=0)
        if sessions:
            most = max((len(s.questions) for s in sessions.values() if s.per == "table"), default=1)
            count = max(count, -(-people // PEOPLE_AT_A_TABLE), most)
        parts = [{**(parts[0] if parts else {}), "tables": count}]
    groups = tuple(Group(**part) for part in parts)
    tables: list[Table] = []
    for group in groups:
        for place in range(group.tables):
            given = {"seats": group.seats, **overrides.get(len(tables) + 1, {}), "number": len(tables) + 1}
            tables.append(Table(group=group.id, place=place, **given))
    for place, each in enumerate(special):
        if fixed and each.get("number", 0) > len(tables) and not page.told(("groups",)):
            page.wrong(
                ("tables", place, "number"),
                N_("There is no table {number}; the groups have {count} tables."),
                number=each["number"],
                count=len(tables),
            )
    return groups, tuple(tables)
