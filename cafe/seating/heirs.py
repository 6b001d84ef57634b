"""Who takes over a table whose host goes."""

from cafe.seating.diagnose import contradictions
from cafe.seating.problem import Problem, Seats
from cafe.seating.replan import News, renewed


def heirs(problem: Problem, seats: Seats, table: str, *, round: int) -> list[str]:
    """Who could take over a table whose host has left: those who sit there in `round`, who would miss least first: free
    to move, and with the fewest tables still to come that nobody else from here goes to. Whoever is pinned elsewhere,
    or is to sit apart from somebody who stays there, cannot, nor can their companions.
    """
    by_name = {person.id: person for person in problem.people}
    here = [name for name, where in seats[round - 1].items() if where == table and not by_name[name].stays]
    still = {name: sum(name in seated for seated in seats[round:]) for name in here}
    clashes = len(contradictions(renewed(problem, seats, News(), round)))
    fit = [
        name
        for name in here
        if len(contradictions(renewed(problem, seats, News(stays={name: table}), round))) <= clashes
    ]
    return sorted(fit, key=lambda name: (still[name], here.index(name)))
