"""What is proved about a seating, in words that a facilitator can say, and why something could not be avoided.

"Proved" is said only where a bound is reached (`cafe.seating.bounds`); what was merely found says so.
"""

from collections import Counter

from cafe.i18n import N_
from cafe.seating.problem import Plan, Problem
from cafe.seating.sentence import Sentence, counted


def certificate(plan: Plan) -> Sentence:
    """What is proved about a plan's repeated encounters."""
    if not plan.encounters:
        return Sentence(N_("Nobody meets anybody: everybody sits alone."))
    if not plan.repeats and not plan.proved:
        return Sentence(N_("Nobody meets anybody twice."))
    if not plan.repeats and not (plan.score.revisits or plan.score.questions):
        return Sentence(N_("Nobody meets anybody twice: the best possible, proved."))
    if not plan.repeats:
        return Sentence(N_("Nobody meets anybody twice, and nobody returns more often than must be: proved."))
    least = plan.bound.repeats if plan.orderly else 0
    if plan.repeats <= least:
        return counted(
            "{n} encounter is repeated: the fewest possible, proved.",
            "{n} encounters are repeated: the fewest possible, proved.",
            plan.repeats,
        )
    if plan.proved:
        return counted(
            "{n} encounter is repeated, spread as well as can be: proved. "
            "Fewer would let more people meet a third time.",
            "{n} encounters are repeated, spread as well as can be: proved. "
            "Fewer would let more people meet a third time.",
            plan.repeats,
        )
    if not least:
        return counted(
            "{n} encounter is repeated. Whether it could be avoided is not known.",
            "{n} encounters are repeated. Whether there could be fewer is not known.",
            plan.repeats,
        )
    return counted(
        "{n} encounter is repeated. Whether there could be fewer is not known; {least} is proved to be needed.",
        "{n} encounters are repeated. Whether there could be fewer is not known; {least} at least, that is proved.",
        plan.repeats,
        least=least,
    )


def proof(plan: Plan) -> str:
    """The certificate for `--json`, with its algebra: stable words for programs, in English."""
    if plan.algebra and not plan.repeats:
        return f"optimal: difference matrix over {plan.algebra}"
    if plan.proved:
        return "optimal: no repeats" if not plan.repeats else "optimal: meets the pigeonhole bound"
    gap = plan.coincidences - plan.bound.coincidences if plan.policy == "spread" else plan.repeats - plan.bound.repeats
    return f"best found, gap <= {gap}" + (f"; {plan.bound.impossible}" if plan.bound.impossible else "")


def unavoidable(problem: Problem, plan: Plan) -> tuple[Sentence, ...]:
    """Why people must meet again, where they must."""
    said = []
    moving = sum(not person.stays for person in problem.people)
    staying = len(problem.people) - moving
    pairs = moving * (moving - 1) // 2 + moving * staying
    if plan.bound.impossible:
        said.append(
            Sentence(N_("Some repeat cannot be avoided: {reason}."), {"reason": Sentence(plan.bound.impossible)})
        )
    elif plan.bound.repeats and plan.encounters - pairs >= plan.bound.repeats:
        said.append(
            Sentence(
                N_("Repeats cannot be avoided: {encounters} encounters, but only {pairs} pairs of people."),
                {"encounters": plan.encounters, "pairs": pairs},
            )
        )
    elif plan.bound.repeats:
        said.append(
            Sentence(N_("Repeats cannot be avoided: a table has more people than there are tables to go on to."))
        )
    if problem.rules.mode == "together":
        said.append(Sentence(N_("The people of a table travel together: they meet again in every round.")))
    if problem.rules.mode == "home":
        said.append(Sentence(N_("In the last round everybody is back at their first table.")))
    homes = Counter(person.stays for person in problem.people if person.stays)
    said += [
        counted(
            "{n} person stays at table {table}.",
            "{n} people stay at table {table} and meet in every round.",
            count,
            table=table,
        )
        for table, count in homes.items()
        if count > 1
    ]
    return tuple(said)
