"""What is flagged for the facilitator, and how careful that is."""

import tomllib
from importlib.resources import files
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import OptionList

from cafe.cli.demo import example
from cafe.i18n import LANGUAGES
from cafe.remote import Remote
from cafe.room import Room
from cafe.text import key
from screens.flags import rude
from tests.screens.test_private import until, view


def test_every_language_has_a_list_that_can_be_found() -> None:
    """Each language has its words, written as texts are compared, and a word is found whole, however it is spelled."""
    lists = tomllib.loads((files("screens") / "flags.toml").read_text("utf-8"))
    assert set(lists) == set(LANGUAGES)
    for words in lists.values():
        assert len(words) >= 10
        for word in words:
            assert key(word.removesuffix("*")) == word.removesuffix("*")
    assert rude("Sunteți niște TÂMPIȚI!", "ro")
    assert not rude("Sunteți niște tâmpiți", "fi")
    assert rude("what an as\u200bshole", "en")
    assert not rude("Scunthorpe, a class of assessors, a futuristic pulpit", "en", "ro")


def test_nothing_that_people_really_said_is_flagged() -> None:
    """Of the lab's own questions and ideas none is flagged in any language."""
    _, _, book = example()
    said = [text for question, texts in book.items() for text in (question, *texts)]
    assert len(said) > 30
    assert [text for text in said if rude(text, *LANGUAGES)] == []


def test_a_flag_is_a_mark_in_the_private_view_and_hides_nothing(tmp_path: Path) -> None:
    """The facilitator sees a flag before the words; the idea is shown as every other one."""

    async def script(room: Room, _: Remote, pilot: Pilot[None]) -> None:
        await room.do("send", who="p1", id="idea-rude", text="Ce idioți!")
        options = pilot.app.query_one("Queue OptionList", OptionList)
        await until(pilot, lambda: "idioți" in str(options.get_option_at_index(0).prompt))
        assert "⚑ cuvintele?" in str(options.get_option_at_index(0).prompt)
        assert "⚑" not in str(options.get_option_at_index(1).prompt)
        assert room.state.ideas["idea-rude"].standing == "shown"
        await room.do("send", who="p1", id="idea-again", text="ideea [b]1[/]", again=True)
        await until(pilot, lambda: "⚑ trimisă de două ori" in str(options.get_option_at_index(0).prompt))

    view(tmp_path, script)
