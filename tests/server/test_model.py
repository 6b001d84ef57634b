"""A model of phones on a bad network: whatever order things happen in, every idea is in its café once.

Phones here do what the script does: an idea gets its id before it is first sent, and leaves the outbox only when the
answer says that it is saved. Everything else is left to chance, over the real server and a real file.
"""

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cafe.file import CafeFile
from cafe.room import Room
from tests.bench.mutants import MUTANTS
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.server.running import CODE, PLAN, Cafe, Phone

PHONES = st.integers(0, 2)
WORDS = st.sampled_from(["More benches", "A late bus", "Ateliere duminica", "Cine mai vine?"])


class Sent:
    """An idea in an outbox: of a phone, in a café."""

    def __init__(self, epoch: str, number: int, phone: int, text: str) -> None:
        self.epoch, self.phone = epoch, phone
        self.id, self.text = f"idea-{number:08}", f"{text} {number}"


class Hall(RuleBasedStateMachine):
    """Three phones, a café that is started again, and now and then a new café at the same address."""

    ideas = Bundle("ideas")

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        self.written: list[Sent] = []
        self.outbox: dict[str, Sent] = {}
        self.flying: list[Sent] = []
        """Copies that the network still holds back."""
        self.cafes: list[str] = []
        self.heard: dict[str, str] = {}
        """What the first phone has on its page, by id."""
        self.cursor = ""
        self.port = free_port()

    def wait(self, work: Any) -> Any:
        return self.loop.run_until_complete(asyncio.wait_for(work, PATIENCE))

    # ------------------------------------------------------------------------------------- the café

    @initialize()
    def opened(self) -> None:
        self.phones: list[Any] = []
        self._open("0")
        for _ in range(3):
            self._come_in()

    def _open(self, name: str) -> None:
        async def open_() -> None:
            room = Room(CafeFile(self.folder / f"{name}.cafe"))
            await room.start(PLAN, "", code=CODE)
            self.cafe = Cafe(room)
            await self.cafe.open(port=self.port)
            await self.cafe.until("round")
            if room.state.epoch not in self.cafes:
                self.cafes.append(room.state.epoch)

        self.wait(open_())
        for _, phone in self.phones:
            phone.cafe = self.cafe

    def _come_in(self) -> None:
        context = self.cafe.phone()
        self.phones.append((context, self.wait(context.__aenter__())))

    def _close(self) -> None:
        self.wait(self.cafe.served.close())
        self.wait(self.cafe.room.stop())

    @property
    def epoch(self) -> str:
        return str(self.cafe.room.state.epoch)

    def _phone(self, number: int) -> Phone:
        phone: Phone = self.phones[number][1]
        return phone

    @rule()
    def the_program_is_started_again(self) -> None:
        name = str(self.cafes.index(self.epoch))
        self._close()
        self._open(name)

    @precondition(lambda self: len(self.cafes) < 3)
    @rule()
    def another_cafe_is_held_at_the_address(self) -> None:
        """The phones join it; what waits for the café of before stays in its own outbox."""
        self._close()
        self._open(str(len(self.cafes)))
        for number in range(3):
            self.wait(self._phone(number).post(f"/{CODE}"))

    # ------------------------------------------------------------------------------------- the phones

    @rule(target=ideas, phone=PHONES, text=WORDS)
    def somebody_writes(self, phone: int, text: str) -> Sent:
        idea = Sent(self.epoch, len(self.written), phone, text)
        self.written.append(idea)
        self.outbox[idea.id] = idea
        return idea

    async def _send(self, idea: Sent, *, heard: bool = True) -> None:
        """Sends an idea that is in an outbox or in the air; `heard` says whether the phone gets the answer."""
        if idea.epoch != self.epoch:
            return  # The outbox of a café that is not here any more.
        self.cafe.clock += 60
        answer = await self._phone(idea.phone).send(idea.id, idea.text)
        assert answer.status in (200, 201), answer.text
        if heard and answer.data["id"] == idea.id:
            self.outbox.pop(idea.id, None)

    @rule(idea=ideas)
    def it_is_sent(self, idea: Sent) -> None:
        if idea.id in self.outbox:
            self.wait(self._send(idea))

    @rule(idea=ideas)
    def it_never_arrives(self, idea: Sent) -> None:
        """Nothing happens: it stays in its outbox."""

    @rule(idea=ideas)
    def it_is_saved_and_the_answer_is_lost(self, idea: Sent) -> None:
        if idea.id in self.outbox:
            self.wait(self._send(idea, heard=False))

    @rule(idea=ideas)
    def it_arrives_twice_at_once(self, idea: Sent) -> None:
        async def twice() -> None:
            await asyncio.gather(self._send(idea), self._send(idea))

        if idea.id in self.outbox:
            self.wait(twice())

    @rule(idea=ideas)
    def a_copy_is_held_back(self, idea: Sent) -> None:
        if idea.id in self.outbox:
            self.flying.append(idea)

    @rule(data=st.data())
    def a_copy_arrives_late_and_out_of_order(self, data: st.DataObject) -> None:
        if self.flying:
            idea = self.flying.pop(data.draw(st.integers(0, len(self.flying) - 1)))
            self.wait(self._send(idea, heard=False))

    @rule()
    def the_first_phone_listens(self) -> None:
        """It takes in what it has missed since its cursor; of another café it takes the whole list."""
        told = self.wait(self._phone(0).get(f"/c/poll?since={self.cursor}&wait=0")).data
        if self.cursor.rpartition(".")[0] != self.epoch:
            self.heard.clear()
        for event in told["events"]:
            if event["event"] == "idea":
                self.heard[event["data"]["id"]] = event["data"]["text"]
        self.cursor = told["since"]
        here = {idea.id: idea.text for idea in self.cafe.room.state.ideas.values() if idea.place.table == self._table}
        assert {id: text for id, text in self.heard.items() if id in here} == here

    @property
    def _table(self) -> int:
        place = self.cafe.room.state.place(self._phone(0).who)
        return place.table if place else 0

    # -------------------------------------------------------------------------------------- the promise

    @invariant()
    def nothing_is_lost_and_nothing_is_there_twice(self) -> None:
        """What has left its outbox is in its café; nothing is there twice, nothing that nobody wrote."""
        if not self.cafes:
            return
        texts = [idea.text for idea in self.cafe.room.state.ideas.values()]
        assert len(texts) == len(set(texts)), "an idea is there twice"
        assert set(texts) <= {idea.text for idea in self.written if idea.epoch == self.epoch}
        told = {idea.text for idea in self.written if idea.epoch == self.epoch and idea.id not in self.outbox}
        assert told <= set(texts), "an idea is lost"

    def teardown(self) -> None:
        """In the end the network is well, and the café gets what waits for it."""
        try:
            for idea in list(self.outbox.values()):
                self.wait(self._send(idea))
            self.nothing_is_lost_and_nothing_is_there_twice()
            assert all(idea.epoch != self.cafes[-1] for idea in self.outbox.values())
        finally:
            for context, _ in self.phones if self.cafes else ():
                self.wait(context.__aexit__(None, None, None))
            if self.cafes:
                self._close()
            self.loop.close()
            shutil.rmtree(self.folder)


HOW = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.generate],
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.mark.slow
def test_in_any_order_of_faults_every_idea_is_there_once() -> None:
    """Lost, doubled, late, out of order, restarted, another café in between: each idea is in its café exactly once."""
    run_state_machine_as_test(Hall, settings=HOW)


def test_a_cafe_that_ignores_the_phones_id_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same model finds a café that gives each idea an id of its own: its ideas are there twice."""
    from cafe.rules import COMMANDS

    monkeypatch.setitem(COMMANDS, "send", COMMANDS["send"])
    MUTANTS["ignores-the-phones-id"]()
    with pytest.raises(AssertionError, match="twice"):
        run_state_machine_as_test(Hall, settings=settings(HOW, print_blob=False, report_multiple_bugs=False))
