"""What a key does to the café: from an action of the table of keys to a command, with a calm sentence as the answer.

The wall and the private view use the same desk. It holds nothing of the café: only which key waits for its second
press. Real time comes in as an argument.
"""

from collections.abc import Awaitable, Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from cafe.clock import remaining
from cafe.file import TROUBLES, NotSaved
from cafe.i18n import AVAILABLE, LANGUAGES, Translator, translator
from cafe.rules import REFUSALS, Refused
from cafe.rules import programme as rules
from cafe.rules.themes import theme_shown, themes
from cafe.stage import Stage
from cafe.state import State
from cafe.wall import shown, words
from screens.keyboard import USUAL, Keyboard
from screens.keys import KEYS

ARMED = 3.0
"""Seconds in which a second press counts."""

WALLS = ("strip", "all", "none")
TWICE = frozenset(key.action for key in KEYS if key.twice)


class Armed(NamedTuple):
    """A key that was pressed once: what it would leave, what it promised, and until when it waits."""

    action: str
    step: str
    promised: str
    until: float


class Desk:
    """The keys of one view, at work on one stage."""

    def __init__(self, stage: Stage, keyboard: Keyboard = USUAL) -> None:
        self.stage, self.keyboard = stage, keyboard
        self.armed: Armed | None = None
        self._actions: dict[str, Callable[[], Awaitable[str]]] = {
            "start": self._start,
            "next": self._next,
            "back": self._undo,
            "add": self._add,
            "take": self._take,
            "fit": self._fit,
            "undo": self._undo,
            "ideas": self._ideas,
            "hide": self._hide,
            "vote": self._vote,
            "themes": self._themes,
            "phones": self._phones,
            "lower": self._lower,
            "language": self._language,
            "address": self._address,
        }

    @property
    def actions(self) -> frozenset[str]:
        """The actions that are commands to the café; all others are the view's own."""
        return frozenset(self._actions)

    @property
    def tr(self) -> Translator:
        return translator(self.stage.state.language)

    async def press(self, action: str, at: float) -> str:
        """Does what an action means and says so; a refusal is a sentence as well. `at` is real time in seconds.

        What the room would notice waits for a second press within three seconds, in which the step must still be the
        same: the first press tells what would come.
        """
        armed, self.armed = self.armed, None
        if action == "back" and self.stage.state.undo and words.before(self.stage.state) is None:
            return self.tr("Something was done since then; {key} takes it back", key=self._key("undo"))
        try:
            if action in TWICE or (action == "start" and self.stage.state.phase == "lobby"):
                promised = self.promise(action)
                step = self.stage.state.step
                if armed is None or armed[:2] != (action, step) or at > armed.until:
                    self.armed = Armed(action, step, promised, at + ARMED)
                    return self.tr("Press {key} once more: {what}", key=self._key(action), what=promised)
            return await self._actions[action]()
        except (Refused, NotSaved) as no:
            return refusal(self.stage, no)

    async def at_once(self, action: str) -> str:
        """Does what an action means without a second press. Raises `Refused`, or `NotSaved`."""
        return await self._actions[action]()

    def promise(self, action: str) -> str:
        """What the second press of a key would do. Raises `Refused` when it would do nothing."""
        state, now = self.stage.state, self.stage.now()
        if action in ("next", "start"):
            rules.next(state, now, state.step)
            tables = words.misfit(self.tr, state, self._key("lay"))
            return words.joined(words.comes(self.tr, state, now), tables)
        if action == "back":
            before = words.before(state)
            if before is None:
                raise Refused("nothing_to_undo")
            return words.back_in(self.tr, before)
        if action == "address":
            ip, card = self._next_way()
            return self.tr("phones are told {address} ({card})", address=ip, card=card)
        fitted = rules.fitting(state, now)
        if fitted is None:
            raise Refused("fits_already" if state.position.tracks else "nothing_runs")
        return words.proposal(self.tr, fitted, now)

    # ---------------------------------------------------------------------------------------- the programme

    async def _start(self) -> str:
        state, now = self.stage.state, self.stage.now()
        clocks = state.clocks
        if any(clock.mode == "pause" for clock in clocks):
            await self.stage.do("resume")
            return self.tr("The clock runs on")
        if state.phase == "lobby" or (state.phase == "move" and all(remaining(clock, now) <= 0 for clock in clocks)):
            return await self._next()
        if clocks:
            await self.stage.do("pause")
            return self.tr("The clock stands still")
        coming = words.comes(self.tr, state, now)
        if not coming:
            return self._refuse("closed")
        return self.tr("No clock is running; {key} goes on: {what}", key=self._key("next"), what=coming)

    def _key(self, action: str) -> str:
        """What stands on the key of an action."""
        return self.keyboard.told(self.tr, action)

    def _refuse(self, code: str) -> str:
        return self.tr(REFUSALS[code])

    async def _next(self) -> str:
        outcome = await self.stage.do("next", step=self.stage.state.step)
        return words.where(self.tr, outcome.state)

    async def _add(self) -> str:
        return await self._time(1)

    async def _take(self) -> str:
        return await self._time(-1)

    async def _time(self, minutes: int) -> str:
        outcome = await self.stage.do("add", minutes=minutes)
        left = max(0, remaining(words.lead_clock(outcome.state), self.stage.now()))
        said = self.tr("One minute more") if minutes > 0 else self.tr("One minute less")
        return words.joined(said, words.lasting(self.tr, words.whole_minutes(left)))

    async def _fit(self) -> str:
        outcome = await self.stage.do("fit", step=self.stage.state.step)
        return self.tr("Fitted: {what}", what=words.proposal(self.tr, outcome.state.position, self.stage.now()))

    async def _undo(self) -> str:
        last = self.stage.state.undo[-1:]
        outcome = await self.stage.do("undo", trail=self.stage.state.trail)
        return words.undone(self.tr, last[0], outcome.state)

    # ------------------------------------------------------------------------------------------- the network

    def _next_way(self) -> tuple[str, str]:
        """The laptop's next address and its card. Raises `Refused` where there is no other."""
        network, told = self.stage.live.pulse.network, urlsplit(self.stage.state.url).hostname
        if network.public:
            raise Refused("address_fixed")
        ips = [ip for ip, _ in network.ways]
        if not set(ips) - {told}:
            raise Refused("one_address")
        return network.ways[(ips.index(told) + 1) % len(ips) if told in ips else 0]

    async def _address(self) -> str:
        ip, _ = self._next_way()
        outcome = await self.stage.do("address", ip=ip)
        return self.tr("Phones are told {address} now", address=words.address(outcome.state))

    # ---------------------------------------------------------------------------------------------- the wall

    async def _ideas(self) -> str:
        wall = WALLS[(WALLS.index(self.stage.state.wall) + 1) % len(WALLS)]
        await self.stage.do("wall", ideas=wall)
        return self.tr(words.WALL[wall])

    async def _hide(self) -> str:
        idea = next(shown.newest(self.stage.state), None) if ideas_stand(self.stage.state) else None
        if idea is None:
            return self.tr("No idea stands on the wall")
        await self.stage.do("stand", id=idea.id, standing="hidden")
        return self.tr("The newest idea is hidden; {key} brings it back", key=self._key("undo"))

    async def _vote(self) -> str:
        shown = not self.stage.state.revealed
        await self.stage.do("vote", shown=shown)
        if shown:
            return self.tr("The vote is closed; {key} goes on collecting dots", key=self._key("vote"))
        return self.tr("The vote is open again")

    async def _themes(self) -> str:
        """The next theme on the wall; after the last one none."""
        state = self.stage.state
        numbers = [theme.number for theme in themes(state)]
        if not numbers:
            return self.tr("There is no theme yet: the private view makes them, on its page of ideas.")
        shown = theme_shown(state)
        coming = numbers[numbers.index(shown.number) + 1 :][:1] if shown else numbers[:1]
        await self.stage.do("show_theme", theme=coming[0] if coming else 0)
        return ""

    async def _phones(self) -> str:
        down = not self.stage.state.phones_down
        await self.stage.do("phones", down=down)
        if not down:
            return self.tr("Phones may be taken up again")
        return self.tr("Phones rest; {key} or the next step ends it", key=self._key("phones"))

    async def _lower(self) -> str:
        if not self.stage.state.staged:
            return ""
        await self.stage.do("stage", id="")
        return self.tr("No idea stands large any more")

    async def _language(self) -> str:
        spoken = self.stage.state.language
        found = AVAILABLE.index(spoken) if spoken in AVAILABLE else -1
        language = AVAILABLE[(found + 1) % len(AVAILABLE)]
        await self.stage.do("speak", language=language)
        return LANGUAGES[language]


def ideas_stand(state: State) -> bool:
    """Whether the wall shows ideas now."""
    return state.phase == "harvest" or (state.phase == "round" and state.wall != "none")


def refusal(stage: Stage, no: Refused | NotSaved) -> str:
    """Why nothing was done, as a sentence: a rule, a full disk, a file that went away, or a café out of reach."""
    tr = translator(stage.state.language)
    if isinstance(no, Refused):
        return tr(REFUSALS[no.code])
    if no.full:
        return tr(TROUBLES["disk_full"])
    moved = TROUBLES["moved"].removeprefix("{file}")
    if str(no).endswith(moved):  # The sentence came over the port in English, with the file's name in front.
        return tr(TROUBLES["moved"], file=str(no).removesuffix(moved))
    if not getattr(stage, "connected", True):
        return tr("The café does not answer; trying again")
    return tr(REFUSALS["not_saved"])
