"""The programme of a plan: blocks in the order of the day, and which session each group has in them."""

from typing import Any

from cafe.i18n import N_
from cafe.plan.keys import BLOCK
from cafe.plan.mistakes import guess, shown
from cafe.plan.page import Page
from cafe.plan.source import Path
from cafe.plan.values import Block, Session, Talk, clock


def read_programme(page: Page, groups: list[str] | None) -> list[Block]:
    """The blocks in order; their sessions are resolved for each group."""
    parts = page.several("programme", BLOCK, needed=("at", "kind"))
    if not parts and not page.told(("programme",)):
        page.wrong(("programme",), N_("The programme is missing; write at least one [[programme]] with at and kind."))
    elif not (
        page.data.get("sessions")
        or page.told(("sessions",))
        or page.told(("programme",))
        or any(part.get("kind") in ("talk", "session") for part in parts)
    ):
        page.wrong(
            ("programme", 0),
            N_(
                "A café needs a session or a talk; write [sessions.s1] with its "
                'questions, or a block with kind = "talk".'
            ),
        )
    blocks: list[Block] = []
    latest: int | None = None
    for number, part in enumerate(parts):
        path: Path = ("programme", number)
        at = part.get("at")
        if at is not None and latest is not None and at < latest:
            page.wrong(
                (*path, "at"),
                N_("{at} is earlier than the block before it ({before}); blocks stand in the order of the day."),
                at=clock(at),
                before=clock(latest),
            )
        latest = at if at is not None else latest
        running = _running(page, path, part, groups)
        _check_talks(page, path, part)
        if "at" in part and "kind" in part:
            rest = {key: part[key] for key in ("title", "dots", "per_idea", "reports", "notes", "link") if key in part}
            talks = tuple(Talk(**talk) for talk in part.get("talks", ()))
            blocks.append(Block(at=part["at"], kind=part["kind"], sessions=running, talks=talks, **rest))
    return blocks


def _check_talks(page: Page, path: Path, part: dict[str, Any]) -> None:
    """Only a talk is heard somewhere; several at the same time have a link each."""
    for key in ("link", "talks"):
        if key in part and part.get("kind", "talk") != "talk":
            page.wrong((*path, key), N_('Only a block with kind = "talk" has {key}.'), key=key)
    if part.get("link") and "talks" in part:
        page.wrong((*path, "link"), N_("Talks at the same time have a link each: write it in the braces of the talk."))


def _running(page: Page, path: Path, part: dict[str, Any], groups: list[str] | None) -> dict[str, str]:
    """Which session each group has in a block; {} where that is wrong or the block has none."""
    kind, one, several = part.get("kind"), part.get("session"), part.get("sessions")
    if kind is None:
        return {}
    for key in ("session", "sessions"):
        if key in part and kind != "session":
            page.wrong((*path, key), N_('Only a block with kind = "session" has {key}.'), key=key)
    for key in ("dots", "per_idea", "reports") if kind != "harvest" else ():
        if key in part:
            page.wrong((*path, key), N_('Only a block with kind = "harvest" has {key}.'), key=key)
    if kind != "session":
        return {}
    if one and several:
        page.wrong((*path, "sessions"), N_("Write either session or sessions in a block, not both."))
        return {}
    if not one and not several:
        if not page.told((*path, "session")) and not page.told((*path, "sessions")):
            page.wrong(
                (*path, "session"),
                N_('Say which session this is: session = "s1", or in parallel sessions = {example}.'),
                example='{ A = "s1", B = "s2" }',
            )
        return {}
    for group, session in (several or {"": one}).items():
        _known_session(page, (*path, "sessions", group) if several else (*path, "session"), session)
    if groups is None:
        return {}
    if one:
        return dict.fromkeys(groups, one)
    return _for_groups(page, (*path, "sessions"), several or {}, groups)


def _known_session(page: Page, path: Path, session: str) -> None:
    known = page.data.get("sessions", {})
    if not isinstance(known, dict) or session in known or ("sessions",) in page.broken:
        return
    if any(len(each) <= 2 and each[:1] in ((), ("sessions",)) for each in page.source.broken):
        return  # a session could not be made out: it may be this one
    meant = guess(session, known)
    if meant:
        page.wrong(
            path, N_("There is no session {session}; did you mean {meant}?"), session=shown(session), meant=shown(meant)
        )
    else:
        page.wrong(
            path,
            N_("There is no session {session}; write {header} with its questions."),
            session=shown(session),
            header="[sessions.…]",
        )


def _for_groups(page: Page, path: Path, several: dict[str, str], groups: list[str]) -> dict[str, str]:
    if groups == [""]:
        page.wrong(path, N_("Parallel sessions need groups; write [[groups]] with id and tables for each."))
        return {}
    for group in several:
        if group not in groups:
            page.wrong(
                (*path, group),
                N_("There is no group {group}; the groups are {known}."),
                group=shown(group),
                known=", ".join(groups),
            )
    missing = [group for group in groups if group not in several]
    if missing and len(several) <= len(groups) and all(group in groups for group in several):
        page.wrong(path, N_("Group {group} has no session here; give one to every group."), group=", ".join(missing))
    return {group: several[group] for group in groups if group in several}


def check_parallel(page: Page, programme: list[Block], sessions: dict[str, Session]) -> None:
    """Sessions side by side share the room's clock, so they have the same rounds and minutes."""
    if page.told(("programme",)):
        return
    for number, block in enumerate(programme):
        ids = [session for session, _ in block.tracks() if session in sessions]
        for other in ids[1:]:
            first, second = sessions[ids[0]], sessions[other]
            if (first.rounds, first.minutes) != (second.rounds, second.minutes):
                page.wrong(
                    ("programme", number, "sessions"),
                    N_(
                        "Parallel sessions have the same rounds and "
                        "minutes; {first} has {length}, {second} has {other}."
                    ),
                    first=first.title,
                    second=second.title,
                    length=first.reckoned(),
                    other=second.reckoned(),
                )
