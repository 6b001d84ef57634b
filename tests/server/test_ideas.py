"""What happens to an idea on its way from a phone to the disk, and back to the people of the table."""

import asyncio
import re
from pathlib import Path
from urllib.parse import quote_from_bytes

import msgspec
import pytest

from cafe.file import NotSaved
from cafe.text import Unclean, clean
from tests.hostile import HONEST, HOSTILE
from tests.server.running import PLAN, run, running


def test_a_new_idea_is_201_and_the_same_again_200(tmp_path: Path) -> None:
    """A phone that did not hear the answer may ask again: it is told the same and nothing is stored twice."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            state = await phone.state()
            idea = {"q": state["q"]["id"], "in": state["in"], "on": None, "lang": "ro", "t": 1}
            first = await phone.send("idea-0001", "Un fond  mic", **idea)
            again = await phone.send("idea-0001", "Un fond mic", **idea)
            assert (first.status, again.status) == (201, 200)
            assert first.data == again.data
            assert first.data["text"] == "Un fond mic"
            assert first.data["mine"]
            assert "by" not in first.data
            assert len(cafe.room.state.ideas) == 1

    run(test())


def test_the_same_id_many_times_at_once_is_one_idea(tmp_path: Path) -> None:
    """A triple tap that arrives in one turn is one idea: one 201, the others 200."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            answers = await asyncio.gather(*(phone.send("idea-0001", "Ideea") for _ in range(3)))
            assert sorted(answer.status for answer in answers) == [200, 200, 201]
            assert len(cafe.room.state.ideas) == 1

    run(test())


def test_the_same_words_twice_are_kept_and_asked_about(tmp_path: Path) -> None:
    """Who sends the same words again is asked whether it was meant; both are kept; a neighbour may say the same."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone, cafe.phone() as other:
            assert "note" not in (await phone.send("idea-0001", "Mai multe bănci")).data
            assert "note" not in (await phone.send("idea-0001", "Mai multe bănci")).data
            again = await phone.send("idea-0002", "mai multe banci!")
            assert again.status == 201
            assert "Ați mai trimis" in again.data["note"]
            assert "note" not in (await other.send("idea-0003", "Mai multe bănci")).data
            plain = await phone.post("/c/ideas", {"id": "idea-0004", "text": "Mai multe bănci"})
            assert "Ați mai trimis" in (await phone.get(plain.headers["Location"])).text
            assert len(cafe.room.state.ideas) == 4
            for id in ("idea-0001", "idea-0002", "idea-0004"):
                await phone.ask("DELETE", f"/c/ideas/{id}")
            assert "note" not in (await phone.send("idea-0005", "Mai multe bănci")).data

    run(test())


def test_another_text_under_the_same_id_is_refused(tmp_path: Path) -> None:
    """An id belongs to its first words and to its author."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone, cafe.phone() as other:
            await phone.send("idea-0001", "Ideea")
            assert (await phone.send("idea-0001", "Alta")).status == 422
            stolen = await other.send("idea-0001", "Ideea")
            assert (stolen.status, stolen.code) == (422, "other_text")

    run(test())


def test_an_outbox_that_comes_late_is_taken_until_the_cafe_is_closed(tmp_path: Path) -> None:
    """After its round an idea is taken and marked late; after closing a new one is refused, a repeated one is not."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            before = await phone.state()
            where = {"q": before["q"]["id"], "in": before["in"]}
            assert (await phone.send("idea-0001", "La timp", **where)).status == 201
            await cafe.until("harvest")
            assert (await phone.send("idea-0002", "Târziu", **where)).status == 201
            late = cafe.room.state.ideas["idea-0002"]
            assert late.late
            assert (late.place.word, late.question) == (before["in"], before["q"]["id"])
            await cafe.until("closed")
            refused = await phone.send("idea-0003", "Prea târziu", **where)
            assert (refused.status, refused.code) == (410, "closed")
            assert len(cafe.room.state.ideas) == 2

    run(test())


def test_a_question_that_was_never_open_is_the_only_conflict(tmp_path: Path) -> None:
    """An idea for a round that has not begun is told so with 409."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone() as phone:
            early = await phone.send("idea-0001", "Devreme", q="s1.1")
            assert (early.status, early.code) == (409, "never_open")
            await cafe.until("round")
            other = await phone.send("idea-0002", "Alta", q="s9.9")
            assert (other.status, other.code) == (409, "never_open")

    run(test())


