"""The keys of the programme's page: what they do to the part under the bar, as long as it is still to come.

Each answers with a sentence; all can be taken back with undo. On the wall there are no such keys.
"""

from cafe.i18n import N_
from cafe.plan import Question
from cafe.rules.edits import MOST
from cafe.wall import words
from screens.answers import Answers
from screens.choice import Choice
from screens.course import Course
from screens.minutes import minutes, unfit
from screens.widgets.fence import say

_MEND = N_("Which question shall have other words?")
_CONCLUDE = N_("What does the room conclude about which question?")

BREAK = 10
"""Minutes of a break that stand there to be changed."""


class Edits(Answers):
    """The keys of the programme's page."""

    def _chosen(self) -> tuple[int, int]:
        return self.app.query_one(Course).chosen

    def _name(self, block: int, round: int = 0) -> str:
        title = words.block_title(self.tr, self.state.plan, block)
        return words.joined(title, self.tr("round {round}", round=round) if round else "")

    async def _do(self, command: str, told: str, **given: object) -> str:
        """Gives a command about the programme as it was seen, and says what was done."""
        return await self.app.do(command, edits=self.state.edits, **given) or told

    # -------------------------------------------------------------------------------------------- the keys

    async def longer(self) -> str:
        """A minute more for the chosen part: of the running round as everywhere, of others for the day."""
        return await self._lengthen(1)

    async def shorter(self) -> str:
        """A minute less."""
        return await self._lengthen(-1)

    async def _lengthen(self, minutes: int) -> str:
        block, round = self._chosen()
        running = self.state.position.tracks if block == self.state.position.block else ()
        if running and round <= min(track.round for track in running):
            return await self.app.desk.press("add" if minutes > 0 else "take", self.app.clock())
        what = self._name(block, round)
        told = self.tr("One minute more: {what}", what=what)
        if minutes < 0:
            told = self.tr("One minute less: {what}", what=what)
        return await self._do("lengthen", told, block=block, round=round, minutes=minutes)

    async def leave_out(self) -> str:
        """The chosen part is left out, or taken in again."""
        block, round = self._chosen()
        what = self._name(block, round)
        again = self.state.plan.programme[block].skipped is not None
        told = self.tr("It is in the programme again: {what}", what=what)
        if not again:
            told = self.tr("It is left out: {what}", what=what)
        return await self._do("leave_out", told, block=block, round=round)

    async def put_in(self) -> str:
        """A break after the chosen part, of as many minutes as are typed."""
        self.app.run_worker(self._put_in(self._chosen()[0]), group="edits", exclusive=True)
        return ""

    async def _put_in(self, block: int) -> None:
        asked = self.tr("A break after “{title}”: how many minutes?", title=self._name(block))

        async def take(typed: str) -> str:
            given = {"after": block, "minutes": round(minutes(typed))}
            return unfit(self.tr, typed, 1, MOST) or await self._do("put_in", "", **given)

        typed = await self.typed(asked, str(BREAK), take)
        if typed is not None:
            time, key = words.lasting(self.tr, round(minutes(typed))), self.app.keyboard.told(self.tr, "undo")
            self.app.tell(self.tr("A break of {time} is put in; {key} takes it out", time=time, key=key))

    async def repeat(self) -> str:
        """The chosen part once more, or one round more."""
        block, round = self._chosen()
        told = self.tr("Once more: {what}", what=self._name(block))
        if round:
            told = self.tr("One round more: {what}", what=self._name(block))
        return await self._do("repeat", told, block=block, round=round)

    async def mend(self) -> str:
        """Other words for a question of the chosen part."""
        self.app.run_worker(self._mend(self._chosen()[0]), group="edits", exclusive=True)
        return ""

    async def _mend(self, block: int) -> None:
        tr, plan = self.tr, self.state.plan
        sessions = [plan.sessions[name] for name, _ in plan.programme[block].tracks()]
        questions = [question for session in sessions for question in session.questions]
        concluding = plan.programme[block].kind == "harvest"
        if concluding:
            questions = [question for _, question in plan.questions()]
        if not questions:
            self.app.tell(tr("This part has no question."))
            return
        at: int | None = 0
        if len(questions) > 1:
            answers = [say(question.text(tr.language)[0], lines=False) for question in questions]
            at = await self.app.push_screen_wait(Choice(tr, tr(_CONCLUDE if concluding else _MEND), answers))
        if at is None:
            return
        if concluding:
            await self._conclude(questions[at])
            return
        before, language = questions[at].text(tr.language)

        async def take(text: str) -> str:
            return await self.app.do("mend", question=questions[at].id, language=language, text=text)

        if await self.typed(tr("The question, as people shall read it:"), before, take) is not None:
            self.app.tell(tr("The question has other words; its ideas stay with it."))

    async def _conclude(self, question: Question) -> None:
        """What the room concludes about a question, for the wall and the report."""
        tr, before = self.tr, self.state.conclusions.get(question.id, "")
        asked = tr("What the room concludes about “{question}”:", question=question.text(tr.language)[0])

        async def take(text: str) -> str:
            return await self.app.do("conclude", question=question.id, text=text)

        if await self.typed(asked, before, take) is not None:
            self.app.tell(tr("It is kept; the question's number shows it on the wall."))

    async def note(self) -> str:
        """A note of one's own about the chosen part; an empty one takes it away."""
        self.app.run_worker(self._note(self._chosen()[0]), group="edits", exclusive=True)
        return ""

    async def _note(self, block: int) -> None:
        asked = self.tr("Your note about “{title}”; nobody else sees it:", title=self._name(block))

        async def take(text: str) -> str:
            return await self._do("note", "", block=block, text=text)

        if await self.typed(asked, self.state.notes.get(block, ""), take) is not None:
            self.app.tell(self.tr("Your note is kept."))
