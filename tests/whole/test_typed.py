"""Typing in the private view, through a real terminal: keys that arrive in one piece count in their order."""

import sys
from pathlib import Path

import pytest

from tests.whole.terminals import Terminal

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a thing of Unix", allow_module_level=True)

LINES = """
from textual.app import App
from cafe.i18n import translator
from screens.line import Line
from screens.typed import Typed

class Lines(App):
    def on_mount(self):
        self.push_screen(Line(translator("en"), "How many minutes?", "10"), self.begin)

    def begin(self, typed):
        self.mount(Typed(typed, select_on_focus=False))
        self.query_one(Typed).focus()

    def on_input_submitted(self, typed):
        self.exit(typed.value)

print("typed", Lines().run())
"""


def test_keys_that_come_in_one_piece_count_in_their_order(tmp_path: Path) -> None:
    """Backspace takes the letter before it, never the one after; and Enter gives what was typed just before it."""
    with Terminal("-c", LINES, cwd=Path.cwd(), program=(sys.executable,)) as terminal:
        terminal.until(lambda text: "How many minutes?" in text)
        terminal.press("\x7f5")
        terminal.until(lambda text: " 15 " in text)
        terminal.press("x\x7f\x7f7")
        terminal.until(lambda text: " 17 " in text)
        terminal.press("8\r")
        terminal.until(lambda text: "178" in text and "How many minutes?" not in text)
        terminal.press("\x7f\x7f23\r")
        assert terminal.end() == 0
        assert b"typed 123" in terminal.raw