def test_sending_too_fast_is_told_when_to_try_again(tmp_path: Path) -> None:
    """Five ideas at once are taken, then one in two seconds; asking again for a stored one costs nothing."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone, cafe.phone() as neighbour:
            for n in range(5):
                assert (await phone.send(f"idea-000{n}", f"Ideea {n}")).status == 201
            fast = await phone.send("idea-0005", "Ideea 5")
            assert (fast.status, fast.code, fast.headers["Retry-After"]) == (429, "too_fast", "2")
            assert fast.data["error"]["retry_ms"] > 0
            assert (await phone.send("idea-0004", "Ideea 4")).status == 200
            assert (await neighbour.send("idea-0006", "A vecinului")).status == 201
            cafe.clock += 2
            assert (await phone.send("idea-0005", "Ideea 5")).status == 201

    run(test())


def test_changing_and_taking_back_are_for_the_author_alone(tmp_path: Path) -> None:
    """One's own idea can be mended and taken back, also twice; somebody else's cannot."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone, cafe.phone() as other:
            await phone.send("idea-0001", "Ideea")
            mended = await phone.ask("PUT", "/c/ideas/idea-0001", json={"text": "Ideea mea"})
            assert (mended.status, mended.data["text"]) == (200, "Ideea mea")
            assert mended.data["seq"] > 0
            assert (await other.ask("PUT", "/c/ideas/idea-0001", json={"text": "A mea"})).status == 403
            assert (await other.ask("DELETE", "/c/ideas/idea-0001")).status == 403
            for _ in range(2):
                gone = await phone.ask("DELETE", "/c/ideas/idea-0001")
                assert (gone.status, gone.data["st"], gone.data["text"]) == (200, "gone", "")
            assert (await phone.state())["ideas"] == []
            assert (await phone.ask("DELETE", "/c/ideas/idea-none")).status == 404

    run(test())


def test_everything_about_ideas_works_by_plain_forms(tmp_path: Path) -> None:
    """Without a script an idea is sent, mended and taken back, each with a redirect, so that reload sends nothing."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            page = (await phone.get("/c")).text
            form = re.search(r'<form id="write".*?</form>', page, re.S)
            assert form
            fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
            for _ in range(2):
                sent = await phone.post("/c/ideas", fields | {"text": "Prima <b>idee</b>\r\na mea"})
                assert (sent.status, sent.headers["Location"]) == (303, "/c")
            assert "Prima &lt;b&gt;idee&lt;/b&gt;\na mea</p>" in (await phone.get("/c")).text
            path = f"/c/ideas/{fields['id']}"
            assert (await phone.post(path + "/edit", {"text": "Altfel"})).status == 303
            assert ">Altfel</p>" in (await phone.get("/c")).text
            assert (await phone.post(path + "/back")).status == 303
            assert "Altfel" not in (await phone.get("/c")).text
            assert len(cafe.room.state.ideas) == 1

    run(test())


def test_a_refused_form_comes_back_with_its_words(tmp_path: Path) -> None:
    """A text that cannot be taken stays in the box, under a sentence that says why."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            long = "Prea lung " * 60
            refused = await phone.post("/c/ideas", {"id": "idea-0001", "text": long})
            assert refused.status == 422
            assert "500" in refused.text
            assert long.strip() in refused.text
            assert 'value="idea-0001"' in refused.text
            cafe.room.people.drop(phone.who)
            stranger = await phone.post("/c/ideas", {"id": "idea-0002", "text": "Nepierdut"})
            assert stranger.status == 401
            assert "Nepierdut" in stranger.text

    run(test())


def test_what_the_disk_does_not_take_is_never_confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk answers 507, another failure 503, both to be tried again, and nothing is shown."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            for full, status in ((True, 507), (False, 503)):

                def fail(*_: object, full: bool = full) -> None:
                    raise NotSaved("no room", full=full)

                with monkeypatch.context() as broken:
                    broken.setattr(cafe.room, "_commit", fail)
                    answer = await phone.send("idea-0001", "Ideea")
                assert answer.status == status
                assert answer.data["error"]["retry_ms"] > 0
                assert (await phone.state())["ideas"] == []
            assert (await phone.send("idea-0001", "Ideea")).status == 201

    run(test())


