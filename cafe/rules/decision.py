"""How a command is written: a function of the state and of now to the events that it makes, or a refusal.

Commands are a table of names to functions with plain-data arguments, so that the same one comes from a key, the
private view, a remote or the autopilot. A refusal is a polite no with a reason and leaves no trace.
"""

import inspect
import re
from collections.abc import Callable
from typing import Any, ParamSpec, get_type_hints

import msgspec

from cafe.events import Event
from cafe.i18n import N_

Given = ParamSpec("Given")
Decision = tuple[Event, ...]

REFUSALS = {
    "already_left": N_("That step is already over."),
    "closed": N_("This café is closed."),
    "not_open": N_("Joining is not open: the plan names no organiser or no contact."),
    "nothing_runs": N_("No clock is running now."),
    "nothing_stands": N_("No clock is standing still."),
    "no_time_left": N_("There is no minute left to take."),
    "fits_already": N_("It fits already."),
    "is_over": N_("That is over: only what is still to come can be changed."),
    "left_out": N_("That part is left out."),
    "nothing_after": N_("Nothing comes after it: it lasts as long as it lasts."),
    "last_round": N_("A conversation has one round at least; leave out the whole part instead."),
    "past_midnight": N_("The programme would go on past midnight."),
    "programme_moved": N_("The programme has changed meanwhile. Look again."),
    "both_changed": N_(
        "The programme was changed in the café and in the plan's file: the café keeps its own, "
        "nothing is taken in from the file."
    ),
    "no_such_question": N_("There is no such question."),
    "nothing_to_undo": N_("There is nothing to take back."),
    "nothing_came_back": N_("The café was not away."),
    "not_joined": N_("Please join first."),
    "no_such_group": N_("There is no such group."),
    "no_such_table": N_("There is no such table."),
    "no_such_card": N_("There is no card with this number."),
    "card_taken": N_("Somebody has this card already."),
    "no_hosts": N_("Nobody can stay at a table now."),
    "host_taken": N_("Somebody else stays at this table already. Thank you!"),
    "stays_put": N_("Who hosts a table or cannot move stays there."),
    "last_table": N_("One table must stay open."),
    "no_choice": N_("There is no table to choose now."),
    "room_changed": N_("The room has changed meanwhile. Look again."),
    "table_full": N_("That table is full. Please choose another one."),
    "no_such_talk": N_("There is no such talk now."),
    "phones_needed": N_("People need their phones now: to come in, or to find their tables."),
    "no_report": N_("No table reports now."),
    "reports_already": N_("The tables report already."),
    "has_reported": N_("That table has reported already."),
    "no_such_idea": N_("That idea is not here any more."),
    "not_yours": N_("Only who wrote an idea can change it."),
    "handed_on": N_("The next round has begun: what was left for it stands as it was."),
    "others_hand_over": N_("Somebody else at this table has done that already. Thank you!"),
    "no_hand_over": N_("This table has left no word."),
    "no_such_photo": N_("That photograph is not here any more."),
    "enough_photos": N_("This table has four photographs already. Thank you!"),
    "other_text": N_("This idea was already sent with other words."),
    "no_vote": N_("No vote is open now."),
    "no_dot_left": N_("You have no dot left. Take one back first, then it is free."),
    "dots_on_one": N_("That is more dots than one idea may have from one person."),
    "never_open": N_("This question has not been opened yet."),
    "bad_id": N_("Something is wrong with this form. Please load the page again."),
    "no_such_theme": N_("That theme is not there any more."),
    "name_taken": N_("Another theme has this name. Merge the two instead."),
    "long_name": N_("That is too long for a theme: at most 80 characters, please."),
    "empty_theme": N_("Nothing of this theme can be shown now."),
    "no_harvest": N_("That is for the part of the day in which ideas are gathered."),
    "not_shown": N_("Only an idea that everybody may see can stand large on the wall."),
    "long_message": N_("That is too long for a message: at most 160 characters, please."),
    "empty": N_("Write a few words first."),
    "too_long": N_("That is too long: at most 500 characters, please."),
    "too_many_lines": N_("Those are too many lines: at most 12, please."),
    "not_text": N_("Some characters could not be read. Please type them again."),
    "too_large": N_("That is too large to be sent."),
    "too_fast": N_("One moment, please: that was very fast. It will be sent again."),
    "not_saved": N_("It could not be saved just now. Please try again."),
    "disk_full": N_("The laptop's disk is full. Please tell the facilitator and try again."),
    "address_fixed": N_("This address leads here from the internet; it is changed there, and with --public-url."),
    "one_address": N_("This laptop has no other address that phones could reach."),
    "no_remote": N_("No phone can reach a remote here: this laptop has no address in a network."),
    "only_shown": N_("This café is shown again: it can be looked at, not changed."),
    "unknown_command": N_("There is no such command."),
}
"""Every reason for a no, in words that a participant understands."""


LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
"""What a phone may call its language: a tag and no words."""


ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
"""What a phone may call what it sends: random letters, so that the same thing sent twice is known."""


class Refused(Exception):
    """A polite no. `code` is a key of `REFUSALS`; nothing was changed."""

    def __init__(self, code: str) -> None:
        super().__init__(REFUSALS[code])
        self.code = code


class Command(msgspec.Struct, frozen=True):
    """A command of the table: its function, and whether only the facilitator may give it."""

    decide: Callable[..., Decision]
    facilitator: bool

    def check(self, given: dict[str, Any]) -> dict[str, Any]:
        """Plain data (from JSON) as the function's own types. Raises `msgspec.ValidationError`."""
        hints = get_type_hints(self.decide)
        known = {name: p for name, p in inspect.signature(self.decide).parameters.items() if name not in _GIVEN}
        for name in set(given) - set(known):
            raise msgspec.ValidationError(f"unknown argument {name}")
        for name, parameter in known.items():
            if parameter.default is parameter.empty and name not in given:
                raise msgspec.ValidationError(f"missing argument {name}")
        return {name: msgspec.convert(value, hints[name]) for name, value in given.items()}


_GIVEN = ("state", "now")
COMMANDS: dict[str, Command] = {}


def command(decide: Callable[Given, Decision]) -> Callable[Given, Decision]:
    """Puts a function into the table as a command that a participant's page may give on somebody's behalf."""
    COMMANDS[decide.__name__] = Command(decide, facilitator=False)
    return decide


def facilitator(decide: Callable[Given, Decision]) -> Callable[Given, Decision]:
    """Puts a function into the table as a command of the facilitator's."""
    COMMANDS[decide.__name__] = Command(decide, facilitator=True)
    return decide
