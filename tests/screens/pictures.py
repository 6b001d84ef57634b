"""Pictures of every screen of the wall at several sizes: `python -m tests.screens.pictures [FOLDER]`.

Without a folder the ones that are kept are made anew beside this file, the README's among them.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from PIL import Image

from cafe.cli.demo import example
from tests.screens import raster
from tests.screens.room import Wall, wall

HERE = Path(__file__).parent / "pictures"
SIZES = ((60, 18), (80, 24), (120, 34), (160, 45), (200, 55))
KEPT = {"lobby": (80, 24), "round": (80, 24), "last_minutes": (80, 24), "move": (80, 24), "harvest": (120, 34)}
"""The main pictures, each at the size at which it is kept."""

Scene = tuple[str, str, Callable[[Wall], Awaitable[None]]]


async def talk(held: Wall, ideas: int) -> None:
    """People say what the example's people say."""
    _, _, book = example()
    for number in range(ideas):
        place = held.state.place(f"p{number % 24}")
        if place:
            asked = held.state.question(place).text("ro")[0]
            await held.say(number % 24, book[asked][number // 6 % len(book[asked])])


async def nothing(held: Wall) -> None:
    """The screen as it begins."""


async def welcome(held: Wall) -> None:
    await held.go(1)


async def opening(held: Wall) -> None:
    await held.go(2)


async def conversation(held: Wall) -> None:
    await held.go(3)
    await talk(held, 14)


async def last_minutes(held: Wall) -> None:
    await conversation(held)
    await held.passes(11 * 60 + 20)


async def overtime(held: Wall) -> None:
    await conversation(held)
    await held.passes(13 * 60 + 67)


BUILT = "Biblioteca deschisă și seara, cu o cheie pentru fiecare atelier, și un calendar comun al sălilor goale"


async def on_stage(held: Wall) -> None:
    """An idea that builds on two others stands large."""
    await conversation(held)
    ids = [idea.id for idea in held.state.newest()][:2]
    await held.room.do("send", who="p1", id="idea-built-1", text="Și duminica, cu voluntari din cartier", on=ids[0])
    await held.room.do("send", who="p7", id="idea-built-2", text=BUILT, on="idea-built-1")
    await held.room.do("stage", id="idea-built-2")
    await held.settle()


async def message(held: Wall) -> None:
    await conversation(held)
    await held.room.do("message", text="Încă 2 minute, apoi cafeaua e gata în curte", to="both")
    await held.settle()


async def all_ideas(held: Wall) -> None:
    await conversation(held)
    await held.press("i")


async def moving(held: Wall) -> None:
    await held.go(4)


async def coffee(held: Wall) -> None:
    await held.go_to("break")


async def harvest(held: Wall) -> None:
    await conversation(held)
    await held.go_to("harvest")


async def closing(held: Wall) -> None:
    await conversation(held)
    await held.go_to("closing")


async def closed(held: Wall) -> None:
    await conversation(held)
    await held.go_to("closed")


SCENES: tuple[Scene, ...] = (
    ("lobby", "10:36", nothing),
    ("welcome", "10:36", welcome),
    ("opening", "11:02", opening),
    ("round", "11:15", conversation),
    ("last_minutes", "11:15", last_minutes),
    ("overtime", "11:15", overtime),
    ("on_stage", "11:15", on_stage),
    ("message", "11:15", message),
    ("all_ideas", "11:15", all_ideas),
    ("move", "11:28", moving),
    ("break", "12:04", coffee),
    ("harvest", "13:16", harvest),
    ("closing", "13:31", closing),
    ("closed", "13:40", closed),
)
"""Every screen: its name, the time of day at which it is shown, and how it is come to."""


async def draw(scene: Scene, size: tuple[int, int], path: Path) -> None:
    """One picture."""
    _, at, come = scene
    with tempfile.TemporaryDirectory() as folder:
        async with wall(Path(folder), example()[0], size, people=24, at=at) as held:
            await come(held)
            raster.picture(held.app, 12, 24).quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


async def main(folder: str | None) -> None:
    scenes = {scene[0]: scene for scene in SCENES}
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for scene in SCENES:
            for width, height in SIZES:
                await draw(scene, (width, height), Path(folder) / f"{scene[0]}_{width}x{height}.png")
        return
    HERE.mkdir(exist_ok=True)
    for name, size in KEPT.items():
        await draw(scenes[name], size, HERE / f"{name}.png")
    await draw(scenes["round"], (100, 30), HERE / "readme_wall.png")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else None))
