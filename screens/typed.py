"""Lines to type in, in which every key counts in the order in which it was pressed.

Textual lets letters write at once, and carries a key that does something, as Backspace does, up to the program and
back. Of keys that come in one piece, from quick fingers or over a slow connection, the later letter would be there
first, and Backspace would take that one.
"""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from textual.widget import Widget as Typing
else:
    Typing = object


class _InOrder(Typing):
    """Goes before a widget that is typed in: its own keys work where the letters do."""

    async def _on_key(self, event: Key) -> None:
        """Does what a key of the line means; all others go their usual way."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            event.stop()
            event.prevent_default()
            await self.app.run_action(binding.action, default_namespace=self)
            return


class Typed(_InOrder, Input):
    """One line."""


class Words(_InOrder, TextArea):
    """Words as long as they are. Enter gives them to the box around it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.give", show=False)]
