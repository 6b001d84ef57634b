"""Which group and which table of a plan the people of a list have: where the list says it, and else in balance."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from cafe.plan import Plan
from cafe.seating.people_csv import Guest, bands
from cafe.text import key

T = TypeVar("T")


def group_of(plan: Plan, guest: Guest) -> str | None:
    """The group that the list names for somebody; None where it names none, or none that there is."""
    return next((group.id for group in plan.groups if guest.group and key(group.id) == key(guest.group)), None)


def staying(plan: Plan, guests: Iterable[Guest]) -> dict[str, int]:
    """The table of everybody who hosts or stays at one; 0 where the list names a table that there is not.

    A table is named by its number or its name; the plan's own hosts are known by their names; a host without a table
    takes the next one of their group that has nobody. Who goes together with one of them stays, too.
    """
    numbers = {key(table.name): table.number for table in plan.tables if table.name}
    numbers |= {str(table.number): table.number for table in plan.tables}
    hosts = {key(table.host): table.number for table in plan.tables if table.host}
    found: dict[str, int] = {}
    seeking: list[Guest] = []
    guests = tuple(guests)
    for guest in guests:
        said = guest.stays if guest.host in ("", "?") else guest.host
        if said:
            found[guest.name] = numbers.get(key(said), 0)
        elif key(guest.name) in hosts:
            found[guest.name] = hosts[key(guest.name)]
        elif guest.host:
            seeking.append(guest)
    for guest in seeking:
        tables = [table for table in plan.tables if group_of(plan, guest) in (None, table.group)]
        free = [table.number for table in tables if table.number not in found.values()]
        if free:
            found[guest.name] = free[0]
    _share(found, bands(guests))
    return found


def _share(found: dict[str, T], together: Iterable[frozenset[str]]) -> None:
    """What is found for one of those who go together holds for all for whom nothing else was."""
    for band in together:
        for name in band:
            known = [found[other] for other in sorted(band) if other in found]
            if known:
                found.setdefault(name, known[0])


def is_host(plan: Plan, guest: Guest) -> bool:
    """Whether somebody who stays at a table hosts it: those whom the plan names do, too."""
    named = not guest.stays and key(guest.name) in {key(table.host) for table in plan.tables if table.host}
    return bool(guest.host) or named


def grouped(plan: Plan, guests: Sequence[Guest], tables: Mapping[str, int]) -> dict[str, str]:
    """Everybody's group: that of their table, of the list, or else so that groups fill in step with their seats.

    Those who may be in any group are shared out sector by sector, so that each group has somebody of each.
    """
    found = {name: plan.table(table).group for name, table in tables.items()}
    for guest in guests:
        said = group_of(plan, guest)
        if said is not None:
            found.setdefault(guest.name, said)
    together = {name: band for band in bands(guests) for name in band}
    _share(found, together.values())
    seats = {group.id: sum(table.seats for table in plan.tables_of(group.id)) for group in plan.groups}
    seats = {group: count for group, count in seats.items() if count}
    filled = {group: sum(of == group for of in found.values()) for group in seats}
    for guest in sorted(guests, key=lambda each: (each.sector, each.organisation)):
        if guest.name not in found and seats:
            group = min(seats, key=lambda each: (filled[each] + 0.5) / seats[each])
            band = together.get(guest.name, frozenset((guest.name,)))
            found |= dict.fromkeys(band, group)
            filled[group] += len(band)
    return found
