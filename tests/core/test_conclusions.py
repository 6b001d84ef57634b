"""What the room concludes about a question: written once, taken back with undo, and kept in every export."""

from cafe.exports import FORMATS, Harvested
from cafe.exports.json import read
from cafe.fold import fold
from tests.core.test_dots import harvest, no

WORDS = "We open the library in the evening."


def test_a_conclusion_is_written_and_undo_brings_back_what_stood() -> None:
    """Each question has one conclusion; other words replace it, none takes it away, undo goes back step by step."""
    day = harvest()
    day.do("conclude", question="s1.1", text=f"  {WORDS} ")
    assert not day.do("conclude", question="s1.1", text=WORDS)
    day.do("conclude", question="s1.1", text="Other words")
    day.do("undo")
    assert dict(day.state.conclusions) == {"s1.1": WORDS}
    day.do("conclude", question="s1.1", text="")
    assert not day.state.conclusions
    day.do("undo")
    assert dict(day.state.conclusions) == {"s1.1": WORDS}
    assert no(day, "conclude", question="s9.9", text=WORDS) == "no_such_question"
    assert no(day, "conclude", question="s1.1", text="x" * 501) == "too_long"


def test_reports_and_json_have_the_conclusions() -> None:
    """The report says below its question what the room concludes, and a café made from the JSON says the same."""
    day = harvest()
    day.do("conclude", question="s1.2", text=WORDS)
    harvested = Harvested(day.state, tuple(day.records))
    for name, file in (("html", "report.html"), ("markdown", "report.md")):
        report = FORMATS[name].files[file](harvested)
        assert report.index("Second?") < report.index("What the room concludes") < report.index(WORDS[:-1])
    again = fold(read(FORMATS["json"].files["cafe.json"](harvested).encode()).records)["room"]
    assert again.conclusions == day.state.conclusions
