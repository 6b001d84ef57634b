"""A phone becomes the remote: the code to scan, in the private view alone, and how to end that."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from cafe.file import NotSaved
from cafe.i18n import Translator
from cafe.rules import Refused
from cafe.stage import Stage, Wish
from screens.actions import refusal
from screens.widgets.qr import Qr, choose


class Pairing(ModalScreen[str]):
    """The box. It closes by itself when a phone has taken the code, and nothing else may take it then."""

    DEFAULT_CSS = """
    Pairing { align: center middle; }
    Pairing > Horizontal {
        width: auto; max-width: 100%; height: auto; max-height: 100%; padding: 0 1; background: $panel;
        border: round $accent;
    }
    Pairing Qr { margin: 0 2 0 0; }
    Pairing Vertical { width: 34; height: auto; }
    Pairing Static { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,0,q", "leave", show=False),
        Binding("n", "another", show=False),
        Binding("x", "end", show=False),
    ]

    def __init__(self, stage: Stage, tr: Translator) -> None:
        super().__init__()
        self.stage, self.tr = stage, tr
        self._before = stage.live.pulse.remotes
        self._pairing = False
        self._unwatch: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """The code beside its words."""
        tr, before = self.tr, self._before
        with Horizontal():
            yield Qr()
            with Vertical():
                yield Static(Content.styled(tr("Your phone as the remote"), "bold"))
                if before:
                    yield Static(Content(tr.n("{n} phone is a remote", "{n} phones are remotes", before)))
                    yield Static(Content(tr("x: none is one any more")))
                    yield Static(Content(tr("n: another phone too")))
                yield Static(id="pairing-told")
                yield Static(Content(tr("Esc closes")))

    async def on_mount(self) -> None:
        """The first time there is a code at once; where a phone is the remote already, only when asked for."""
        self.query_one(Qr).display = False
        self._unwatch = self.stage.live.watch(self._felt)
        if not self._before:
            await self.action_another()

    def on_unmount(self) -> None:
        self._unwatch_now()

    def _unwatch_now(self) -> None:
        if self._unwatch:
            self._unwatch()
            self._unwatch = None

    def _felt(self) -> None:
        """The moment changed: the code was taken, or its time is over."""
        pairing, self._pairing = self._pairing, self.stage.live.pulse.pairing
        if pairing and not self._pairing:
            self.call_later(self._over)

    def _over(self) -> None:
        if self.is_current:
            taken = self.stage.live.pulse.remotes > self._before
            self.dismiss(self.tr("The phone is the remote now") if taken else self.tr("The code is no good any more"))

    async def _wish(self, wish: Wish) -> str | None:
        """What was answered; None after the reason of a no."""
        try:
            return await self.stage.wish(wish)
        except (Refused, NotSaved) as no:
            self.query_one("#pairing-told", Static).update(Content(refusal(self.stage, no)))
            return None

    async def action_another(self) -> None:
        """A code for a phone."""
        url = await self._wish("pair")
        if not url:
            return
        code = self.query_one(Qr)
        picture = choose(url, self.app.size.width - 42, self.app.size.height - 2)
        code.url, code.display = url, picture is not None
        if picture:
            code.styles.width, code.styles.height = picture.bitmap.width, picture.bitmap.height
        told = self.tr(
            "Scan this with your own phone, before the doors open and never on the projector. The code works once, "
            "for one phone, for two minutes."
        )
        self.query_one("#pairing-told", Static).update(Content(told if picture else self.tr("Make the window larger")))

    async def action_end(self) -> None:
        """No phone is a remote any more."""
        self._unwatch_now()
        if await self._wish("unpair") is not None:
            self.dismiss(self.tr("No phone is a remote any more"))

    async def action_leave(self) -> None:
        """The code goes with its box."""
        self._unwatch_now()
        if self.query_one(Qr).url:
            await self._wish("shut")
        self.dismiss("")
