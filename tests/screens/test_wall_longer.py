"""The wall in a language that needs more room than any of ours."""

import asyncio
from pathlib import Path

import pytest

from tests.pseudo import pseudo
from tests.screens.room import changed, lab, wall, widths

PHASES = ("lobby", "welcome", "talk", "round", "move", "break", "harvest", "closing", "closed")


@pytest.mark.parametrize("size", [(80, 24), (120, 34)])
def test_words_forty_per_cent_longer_are_whole_on_every_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    """In every phase each sentence of the wall stands on it from its first bracket to its last one."""

    async def look() -> None:
        async with wall(tmp_path, changed(lab(), language="en"), size=size) as held:
            for phase in PHASES:
                await held.go_to(phase)
                assert widths(held.app) == {size[0]}
                begun, ended = held.text.count("["), held.text.count("]")
                assert begun == ended >= 2, (phase, held.text)
                if phase == "harvest":
                    await held.room.do("report_back", step=held.state.step)
                    await held.settle()
                    assert held.text.count("[") == held.text.count("]") >= 2, held.text
                    await held.room.do("end_reports", step=held.state.step)

    with pseudo():
        asyncio.run(look())
