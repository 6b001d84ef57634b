"""Tables that report to the room, as phones and the wall's page hear of it: one polite line."""

from pathlib import Path

from tests.server.running import CODE, PLAN, run, running


def test_a_phone_says_whose_turn_it_is(tmp_path: Path) -> None:
    """The page says which table reports, that one's own is next, and that it is its turn; then nothing of it. One's own
    is the table at which one sat last.
    """

    async def test() -> None:
        async with running(tmp_path, "round", PLAN) as cafe, cafe.phone() as one, cafe.phone() as two:
            await one.send("idea-0001", "O piață")
            await cafe.until("harvest")
            assert (await one.state())["report"] is None
            room = cafe.room
            await room.do("report_back", step=room.state.step)
            turns = {(await phone.state())["report"]["mine"]: phone for phone in (one, two)}
            assert set(turns) == {1, 2}
            assert (await one.state())["report"] == {"table": 1, "next": 2, "mine": 1 if turns[1] is one else 2}
            assert "Acum prezintă masa dumneavoastră." in (await turns[1].get("/c")).text
            assert "Urmează masa dumneavoastră." in (await turns[2].get("/c")).text
            wall = (await one.get(f"/wall/{CODE}")).text
            assert "Masa 1" in wall
            assert "apoi masa 2" in wall
            await room.do("next", step=room.state.step)
            assert "Masa 2 prezintă acum." in (await turns[1].get("/c")).text
            assert "Acum prezintă masa dumneavoastră." in (await turns[2].get("/c")).text
            await room.do("next", step=room.state.step)
            assert "prezintă" not in (await one.get("/c")).text
            assert (await one.state())["report"] is None

    run(test())
