"""Pictures of every screen of the wall at each size and in each theme: `python -m tests.screens.pictures [FOLDER]`.

In FOLDER stands a sheet for each size and theme beside them, to be looked at as a whole: what has another place on
another screen is seen there. Without a folder the ones that are kept are made anew beside this file, the README's
among them. Time stands still in them, and they have all colours whatever the terminal: made again they are the same.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw
from textual import constants

from cafe.cli.demo import example
from cafe.plan import Wifi
from screens.themes import THEMES
from tests.screens import raster
from tests.screens.room import Wall, wall

HERE = Path(__file__).parent / "pictures"
SIZES = ((40, 12), (60, 18), (80, 24), (120, 34), (160, 45), (200, 55))
SHEET = 640
"""Pixels that a picture on a sheet is wide."""
KEPT = {"lobby": (80, 24), "round": (80, 24), "last_minutes": (80, 24), "move": (80, 24), "harvest": (120, 34)}
"""The main pictures, each at the size at which it is kept."""
PLAN = msgspec.structs.replace(example()[0], wifi=Wifi("Biblioteca", "cafea cu lapte"))

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
    await silent(held)


async def silent(held: Wall) -> None:
    """The answer to the last key is gone."""
    held.app.say("", 0.01)
    await held.settle()


async def stage_and_phones_down(held: Wall) -> None:
    await on_stage(held)
    await held.room.do("phones", down=True)
    await held.settle()


async def phones_down(held: Wall) -> None:
    await conversation(held)
    await held.room.do("phones", down=True)
    await held.settle()


async def one_question(held: Wall) -> None:
    await conversation(held)
    await held.press("2")


async def still(held: Wall) -> None:
    await conversation(held)
    await held.room.do("pause")
    await held.settle()


async def code(held: Wall) -> None:
    await held.press("j")


async def wifi(held: Wall) -> None:
    await held.press("j", "j")


async def keys(held: Wall) -> None:
    await held.press("question_mark")


async def leave(held: Wall) -> None:
    await held.press("q")


async def press_again(held: Wall) -> None:
    await conversation(held)
    await held.press("n")


async def moving(held: Wall) -> None:
    await held.go(4)


async def coffee(held: Wall) -> None:
    await held.go_to("break")


async def harvest(held: Wall) -> None:
    await conversation(held)
    await held.go_to("harvest")


async def one_sheet(held: Wall) -> None:
    await harvest(held)
    await held.press("1")


async def dots(held: Wall) -> None:
    await harvest(held)
    ids = [idea.id for idea in held.state.newest()]
    for number in range(9):
        given = {ids[number % 4]: 2, ids[number % 7]: 1} if number % 4 != number % 7 else {ids[number % 4]: 3}
        await held.room.do("ballot", who=f"p{number}", id=f"ballot-{number:04}", dots=given)
    await held.press("v")
    await silent(held)


async def theme(held: Wall) -> None:
    await harvest(held)
    ids = [idea.id for idea in held.state.newest()]
    await held.room.do("group", ideas=tuple(ids[:5]), name="Locuri deschise")
    await held.room.do("group", ideas=tuple(ids[5:]), name="Bani")
    await held.press("g")


async def reporting(held: Wall) -> None:
    await conversation(held)
    text = "Întrebați cine ține cheia sălii de la parter"
    who = next(f"p{n}" for n in range(24) if (at := held.state.place(f"p{n}")) and at.table == 1)
    await held.room.do("hand_over", who=who, text=text)
    await held.go_to("harvest")
    await held.room.do("report_back", step=held.state.step)
    await held.settle()


async def dark(held: Wall) -> None:
    await conversation(held)
    await held.press("b")


async def conclusion(held: Wall) -> None:
    await harvest(held)
    question = held.state.plan.questions()[0][1]
    await held.room.do("conclude", question=question.id, text=BUILT)
    await held.press("1")


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
    ("still", "11:15", still),
    ("one_question", "11:15", one_question),
    ("all_ideas", "11:15", all_ideas),
    ("message", "11:15", message),
    ("press_again", "11:15", press_again),
    ("on_stage", "11:15", on_stage),
    ("stage_and_phones_down", "11:15", stage_and_phones_down),
    ("phones_down", "11:15", phones_down),
    ("move", "11:28", moving),
    ("break", "12:04", coffee),
    ("harvest", "13:16", harvest),
    ("one_sheet", "13:16", one_sheet),
    ("dots", "13:16", dots),
    ("theme", "13:16", theme),
    ("reporting", "13:16", reporting),
    ("conclusion", "13:16", conclusion),
    ("closing", "13:31", closing),
    ("closed", "13:40", closed),
    ("code", "10:36", code),
    ("wifi", "10:36", wifi),
    ("keys", "10:36", keys),
    ("leave", "10:36", leave),
    ("dark", "11:15", dark),
)
"""Every screen: its name, the time of day at which it is shown, and how it is come to."""

Look = tuple[str, tuple[int, int]]
"""A theme's name and a size."""


