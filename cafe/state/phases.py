"""The table of phases: what may follow what, and its picture for the docs."""

from typing import Literal

Phase = Literal["lobby", "welcome", "talk", "round", "move", "break", "harvest", "closing", "closed"]

BEGINS: dict[str, Phase] = {
    "welcome": "welcome",
    "talk": "talk",
    "session": "round",
    "break": "break",
    "harvest": "harvest",
    "closing": "closing",
}
"""The phase in which a block of each kind begins: a session starts with its first round."""

_ANY: tuple[Phase, ...] = (*BEGINS.values(), "closed")

NEXT: dict[Phase, tuple[Phase, ...]] = {
    "lobby": _ANY,
    "welcome": _ANY,
    "talk": _ANY,
    "round": ("move", *_ANY),
    "move": ("round",),
    "break": _ANY,
    "harvest": _ANY,
    "closing": _ANY,
    "closed": (),
}
"""The table of phases: what may follow each one. Which of them does follow is the plan's word."""


def picture() -> str:
    """The table of phases as a drawing for the docs, in Mermaid: arrows that every block has are drawn once."""
    inside = [phase for phase in NEXT if phase not in ("lobby", "closed")]
    everywhere = [phase for phase in inside if set(_ANY) <= set(NEXT[phase])]
    own = [(phase, then) for phase in inside for then in NEXT[phase] if phase not in everywhere or then not in _ANY]
    return "\n".join(
        [
            "stateDiagram-v2",
            "    [*] --> lobby",
            "    lobby --> programme",
            "    state programme {",
            *(f"        {phase}" for phase in inside),
            *(f"        {phase} --> {then}" for phase, then in own),
            "    }",
            "    programme --> programme : the plan's next block",
            "    programme --> closed",
            "    closed --> [*]",
        ]
    )
