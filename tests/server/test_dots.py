"""Dots from phones, by the script and by plain forms: never doubled, and results only when they are shown."""

import asyncio
import re
from pathlib import Path

import msgspec

from cafe.plan import Block
from tests.patience import PATIENCE
from tests.server.running import PLAN, run, running
from tests.server.test_live import listening

VOTE = msgspec.structs.replace(
    PLAN,
    programme=tuple(
        msgspec.structs.replace(block, dots=3, per_idea=2) if block.kind == "harvest" else block
        for block in PLAN.programme
    ),
)
IDEA = "idea-0001"


def test_a_whole_ballot_is_taken_as_it_shall_be(tmp_path: Path) -> None:
    """A ballot sent twice counts once; too many dots, and dots after the end, get a sentence and change nothing."""

    async def test() -> None:
        async with running(tmp_path, "round", VOTE) as cafe, cafe.phone() as phone:
            await phone.send(IDEA, "O piață")
            await cafe.until("harvest")
            told = (await phone.state())["harvest"]
            assert (told["open"], told["dots"], told["left"], told["mine"]) == (True, 3, 3, {})
            for _ in range(2):
                said = {"rev": told["rev"], "dots": {IDEA: 2}}
                assert (await phone.ask("PUT", "/c/ballot", json=said)).data["harvest"]["left"] == 1
            assert dict(cafe.room.state.votes) == {IDEA: 2}
            late = await phone.ask("PUT", "/c/ballot", json={"rev": 0, "dots": {}})
            assert (late.status, late.code) == (409, "room_changed")
            many = await phone.ask("PUT", "/c/ballot", json={"dots": {IDEA: 3}})
            assert (many.status, many.code) == (409, "dots_on_one")
            await cafe.room.do("vote", shown=True)
            closed = await phone.ask("PUT", "/c/ballot", json={"dots": {}})
            assert closed.data["error"]["message"] == "Acum nu este deschis niciun vot."
            assert (await phone.state())["harvest"]["results"] == {IDEA: 2}

    run(test())


def test_dots_work_without_a_script(tmp_path: Path) -> None:
    """Each idea has buttons of a plain form; what is left is said in words, and others see nobody's dots."""

    async def test() -> None:
        async with running(tmp_path, "round", VOTE) as cafe, cafe.phone() as phone, cafe.phone() as other:
            await other.send(IDEA, "O piață")
            await cafe.until("harvest")
            page = (await phone.get("/c")).text
            assert "Aveți 3 buline" in page
            action, value = re.findall(r'action="(/c/ideas/[^"]+/vote)".*?value="(\d)"', page, re.DOTALL)[0]
            back = await phone.post(action, {"n": value})
            assert (back.status, back.headers["Location"]) == (303, f"/c#at-{IDEA}")
            assert (await phone.post(action, {"n": value})).status == 303
            page = (await phone.get("/c")).text
            assert "Aveți 2 buline" in page
            assert "● 1 bulină" not in (await other.get("/c")).text
            assert "● 1 bulină" in page
            assert (await phone.post("/c/ballot", {IDEA: "0"})).status == 303
            assert "Aveți 3 buline" in (await phone.get("/c")).text
            assert (await phone.post(action, {"n": "9"})).status == 409
            assert (await phone.post("/c/ideas/idea-9999/vote", {"n": "1"})).status == 404

    run(test())


def test_results_come_to_the_phones_when_they_are_shown(tmp_path: Path) -> None:
    """What others gave stands in nothing that a phone is told before the vote is shown; then with every idea."""

    async def test() -> None:
        async with running(tmp_path, "round", VOTE) as cafe, cafe.phone() as phone, cafe.phone() as other:
            await phone.send(IDEA, "O piață")
            await cafe.until("harvest")
            await other.ask("PUT", "/c/ballot", json={"dots": {IDEA: 2}})
            told = await phone.state()
            assert (told["harvest"]["results"], told["harvest"]["mine"]) == ({}, {})
            assert list(told["ballot"]) == [""]
            async with asyncio.timeout(PATIENCE), listening(phone) as stream:
                assert (await stream.wait_for("harvest"))["items"] == [IDEA]
            events = (await phone.get("/c/poll?wait=0")).data["events"]
            assert [each["data"]["items"] for each in events if each["event"] == "harvest"] == [[IDEA]]
            await cafe.room.do("vote", shown=True)
            assert [choice["text"] for choice in (await phone.state())["ballot"][IDEA]] == ["●● 2 buline"]
            assert "●● 2 buline" in (await phone.get("/c")).text

    run(test())


def test_a_harvest_without_dots_has_no_vote(tmp_path: Path) -> None:
    """Where the plan has no dots, no page speaks of them."""

    async def test() -> None:
        async with running(tmp_path, "round", PLAN) as cafe, cafe.phone() as phone:
            await phone.send(IDEA, "O piață")
            await cafe.until("harvest")
            assert (await phone.state())["harvest"] is None
            assert "/vote" not in (await phone.get("/c")).text

    run(test())


def test_a_question_to_a_speaker_has_no_button_for_dots(tmp_path: Path) -> None:
    """Who asked a speaker finds the question on the phone in the harvest, but no dot to give it: none can lie there."""

    async def test() -> None:
        lecture = Block(670, "talk", "Deschiderea")
        plan = msgspec.structs.replace(VOTE, programme=(VOTE.programme[0], lecture, *VOTE.programme[1:]))
        async with running(tmp_path, "talk", plan) as cafe, cafe.phone() as phone:
            state = await phone.state()
            await phone.send("ask-00001", "De ce?", q=state["q"]["id"], **{"in": state["in"]})
            await cafe.until("round")
            await phone.send(IDEA, "O piață")
            await cafe.until("harvest")
            ballot = (await phone.state())["ballot"]
            assert (ballot["ask-00001"], len(ballot.get(IDEA, ballot[""]))) == ([], 2)
            page = (await phone.get("/c")).text
            assert page.count("Pun o bulină") == 1

    run(test())
