"""A past café on the wall again: the same screens, with keys that move through its hours, and a last line that says
where one is. Nothing can be done to the café; keys of a running one are answered with a sentence.
"""

from collections.abc import Callable
from typing import ClassVar

import msgspec
from textual.screen import Screen

from cafe.i18n import AVAILABLE, LANGUAGES, N_, Translator, translator
from cafe.plan import MINUTE
from cafe.replay import Replay
from cafe.rules import Refused
from cafe.stage import Turn
from cafe.wall import words
from screens import help
from screens.actions import refusal
from screens.frame import Frame, View, margin
from screens.messages import Changed
from screens.taste import Taste
from screens.veils import LEAST
from screens.wall import READ, WallApp
from screens.widgets.foot import Foot, Passing

FRAMES = 0.2
"""Seconds from one picture to the next while the hours run."""

EMPTY = 10 * MINUTE
"""A time without anything, from which on the wall says that it can be skipped."""

IMPORTED = N_("Made again from its JSON: times may be approximate, and what was taken back is not in it.")
NEWER = N_("A newer worldcafe wrote this: what this one does not know is left out.")


class ReplayApp(WallApp, inherit_bindings=False):
    """The wall of a café that is over, or that runs elsewhere; `told` is what is to be known of its file."""

    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = {**WallApp.MODES, "help": help.ReplayHelp}

    def __init__(self, replay: Replay, taste: Taste = Taste(), *, told: str = "") -> None:  # noqa: B008 -- frozen
        super().__init__(replay, taste)
        self.replay = replay
        self.foot = True
        """Whether the last line is wanted."""
        self._told = told
        self._empty = 0
        self._ended = False
        self._steps: dict[str, Callable[[int], None]] = {
            "pace": replay.faster,
            "minute": replay.minutes,
            "round": replay.rounds,
            "part": replay.parts,
            "ends": lambda way: replay.to(replay.timeline.end if way > 0 else replay.timeline.begin),
        }

    def meant(self) -> dict[str, str]:
        """The keys of a replay; those that only a running café knows are answered too."""
        return {**self.keyboard.meant("wall"), **self.keyboard.meant("replay")}

    @property
    def tr(self) -> Translator:
        return translator(self.replay.state.language)

    async def on_mount(self) -> None:
        """Begins to run."""
        self.set_interval(FRAMES, self._run)
        if self._told:
            self.say(self.tr(self._told), READ)

    def _hear(self, turn: Turn) -> None:  # noqa: ARG002 (as every watcher)
        """What is said of an address is for those who were there."""
        self.post_message(Changed())

    # -------------------------------------------------------------------------------------------- what is shown

    @property
    def _has_foot(self) -> bool:
        return self.foot and self.size.height > LEAST[1] and self.showing not in ("blank", "small")

    def view(self) -> View:
        """As on any wall, above the last line."""
        view = super().view()
        return msgspec.structs.replace(view, height=view.height - 1) if self._has_foot else view

    async def show(self) -> None:
        await super().show()
        if isinstance(self.screen, Frame) and not self.screen.query(Foot):
            await self.screen.mount(Foot())
        self._draw_foot()

    def _run(self) -> None:
        """Real time has passed: the hours go on with it."""
        if self.replay.running and self.is_running:
            self._tick()

    def _tick(self) -> None:
        self.replay.advance()
        super()._tick()
        self._draw_foot()
        self._tell()

    def _draw_foot(self) -> None:
        for foot in self.screen.query(Foot):
            foot.display = self._has_foot
            foot.styles.padding = (0, margin(self.size.width))
            foot.passing = self.passing()

    def passing(self) -> Passing:
        """What the last line says."""
        tr, state, replay, timeline = self.tr, self.replay.state, self.replay, self.replay.timeline
        day, total = state.local(replay.now()), len(state.plan.programme)
        number = min(state.position.block + 1, total)
        several = state.local(timeline.begin).date() != state.local(timeline.end).date()
        return Passing(
            time=f"{tr.date(day.date())} {day:%H:%M}" if several else f"{day:%H:%M}",
            title=words.title(tr, state),
            step=words.step(tr, state),
            part=tr("part {number} of {total}", number=number, total=total) if number else "",
            pace=tr("the end") if replay.over else f"{'▶' if replay.running else '‖'} {replay.speed:g} ×",
            share=timeline.share(replay.now()),
            marks=tuple(timeline.share(mark) for mark in timeline.rounds[1:]),
        )

    def _tell(self) -> None:
        """Says once that this was the end, or that for a while nothing happened."""
        replay, tr = self.replay, self.tr
        if replay.over != self._ended:
            self._ended = replay.over
            end = tr("The end of this café.") if replay.state.closed else tr("As far as this café has come.")
            self.say(end if replay.over else "", READ)
            return
        after = replay.timeline.after(replay.now())
        if replay.running and after is not None and after - replay.now() > EMPTY and after != self._empty:
            self._empty = after
            until = f"{replay.state.local(after):%H:%M}"
            self.say(
                tr("Nothing happens until {time}; {key} goes there.", time=until, key=self.keyboard.told(tr, "skip"))
            )

    # ------------------------------------------------------------------------------------------------------ keys

    async def action_press(self, action: str, key: str) -> None:
        """What a key means: a step through the hours, a look, or nothing that can be done here any more."""
        self._pressed = self._pressed or bool(action)
        if action in self._steps:
            keys = self.keyboard[action].keys
            self._steps[action](1 if keys.index(key) >= len(keys) / 2 else -1)
            if action == "pace":
                self.say(f"{self.replay.speed:g} ×")
        elif action == "run":
            self.replay.start_or_pause()
        elif action == "skip":
            self.replay.skip()
        elif action == "foot":
            self.foot = not self.foot
        elif action == "away":
            self.exit()
        elif action == "language":
            self._speak()
        elif action in ("", "lower") or self.keyboard.meant("replay").get(key) == action:
            await super().action_press(action, key)
        else:
            try:
                await self.replay.do(action)
            except Refused as no:
                self.say(refusal(self.replay, no))
        self._tell()
        self.post_message(Changed())

    def _speak(self) -> None:
        spoken = self.replay.state.language
        found = AVAILABLE.index(spoken) if spoken in AVAILABLE else -1
        self.replay.speak(AVAILABLE[(found + 1) % len(AVAILABLE)])
        self.say(LANGUAGES[self.replay.state.language])
