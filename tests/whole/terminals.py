"""A real terminal for tests: the program in a pseudo-terminal, every byte that reached it, and what a person sees."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pexpect
import pyte

from tests.patience import PATIENCE
from tests.whole.programs import CAFE, environment


class Terminal:
    """A program in a terminal of `width` × `height`; `raw` holds all bytes that it sent."""

    def __init__(
        self,
        *arguments: str | Path,
        cwd: Path,
        width: int = 80,
        height: int = 24,
        program: Sequence[str] = CAFE,
        **more: str,
    ) -> None:
        self.raw = b""
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self.screen)
        self.child = pexpect.spawn(
            program[0],
            [*program[1:], *map(str, arguments)],
            cwd=str(cwd),
            env=environment(**{"COLORTERM": "truecolor", **more}),  # type: ignore[arg-type]
            dimensions=(height, width),
        )

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, fault: object, *_: object) -> None:
        if fault:
            print(f"the last picture of {self.child.args}, which {'runs' if self.child.isalive() else 'has ended'}:")
            print(self.text)
        self.child.close(force=True)

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def press(self, keys: str) -> None:
        self.child.send(keys)

    def read(self, wait: float = 0.1) -> bool:
        """Takes what the program has sent; false when it has ended."""
        try:
            piece = self.child.read_nonblocking(65536, wait)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += piece
        self._stream.feed(piece)
        return True

    def shut(self) -> None:
        """Closes the window, and waits until the program has ended."""
        self.child.ptyproc.fileobj.close()
        self.child.ptyproc.closed = self.child.closed = True
        self.child.ptyproc.wait()

    def drain(self) -> None:
        """Takes all that is there: a terminal that does not read would hold the program up."""
        before = -1
        while len(self.raw) > before:
            before = len(self.raw)
            self.read(0)

    def until(self, met: Callable[[str], object], seconds: float = PATIENCE) -> None:
        """Reads until the picture meets a condition."""
        end = time.monotonic() + seconds
        while not met(self.text):
            alive = self.read()
            assert alive or met(self.text), f"ended with\n{self.raw[-2000:]!r}"
            assert time.monotonic() < end, f"never came; the picture is\n{self.text}"

    def end(self, seconds: float = PATIENCE) -> int:
        """Reads until the program has ended. Gives its exit code."""
        end = time.monotonic() + seconds
        while self.read():
            assert time.monotonic() < end, f"did not end; the picture is\n{self.text}"
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -(self.child.signalstatus or 0)
