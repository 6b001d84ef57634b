"""The wall: the terminal that is projected. It knows the screens, the themes, the keys and one subscription.

What stands on the wall follows from the state and from what the keys have set here; nothing else is kept.
"""

import time
from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen

from cafe.i18n import translator
from cafe.live import Live
from cafe.rules.themes import theme_shown
from cafe.stage import Stage, Turn, Unwatch
from cafe.wall import shown, words
from screens import ask, block, closing, gathered, harvest, help, listen, lobby, move, pause, report, spotlight, veils
from screens import round as rounds
from screens.actions import Desk
from screens.frame import Look, View
from screens.keys import HARMLESS
from screens.laying import OPEN_FOR, Laying
from screens.messages import Changed
from screens.signals import Signal, Watch
from screens.sound import play
from screens.taste import Taste
from screens.terminal import patient, redraw
from screens.themes import THEMES, first, looks
from screens.widgets.clock import BigClock

SAID = 3.0
"""Seconds that an answer to a key stands."""

READ = 20.0
"""Seconds for what everybody in the room should read."""

COVERS = ("join", "help", "leave")
"""What may stand over any phase; any key takes it away and does nothing else."""

UNLOCKED = ("start", "blank", "join", "lock")
"""What the keys of a locked wall still do."""


class WallApp(App[None], inherit_bindings=False):
    """A screen for each phase of the café, and what may cover them."""

    CSS_PATH = "wall.tcss"
    TITLE = "café"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = {
        "lobby": lobby.Lobby,
        "welcome": block.Welcome,
        "talk": block.Speech,
        "round": rounds.Round,
        "move": move.Move,
        "break": pause.Pause,
        "harvest": harvest.Harvest,
        "theme": gathered.Gathered,
        "report": report.Reporting,
        "closing": closing.Closing,
        "closed": closing.Closed,
        "phones down": listen.Listen,
        "spotlight": spotlight.Spotlight,
        "blank": veils.Blank,
        "join": veils.Join,
        "wifi": veils.JoinWifi,
        "help": help.Help,
        "leave": ask.Leave,
        "small": veils.Small,
    }

    def __init__(
        self,
        stage: Stage,
        taste: Taste = Taste(),  # noqa: B008 -- frozen
        *,
        live: Live | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`live` is told how large the window is and whether the keys are locked, whenever that changes.

        By `clock`, real time in seconds, goes what stands for a moment and how long a second press is waited for.
        """
        super().__init__()
        self._live, self.clock = live, clock
        self.stage, self.taste, self.keyboard = stage, taste, taste.keyboard
        for name, action in {**dict.fromkeys(HARMLESS, ""), **self.meant()}.items():
            self.bind(name, f"press('{action}', '{name}')", show=False)
        self.desk = Desk(stage, self.keyboard)
        self.laying = Laying(stage, self.keyboard)
        self.cover = ""
        """What stands over the phase; "" for nothing."""
        self.question = 0
        """The question that is shown alone, from 1; 0 for all."""
        self._notice, self._until = "", 0.0
        self._pressed = False
        self._lookout = Watch()
        self._locked = False
        self._page = 0
        self._step = ""
        self._message = ""
        self._unwatch: list[Unwatch] = []
        self._felt = (False, False, False)

    def meant(self) -> dict[str, str]:
        """What each key means here: its action."""
        return self.keyboard.meant("wall")

    def get_driver_class(self) -> type[Driver]:
        return patient(self)

    async def on_mount(self) -> None:
        """Begins to watch the café."""
        for theme in looks(self.console.color_system):
            self.register_theme(theme)
        self.theme = first(self.taste.theme, self.console.color_system)
        self._unwatch = [self.stage.watch(self._hear), self.stage.live.watch(self._feel)]
        self.set_interval(1, self._tick)
        self.post_message(Changed())

    def on_resize(self, resized: events.Resize) -> None:
        """The window has another size."""
        redraw(self)
        if self._live:
            self._live.measure(*resized.size)

    def _hear(self, turn: Turn) -> None:
        """Something happened in the café."""
        if turn.before.url and turn.before.url != turn.after.url and turn.after.phase != "closed":
            self.say(self.desk.tr("The address is another one now: please scan the code again"), READ)
        self.post_message(Changed())

    def _feel(self) -> None:
        """The moment has changed. Of it the wall shows only whether phones come through, and darkness."""
        pulse = self.stage.live.pulse
        felt = (pulse.reached > 0, pulse.network.overdue, pulse.dark)
        if felt != self._felt:
            self._felt = felt
            self.post_message(Changed())

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        for unwatch in self._unwatch:
            unwatch()

    async def on_event(self, event: events.Event) -> None:
        """The mouse does nothing on a wall; over a cover or darkness any key counts, unless the keys are locked."""
        if isinstance(event, events.MouseEvent):
            return
        if isinstance(event, events.Key) and self._is_locked(event.key) and self.showing in (*COVERS, "wifi", "blank"):
            return
        if isinstance(event, events.Key) and self.showing == "blank":
            await self.stage.wish("light")
            return
        if isinstance(event, events.Key) and self.cover:
            again = event.key in self.keyboard[self.cover].keys if self.cover in COVERS else False
            if again and self.cover == "leave":
                self.exit()
            self._uncover(again)
            self.post_message(Changed())
            return
        await super().on_event(event)

    def _is_locked(self, key: str) -> bool:
        """Whether a key does nothing now, because the keys are locked."""
        return self._locked and self.meant().get(key) not in UNLOCKED

    def _uncover(self, again: bool) -> None:
        """Takes away what stands over the phase; its own key goes on to the next page of it, where there is one."""
        if again and self.cover == "help" and isinstance(self.screen, help.Help) and self._page + 1 < self.screen.pages:
            self._page += 1
        else:
            wifi = again and self.cover == "join" and self.stage.state.plan.wifi
            self.cover, self._page = "wifi" if wifi else "", 0

    # -------------------------------------------------------------------------------------------- what is shown

    @property
    def showing(self) -> str:
        """The name of the screen that should stand on the wall."""
        columns, rows = veils.LEAST
        if self.size.width < columns or self.size.height < rows:
            return "small"
        if self.cover or self.stage.live.pulse.dark:
            return self.cover or "blank"
        if shown.on_stage(self.stage.state):
            return "spotlight"
        if self.stage.state.phones_down:
            return "phones down"
        if theme_shown(self.stage.state):
            return "theme"
        return "report" if self.stage.state.position.report else self.stage.state.phase

    def view(self) -> View:
        """What the screens draw from."""
        state = self.stage.state
        notice = self._notice if self.clock() < self._until else ""
        return View(
            state,
            translator(state.language),
            self.stage.now(),
            *self.size,
            question=self.question,
            notice=notice,
            hint=not self._pressed,
            pulse=self.stage.live.pulse,
            keyboard=self.keyboard,
            page=self._page,
        )

    async def on_changed(self) -> None:
        """Something may look different now."""
        await self.show()

    async def show(self) -> None:
        """Shows what is true now."""
        self._message = words.message(self.stage.state, self.stage.now())
        if self.stage.state.step != self._step:
            self._step, self.question = self.stage.state.step, 0
        if self.showing != self.current_mode:
            await self.switch_mode(self.showing)
        if isinstance(self.screen, Look):
            self.screen.redraw(self.view())

    def _tick(self) -> None:
        """Time alone has passed."""
        if not self.is_running:  # the window closes: its screens are being taken down
            return
        if signal := self._lookout.look(self.stage.state, self.stage.now()):
            self._signal(signal)
        ended = bool(self._notice) and self.clock() >= self._until
        if ended:
            self._notice = ""
        if ended or self._message != words.message(self.stage.state, self.stage.now()):
            self.post_message(Changed())
        elif isinstance(self.screen, Look) and self.screen.is_mounted:
            self.screen.tick(self.view())

    def say(self, notice: str, lasting: float = SAID) -> None:
        """Answers a key, or asks or tells the room something, which lasts longer."""
        self._notice, self._until = notice, self.clock() + lasting
        self.set_timer(lasting, self._tick)
        self.post_message(Changed())

    def _signal(self, signal: Signal) -> None:
        """Time makes itself heard and seen, for who asked for it."""
        if self.taste.sound:
            self.bell()
            self.run_worker(play(signal), exit_on_error=False)
        if self.taste.flash and self.animation_level != "none":
            for clock in self.screen.query(BigClock):
                clock.flash()

    async def _lay(self) -> None:
        """Asks at how many tables people sit, or takes the answer; the wall answers other keys meanwhile."""
        self.say(await self.laying.press(self.clock()), OPEN_FOR)

    def _tell_lock(self) -> None:
        """Whether the keys are locked, and which one changes that."""
        tr, key = self.desk.tr, self.keyboard.told(self.desk.tr, "lock")
        told = tr("The keys are locked; {key} unlocks them", key=key) if self._locked else tr("The keys work again")
        self.say(told)

    # ------------------------------------------------------------------------------------------------------ keys

    async def action_press(self, action: str, key: str) -> None:
        """What a key of the table means."""
        self._pressed = self._pressed or bool(action)
        if self._is_locked(key):
            if action:
                self._tell_lock()
            return
        if action in self.desk.actions and self.showing == "small":
            return  # Nobody would see what it does.
        if action in self.desk.actions:
            told, answer = self.stage.state.url, await self.desk.press(action, self.clock())
            if answer and self.stage.state.url == told:  # What the room must read of another address stays.
                self.say(answer)
        elif action == "lay" and self.showing != "small":
            self.run_worker(self._lay())
        elif action == "lock" and self.showing != "small":
            self._locked = not self._locked
            if self._live:
                self._live.lock(locked=self._locked)
            self._tell_lock()
        elif action == "blank":
            await self.stage.wish("dark")
        elif action in COVERS:
            self.cover = "" if self.cover == action else action
        elif action == "question":
            self.question = int(key)
        elif action == "theme":
            names = [theme.name for theme in THEMES]
            self.theme = names[(names.index(self.theme) + 1) % len(names)]
        self.post_message(Changed())
