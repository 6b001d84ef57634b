"""What the page of each phase offers: the move, talks, phones down, heads up, what was left before, the closing."""

import asyncio
import re
from pathlib import Path

import msgspec

from cafe.plan import Block, Plan, Talk
from cafe.rules.feedback import own
from tests.server.running import PLAN, Cafe, run, running

HERE = "https://meet.example.org/here"
THERE = "https://meet.example.org/there"
TALKS = Block(680, "talk", "Două prezentări", talks=(Talk("Aici", HERE), Talk("Acolo", THERE)))
LECTURE = Block(670, "talk", "Deschiderea", link=HERE)


def talking() -> Plan:
    """A café with a lecture and then two talks at the same time, after which its session comes."""
    blocks = (PLAN.programme[0], LECTURE, TALKS, *PLAN.programme[1:])
    return msgspec.structs.replace(PLAN, programme=blocks)


def part(page: str, name: str) -> str:
    """The opening tag of the part of a page that is there in `name`."""
    found = re.search(rf'<[^>]*data-in="{name}"[^>]*>', page)
    assert found, name
    return found[0]


def is_there(page: str, name: str) -> bool:
    return " hidden" not in part(page, name)


async def next_round(cafe: Cafe) -> None:
    """From a round to the next one."""
    for _ in range(2):
        await cafe.room.do("next", step=cafe.room.state.step)


def test_in_a_move_people_say_that_they_are_seated(tmp_path: Path) -> None:
    """One tap tells the facilitator, twice counts once, and saying where one sits instead counts as well."""

    async def test() -> None:
        async with running(tmp_path, "move") as cafe, cafe.phone() as one, cafe.phone() as two, cafe.phone() as three:
            track = cafe.room.state.position.tracks[0]
            assert cafe.room.state.seated_now(track) == (0, 3)
            page = (await one.get("/c")).text
            assert is_there(page, "arriving")
            assert not is_there(page, "arrived")
            for _ in range(2):
                assert (await one.post("/c/here", {"seated": "1"})).status == 303
            assert cafe.room.state.seated_now(track) == (1, 3)
            page = (await one.get("/c")).text
            assert is_there(page, "arrived")
            assert not is_there(page, "arriving")
            said = await two.ask("PUT", "/c/here", json={"table": (await two.state())["to"]})
            assert "arrived" in said.data["parts"]
            assert (await three.ask("PUT", "/c/here", json={"table": 1})).data["to"] == 1
            assert cafe.room.state.seated_now(track) == (3, 3)
            await cafe.room.do("next", step=cafe.room.state.step)
            assert (await one.post("/c/here", {"seated": "1"})).status == 303
            assert not {"arriving", "arrived"} & set((await one.state())["parts"])

    run(test())


def test_a_round_shows_what_people_left_at_the_table_before(tmp_path: Path) -> None:
    """In the next round the table's earlier ideas stand apart, can be built on, and come late where they are late."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as one, cafe.phone() as two:
            where = (await one.state())["in"]
            await one.send("idea-0001", "Lăsată la masa 1")
            assert [idea["left"] for idea in (await one.state())["ideas"]] == [False]
            await next_round(cafe)
            assert (await two.state())["table"] == 1
            assert [(i["id"], i["left"]) for i in (await two.state())["ideas"]] == [("idea-0001", True)]
            page = (await two.get("/c")).text
            left = page[page.index('<section id="left"') : page.index('<section id="others"')]
            assert left.startswith('<section id="left" >')
            assert "Lăsată la masa 1" in left
            assert "/c?on=idea-0001#write" in left
            assert (await two.send("idea-0002", "Mai departe", on="idea-0001")).data["on"] == "idea-0001"
            bell = cafe.room.state.place(two.who)
            assert bell
            await one.send("idea-0003", "Ajunsă târziu", **{"in": where})
            late = [i for i in (await two.state())["ideas"] if i["id"] == "idea-0003"]
            assert [i["left"] for i in late] == [True]
            assert "idea-0002" not in [i["id"] for i in (await one.state())["ideas"]]

    run(test())


def test_a_late_idea_rings_at_those_who_sit_there_now(tmp_path: Path) -> None:
    """What arrives late for a table's earlier round is told at once to the people who sit at that table now."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as one, cafe.phone() as two:
            where = (await one.state())["in"]
            await next_round(cafe)
            state = await two.state()
            since = f"{state['epoch']}.{state['seq']}"
            waits = asyncio.create_task(two.get(f"/c/poll?since={since}&wait=20"))
            while not cafe.room.live.streams[two.who]:
                await asyncio.sleep(0)
            await one.send("idea-0001", "Ajunsă târziu", **{"in": where})
            events = (await waits).data["events"]
            assert [(e["event"], e["data"]["left"]) for e in events] == [("idea", True)]

    run(test())