async def drawn(scene: Scene, looks: list[Look]) -> AsyncIterator[tuple[Look, Image.Image]]:
    """A screen in several looks, in one café that is begun once."""
    _, at, come = scene
    with tempfile.TemporaryDirectory() as folder:
        async with wall(Path(folder), PLAN, (80, 24), people=24, at=at) as held:
            await come(held)
            for theme, size in looks:
                held.app.theme = theme
                await held.resize(size)
                yield (theme, size), raster.picture(held.app, 12, 24)


def save(picture: Image.Image, path: Path, colours: int = 64) -> None:
    picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)


def sheet(pictures: dict[str, Image.Image]) -> Image.Image:
    """Pictures of one size beside and below each other, four in a row, each with its name."""
    height = max(round(one.height * SHEET / one.width) for one in pictures.values())
    paper = Image.new("RGB", (4 * (SHEET + 8), -(-len(pictures) // 4) * (height + 22)), (90, 90, 90))
    for number, (name, one) in enumerate(pictures.items()):
        left, top = number % 4 * (SHEET + 8), number // 4 * (height + 22)
        ImageDraw.Draw(paper).text((left + 4, top + 4), name, fill=(255, 255, 255))
        paper.paste(one.resize((SHEET, height), Image.Resampling.LANCZOS), (left, top + 18))
    return paper


async def everything(folder: Path) -> None:
    """Every screen in every look, and the sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    looks = [(theme.name, size) for theme in THEMES for size in SIZES]
    sheets: dict[Look, dict[str, Image.Image]] = {look: {} for look in looks}
    for scene in SCENES:
        async for (theme, size), picture in drawn(scene, looks):
            save(picture, folder / f"{scene[0]}_{size[0]}x{size[1]}_{theme}.png")
            sheets[theme, size][scene[0]] = picture.resize((picture.width // 2, picture.height // 2))
    for (theme, size), pictures in sheets.items():
        sheet(pictures).save(folder / f"sheet_{size[0]}x{size[1]}_{theme}.png", optimize=True)


async def kept() -> None:
    """The ones that stand in the repository."""
    HERE.mkdir(exist_ok=True)
    scenes = {scene[0]: scene for scene in SCENES}
    for name, size in KEPT.items():
        async for _, picture in drawn(scenes[name], [("night", size)]):
            save(picture, HERE / f"{name}.png")
    async for _, picture in drawn(scenes["round"], [("night", (200, 55))]):
        save(picture.resize((1200, 660), Image.Resampling.BOX), HERE / "readme_wall.png", 200)


if __name__ == "__main__":
    constants.COLOR_SYSTEM = "truecolor"
    asyncio.run(everything(Path(sys.argv[1])) if len(sys.argv) > 1 else kept())
