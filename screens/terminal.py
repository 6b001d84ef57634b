"""A terminal that stops reading, or goes away, holds nobody up.

Textual hands what it draws to a thread, through a queue of thirty pieces, and waits when it is full. A window whose
text is being marked, or in which somebody pressed Ctrl-S, does not read; one that was closed never will again. Here
the loop is the phones' too, so it must not wait: what such a terminal misses is left out, and when it reads again the
whole picture is drawn once. Of what is drawn only the cells that differ are sent.
"""

import contextlib
import threading
import time
from queue import Full
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.driver import Driver

from screens.picture import Picture

if TYPE_CHECKING:
    from textual.drivers.linux_driver import LinuxDriver as Platform
else:
    Platform = Driver

LOOK_AGAIN = 0.25
"""Seconds until a terminal that does not read is looked at again."""
PATIENCE = 2.0
"""Seconds that a terminal may take for the last picture when the program ends."""

HEAL = 30.0
"""Seconds after which everything that is drawn is sent whole again, should another program have written there."""


def patient(app: App[Any]) -> type[Driver]:
    """The platform's own driver, which waits for no terminal."""
    return type("PatientDriver", (_Patient, App.get_driver_class(app)), {})


def redraw(app: App[Any]) -> None:
    """The window has another size, and nobody knows what it shows."""
    if isinstance(app._driver, _Patient):
        app._driver.forget()


class _Patient(Platform):
    """Goes before a driver that draws through a `WriterThread`."""

    _missed = False
    _gone = False
    _leaving = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._picture = Picture()
        self._healed = time.monotonic()

    def forget(self) -> None:
        """What the terminal shows is not known: what is drawn from now on is sent whole."""
        self._picture.forget()
        self._healed = time.monotonic()

    def write(self, data: str) -> None:
        """Draws, if the terminal takes it now."""
        writer = self._writer_thread
        if writer is None or self._gone:
            return
        if not writer.is_alive():
            self._gone = True
            self._loop.call_soon_threadsafe(self._app.exit)
        elif self._leaving:
            with contextlib.suppress(Full):
                writer._queue.put(data, timeout=LOOK_AGAIN)
        elif self._missed or writer._queue.full():
            if not self._missed:
                self._missed = True
                self._loop.call_soon_threadsafe(self._loop.call_later, LOOK_AGAIN, self._look_again)
        else:
            if time.monotonic() - self._healed > HEAL:
                self.forget()
            writer.write(self._picture.news(data))

    def _look_again(self) -> None:
        writer = self._writer_thread
        if writer is not None and writer.is_alive() and not writer._queue.empty():
            self._loop.call_later(LOOK_AGAIN, self._look_again)
            return
        self._missed = False
        self._app.screen.refresh(layout=True)

    def stop_application_mode(self) -> None:
        """Gives the terminal back as it was found; for that alone it is waited for a little."""
        self._leaving = True
        super().stop_application_mode()

    def close(self) -> None:
        """Leaves the terminal, which may not be there to be left."""
        writer = self._writer_thread
        if writer is None or not writer.is_alive():
            return
        leaving = threading.Thread(target=super().close, daemon=True, name="leaving")
        leaving.start()
        leaving.join(PATIENCE)