def test_a_talk_takes_questions_that_only_the_facilitator_reads(tmp_path: Path) -> None:
    """A question to the speaker is kept and can be mended, but stands on nobody else's page and not on the wall."""

    async def test() -> None:
        async with running(tmp_path, "talk", talking()) as cafe, cafe.phone() as one, cafe.phone() as two:
            state = await one.state()
            assert (state["q"]["text"], state["q"]["lang"], state["table"]) == ("Deschiderea", "ro", 1)
            assert "Întrebarea mea pentru vorbitor" in (await one.get("/c")).text
            form = {"id": "ask-00001", "text": "De ce?", "q": state["q"]["id"], "in": state["in"]}
            assert (await one.post("/c/ideas", form)).status == 303
            assert (await one.send("ask-00001", "De ce?", q=form["q"], **{"in": form["in"]})).status == 200
            idea = cafe.room.state.ideas["ask-00001"]
            assert (idea.about, idea.to_speaker, idea.counts, idea.late) == ("question", True, False, False)
            assert (cafe.room.state.shown, (await two.state())["ideas"]) == (0, [])
            assert (await one.ask("PUT", "/c/ideas/ask-00001", json={"text": "De ce oare?"})).status == 200
            await cafe.until("round")
            assert (await one.send("ask-00002", "Încă ceva", q=form["q"], **{"in": form["in"]})).status == 201
            assert cafe.room.state.ideas["ask-00002"].late
            await cafe.until("harvest")
            assert (await two.state())["ideas"] == []
            assert [idea["text"] for idea in (await one.state())["ideas"]] == ["De ce oare?", "Încă ceva"]

    run(test())


def test_a_question_to_a_talk_that_is_still_to_come_is_refused(tmp_path: Path) -> None:
    """Nobody can write to a talk that has not begun, nor to one that is not in the plan."""

    async def test() -> None:
        async with running(tmp_path, "talk", talking()) as cafe, cafe.phone() as phone:
            for place in ("2..1.0", "1..1.0", "99..0.0", "0..0.0"):
                told = {"in": place, "q": f"talk.{place.replace('..', '.')[:-2]}"}
                assert (await phone.send("ask-00001", "Hm?", **told)).code == "never_open", place
            assert not cafe.room.state.ideas

    run(test())


def test_of_talks_at_the_same_time_people_choose_one(tmp_path: Path) -> None:
    """The page offers them, the chosen one has its link and takes questions, and one may choose again."""

    async def test() -> None:
        async with running(tmp_path, "talk", talking()) as cafe, cafe.phone() as phone:
            assert (await phone.get("/c/meeting")).headers["Location"] == HERE
            await cafe.room.do("next", step=cafe.room.state.step)
            state = await phone.state()
            assert ([talk["text"] for talk in state["talks"]], state["q"], state["link"]) == (
                ["Aici", "Acolo"],
                None,
                "",
            )
            assert (await phone.get("/c/meeting")).headers["Location"] == "/c"
            assert '<button name="talk" value="2">Acolo</button>' in (await phone.get("/c")).text
            assert (await phone.post("/c/here", {"talk": "2"})).status == 303
            page = (await phone.get("/c")).text
            assert '<button name="talk" value="2" aria-current="true">Acolo</button>' in page
            assert is_there(page, "linked")
            assert (await phone.get("/c/meeting")).headers["Location"] == THERE
            assert (await phone.state())["q"]["text"] == "Acolo"
            assert (await phone.ask("PUT", "/c/here", json={"talk": 1})).data["q"]["text"] == "Aici"
            assert (await phone.ask("PUT", "/c/here", json={"talk": 3})).code == "no_such_talk"
            await cafe.until("round")
            assert (await phone.ask("PUT", "/c/here", json={"talk": 1})).code == "no_such_talk"

    run(test())