def test_a_table_sees_its_own_ideas_and_the_harvest_sees_all(tmp_path: Path) -> None:
    """In a round people see the ideas of their table, in the harvest those of everybody, and never an author."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as one, cafe.phone() as two, cafe.phone() as three:
            assert [(await p.state())["table"] for p in (one, two, three)] == [1, 2, 1]
            await one.send("idea-0001", "De la masa 1")
            await two.send("idea-0002", "De la masa 2")
            assert [i["id"] for i in (await three.state())["ideas"]] == ["idea-0001"]
            assert "De la masa 2" not in (await three.get("/c")).text
            await cafe.until("harvest")
            seen = await three.state()
            assert [i["id"] for i in seen["ideas"]] == ["idea-0001", "idea-0002"]
            page = (await three.get("/c")).text
            assert "De la masa 2" in page
            assert one.who not in page + str(seen)

    run(test())


def test_a_hidden_idea_is_seen_by_its_author_alone(tmp_path: Path) -> None:
    """What the facilitator hides, or has not let through yet, stays with who wrote it."""

    async def test() -> None:
        plan = msgspec.structs.replace(PLAN, wall="held")
        async with running(tmp_path, "round", plan) as cafe, cafe.phone() as one, cafe.phone(), cafe.phone() as three:
            held = await one.send("idea-0001", "În așteptare")
            assert held.data["st"] == "held"
            assert (await three.state())["ideas"] == []
            await cafe.room.do("stand", id="idea-0001", standing="shown")
            assert [i["st"] for i in (await three.state())["ideas"]] == ["ok"]
            await cafe.room.do("stand", id="idea-0001", standing="hidden")
            assert (await three.state())["ideas"] == []
            assert [i["st"] for i in (await one.state())["ideas"]] == ["hidden"]

    run(test())


def test_hostile_words_are_harmless_on_every_page(tmp_path: Path) -> None:
    """Whatever a guest sends, it is either refused with a reason or stands on the page as plain, cleaned text."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            for number, (name, text) in enumerate({**HOSTILE, **HONEST}.items()):
                cafe.clock += 2
                raw = text.encode("utf-8", "surrogatepass")
                id = f"idea-{number:05}"
                try:
                    expected = clean(text)
                except Unclean:
                    expected = ""
                body = f"id={id}&text={quote_from_bytes(raw)}"
                head = {"Content-Type": "application/x-www-form-urlencoded"}
                answer = await phone.ask("POST", "/c/ideas", data=body, headers=head)
                if not expected or len(body) > 16384:
                    assert answer.status in (413, 422), name
                else:
                    assert answer.status == 303, name
                    stored = cafe.room.state.ideas[id]
                    assert stored.text == expected, name
                page = (await phone.get("/c")).text
                assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page), name
                for tag in ("<script>", "<img", "<svg", "</script><", 'onfocus="', "onclick='"):
                    assert tag not in page, name
                if stored := cafe.room.state.ideas.get(id):
                    await phone.post(f"/c/ideas/{stored.id}/back")
                    cafe.clock += 2

    run(test())


def test_a_body_that_is_no_idea_is_refused_politely(tmp_path: Path) -> None:
    """Broken, deep, huge, compressed or foreign bodies get a clear no, and the café goes on."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            head = {"Content-Type": "application/json"}
            for body, status in (
                (b'{"id": "idea-0001", "text": "half \\ud83d"}', 422),
                (b'{"id": "idea-0001", "text": "\xff"}', 422),
                (b'{"id": "idea-0001", "text": 7}', 422),
                (b'{"id": "no", "text": "x"}', 422),
                (b'{"text": NaN}', 422),
                (b"[" * 8000, 422),
                (b"", 422),
                (b'{"id": "idea-0001", "text": "' + b"x" * 20_000 + b'"}', 413),
            ):
                answer = await phone.ask("POST", "/c/ideas", data=body, headers=head)
                assert answer.status == status, body[:40]
                assert answer.data["error"]["message"]
            zipped = head | {"Content-Encoding": "gzip"}
            assert (await phone.ask("POST", "/c/ideas", data=b"x", headers=zipped)).status == 400
            parts = {"Content-Type": "multipart/form-data; boundary=x"}
            assert (await phone.ask("POST", "/c/ideas", data=b"--x--", headers=parts)).status == 400
            assert (await phone.send("idea-0001", "Încă merge")).status == 201

    run(test())
