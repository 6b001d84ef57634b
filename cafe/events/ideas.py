"""Facts of the ideas."""

from typing import Literal

from cafe.events.event import Event


class IdeaSent(Event, frozen=True):
    """An idea. `by` serves taking back and forgetting only, and is cut from the log when the café closes.

    Of source "host" it was said by somebody without a phone: it stays when who wrote it down is forgotten.
    `again` if the author had sent the same words to the same question before.
    A forgotten one has neither id nor text nor author: the fold counts it where it stood and keeps nothing.
    """

    kind = "idea_sent"
    id: str = ""
    text: str = ""
    about: str = "idea"
    question: str = ""
    block: int = -1
    session: str = ""
    round: int = 0
    table: int = 0
    group: str = ""
    language: str = ""
    on: str = ""
    answers: str = ""
    late: bool = False
    held: bool = False
    by: str = ""
    source: Literal["phone", "table", "host", "paper"] = "phone"
    again: bool = False


class IdeaChanged(Event, frozen=True):
    """Its author mended an idea; `held` if it waits to be let through again. A forgotten one is empty."""

    kind = "idea_changed"
    id: str = ""
    text: str = ""
    held: bool = False


class IdeaTakenBack(Event, frozen=True):
    """Its author took an idea back."""

    kind = "idea_taken_back"
    id: str = ""


class IdeaStood(Event, frozen=True):
    """The facilitator showed, held or hid an idea."""

    kind = "idea_stood"
    id: str
    standing: Literal["shown", "held", "hidden"]
