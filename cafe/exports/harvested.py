"""What every export is made from: one room's state, its log, and the pictures for its reports."""

from collections.abc import Mapping

import msgspec

from cafe.events import Record
from cafe.rules.feedback import ASKED
from cafe.state import HandOver, Idea, Photo, Place, State


class Harvested(msgspec.Struct, frozen=True):
    """A café to be exported. `pictures` maps the paths of the plan's logos to what the files hold, `photographs` the
    ids of the tables' photographs to the JPEGs. `notes` asks for the facilitator's own in the report.
    """

    state: State
    records: tuple[Record, ...] = ()
    pictures: Mapping[str, bytes] = {}
    photographs: Mapping[str, bytes] = {}
    notes: bool = False

    def ideas(self) -> list[Idea]:
        """Every idea that nobody took back, in the order in which they came; hidden and held ones too."""
        return list(self.state.newest())[::-1]

    def hand_overs(self) -> list[tuple[Place, HandOver]]:
        """What the tables left for the next people, in the order of rounds and tables; hidden words too."""
        return sorted(self.state.handovers.items())

    def photos(self) -> dict[str, Photo]:
        """The photographs that are in and whose pictures are there, by their files' names, in the order of rounds."""
        found: dict[str, Photo] = {}
        listed = (photo for photo in self.state.photos.values() if photo.id in self.photographs and not photo.hidden)
        for photo in sorted(listed, key=lambda photo: (photo.place, photo.at, photo.id)):
            at = photo.place
            beginning = f"photographs/{at.block + 1}-table-{at.table}-round-{at.round}"
            number = 1 + sum(name.startswith(f"{beginning}-") for name in found)
            found[f"{beginning}-{number}.jpg"] = photo
        return found

    def questions(self) -> dict[str, str]:
        """The full text of every question of the plan by its id, in the café's language."""
        plan = self.state.plan
        return {question.id: question.text(plan.language)[0] for _, question in plan.questions()}

    def talks(self) -> dict[str, str]:
        """The title of every talk to whose speaker somebody wrote, by the id of its question, in the day's order."""
        asked = sorted({idea.place for idea in self.ideas() if idea.to_speaker})
        questions = [self.state.question(place) for place in asked]
        return {question.id: question.text(self.state.plan.language)[0] for question in questions}

    def feedback(self) -> dict[str, list[tuple[str, str]]]:
        """What people said about the day by the question: each answer with its language, in no order of people."""
        said = sorted(self.state.feedback.items())
        return {about: [(f.words[about], f.language) for _, f in said if about in f.words] for about in ASKED}