def test_phones_rest_until_the_next_step_and_nothing_is_refused(tmp_path: Path) -> None:
    """Phones down shows a calm page without changing what comes in; the same key, undo or the next step ends it."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            assert not is_there((await phone.get("/c")).text, "down")
            await cafe.room.do("phones", down=True)
            page = (await phone.get("/c")).text
            assert is_there(page, "down")
            assert 'data-parts="round down' in re.sub(r'(?<=data-parts=")([^"]*)', lambda m: order(m[1]), page)
            assert (await phone.send("idea-0001", "Scrisă dinainte")).status == 201
            await cafe.room.do("undo")
            assert not cafe.room.state.phones_down
            await cafe.room.do("phones", down=True)
            await cafe.room.do("add", minutes=1)
            assert cafe.room.state.phones_down
            await cafe.room.do("next", step=cafe.room.state.step)
            assert not cafe.room.state.phones_down
            assert "down" not in (await phone.state())["parts"]

    def order(parts: str) -> str:
        return " ".join(
            sorted(parts.split(), key=lambda name: ("round", "down").index(name) if name in ("round", "down") else 9)
        )

    run(test())


def test_with_writing_at_the_end_heads_stay_up(tmp_path: Path) -> None:
    """Until the last minutes the page has question and clock and nothing to read; an idea that comes is taken."""

    async def test() -> None:
        plan = msgspec.structs.replace(PLAN, writing="end")
        async with running(tmp_path, "round", plan) as cafe, cafe.phone() as phone:
            page = (await phone.get("/c")).text
            assert '<div id="cafe" class="heads-up"' in page
            assert re.search(r'<form id="write"[^>]* hidden>', page)
            assert (await phone.send("idea-0001", "Din timpul pauzei de rețea")).status == 201
            await cafe.room.do("add", minutes=-11)
            page = (await phone.get("/c")).text
            assert "heads-up" not in page
            assert not re.search(r'<form id="write"[^>]* hidden>', page)

    run(test())


def test_the_closing_asks_two_things_and_keeps_the_last_answer(tmp_path: Path) -> None:
    """Both questions are optional; what is sent again replaces; the page shows what one said; forgetting removes it."""

    async def test() -> None:
        async with running(tmp_path, "closing") as cafe, cafe.phone() as one, cafe.phone() as two:
            page = (await one.get("/c")).text
            assert page.count("<textarea") >= 3
            assert not is_there(page, "answered")
            assert (await one.post("/c/feedback", {"took": "Un prieten", "next": ""})).status == 303
            assert (await one.post("/c/feedback", {"took": "Doi prieteni", "next": "Mai mult timp"})).status == 303
            assert (await two.post("/c/feedback", {"took": "", "next": " "})).status == 303
            assert own(cafe.room.state, one.who)[1] == {"took": "Doi prieteni", "next": "Mai mult timp"}
            assert len(cafe.room.state.feedback) == 1
            page = (await one.get("/c")).text
            assert "Doi prieteni</textarea>" in page
            assert is_there(page, "answered")
            back = await two.post("/c/feedback", {"took": "x" * 501, "next": "Cafea"})
            assert back.status == 422
            assert "Cafea</textarea>" in back.text
            await one.post("/c/erase")
            assert not cafe.room.state.feedback
            log = cafe.room.file.db.execute("SELECT group_concat(body) FROM events").fetchone()[0]
            assert "prieten" not in log
            await cafe.until("closed")
            assert (await two.post("/c/feedback", {"took": "Prea târziu"})).status == 410

    run(test())


def test_a_closed_cafe_says_of_no_answer_who_gave_it(tmp_path: Path) -> None:
    """When the café closes, the log and the state lose the link from an answer to its phone; the answer stays."""

    async def test() -> None:
        async with running(tmp_path, "closing") as cafe, cafe.phone() as phone:
            who = phone.who
            await phone.post("/c/feedback", {"took": "Un prieten"})
            await cafe.until("closed")
            assert [said.by for said in cafe.room.state.feedback.values()] == [""]
            bodies = cafe.room.file.db.execute("SELECT body FROM events WHERE kind = 'feedback_given'").fetchall()
            assert [who in body for (body,) in bodies] == [False]
            rows = list(cafe.room.file.db["feedback"].rows)
            assert [(row["about"], row["text"]) for row in rows] == [("took", "Un prieten")]

    run(test())


def test_the_lobby_says_how_one_talks_here_and_after_whom(tmp_path: Path) -> None:
    """The etiquette of the world café stands in the lobby with its attribution, and how to know one's table."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone(language="en") as phone:
            page = (await phone.get("/c")).text
            assert is_there(page, "lobby welcome")
            assert "The World Café (theworldcafe.com)" in page
            assert "Look for this number and this sign on the tables." in page

    run(test())
