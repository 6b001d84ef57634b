"""The reports: what they tell, that they make sense for any café, and that nobody's words become markup."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from cafe.exports import FORMATS, Harvested, write_all
from cafe.exports.html import picture
from cafe.exports.markdown import escaped
from cafe.exports.report import Report, report
from tests.exports.cafes import MORNING, Held, a_short_one, plan_of
from tests.exports.test_ideas_csv import said
from tests.hostile import HONEST, HOSTILE

MARKUP = {
    "list": "- unu\n- doi\n\n+ trei\n* patru",
    "numbers": "1. unu\n2) doi\n10:30 trei",
    "underlined": "Titlu\n=====\nAlt titlu\n---",
    "addresses": "www.example.org, https://example.org/a_b, ana@example.org, mailto:ana@example.org",
    "table": "a | b\n--|--\n1 | 2",
    "references": "[a]: http://example.org\n[^1]: x [a][b] ![c][d] :smile: $x^2$ ~~y~~",
    "code": "`a` ``b`` ~~~ \\`c` &copy; <http://example.org> <b>d</b>",
}

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 8


def told(held: Held) -> Report:
    return report(Harvested(held.state))


def page(held: Held, **pictures: bytes) -> str:
    return FORMATS["html"].files["report.html"](Harvested(held.state, (), {f"{n}.png": p for n, p in pictures.items()}))


def text(held: Held) -> str:
    return FORMATS["markdown"].files["report.md"](Harvested(held.state))


class Outline(HTMLParser):
    """The elements of a page with their attributes, and its words."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.words = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def with_words(words: list[str]) -> Held:
    held = a_short_one(plan_of(title=words[0][:80], place=words[-1][:80]))
    for number, each in enumerate(words):
        held.say(f"p{number % 12}", f"some-{number:04}", each)
    return held


def test_no_words_become_elements_of_the_page() -> None:
    """Whatever guests and the plan say, the page has the elements that it has for harmless words."""
    hostile = [words for _, words in said(HOSTILE)]
    bad, good = Outline(page(with_words(hostile))), Outline(page(with_words(["bună ziua"] * len(hostile))))
    kinds = [[each for each in page.elements if each[0] != "br"] for page in (bad, good)]
    assert kinds[0] == kinds[1]
    ends = sum(words.count("\n") for words in hostile)
    assert len(bad.elements) - len(good.elements) == ends, "a line end is all that words can make"
    for words in hostile:
        assert words in bad.words


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    """The page has no script and forbids everything but its own style and the logos that stand in it."""
    elements = Outline(page(a_short_one(plan_of(logos=("eu.png",))), eu=PNG)).elements
    policy = dict(elements[3][1])
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert "script" not in dict(elements)
    addresses = [value or "" for _, attrs in elements for name, value in attrs if name in ("src", "href")]
    assert len(addresses) == 2
    assert all(address.startswith(("data:image/png;base64,", "#i")) for address in addresses)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBP", "image/webp"),
        (b"\xef\xbb\xbf <svg xmlns=''/>", "image/svg+xml"),
        (b"root:x:0:0", ""),
        (b"", ""),
    ],
)
def test_only_pictures_are_logos(data: bytes, kind: str) -> None:
    """A logo is known by what the file holds; a file that is no picture is never sent along."""
    assert picture(data).partition(";")[0] == (f"data:{kind}" if kind else "")


@pytest.mark.parametrize("among", [HOSTILE, HONEST, MARKUP], ids=["hostile", "honest", "markup"])
def test_markdown_shows_every_word_as_it_was_typed(among: dict[str, str]) -> None:
    """In Markdown, links that are found by themselves included, words are text and nothing else."""
    reader = MarkdownIt("gfm-like", {"html": True})
    for name, words in said(among):
        source = escaped(words)
        item = reader.parse("1. " + source.replace("\n", "\n   ") + "\\\n   *Masa 1*\n")
        kinds = [token.type for token in item]
        assert kinds == [
            "ordered_list_open", "list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close",
            "ordered_list_close",
        ], name  # fmt: skip
        inside = item[3].children or []
        assert [t.type for t in inside[-3:]] == ["em_open", "text", "em_close"], name
        assert {t.type for t in inside[:-3]} <= {"text", "text_special", "hardbreak"}, name
        shown = "".join("\n" if t.type == "hardbreak" else t.content for t in inside[:-3])
        assert shown.split() == words.split(), name


def test_the_markdown_tells_the_same_as_the_page() -> None:
    """Every fact, figure, question and idea of the report is in both."""
    held = a_short_one()
    for each in ("20 octombrie 2020", "Primăria", "Interreg Europe", "Ce ar putea face?", "Un centru pentru tineri"):
        assert each in text(held)
        assert each in page(held)


def test_ideas_of_both_groups_stand_under_their_question() -> None:
    """What group A and, after the break, group B say to a question stands together, in the order of time."""
    held = a_short_one()
    for _ in range(7):
        held.next(10)
    held.say(held.at_table(4), "idea-0005", "Și noi vrem un centru")
    asked = told(held).parts[0].questions[0]
    assert [(idea.text, idea.where) for idea in asked.ideas] == [
        ("Un centru pentru tineri", "Masa 1 · Runda 1"),
        ("Prima linie\na doua linie", "Masa 1 · Runda 1"),
        ("Și noi vrem un centru", "Masa 4 · Runda 1"),
    ]


def test_an_idea_that_builds_on_another_says_so() -> None:
    """It names the other's number and its first words."""
    held = a_short_one()
    second = told(held).parts[0].questions[1].ideas[0]
    assert second.builds_on is not None
    assert (second.number, second.builds_on.number, second.builds_on.words) == (3, 1, "Un centru pentru tineri")
    assert '<a href="#i1">continuă ideea 1</a>' in page(held)


def test_every_program_counts_the_ideas_alike() -> None:
    """A list goes on where the one before ended, also in a word processor, which numbers it by itself."""
    lists = [dict(attrs) for tag, attrs in Outline(page(a_short_one())).elements if tag == "ol"]
    assert [(each["start"], each["style"]) for each in lists] == [
        ("1", "counter-reset: idea 0"),
        ("3", "counter-reset: idea 2"),
        ("4", "counter-reset: idea 3"),
    ]


def test_problems_are_marked_as_problems() -> None:
    """What a session collects instead of ideas has its name beside it; an idea needs none."""
    parts = told(a_short_one()).parts
    assert [idea.about for part in parts for asked in part.questions for idea in asked.ideas] == [
        "",
        "",
        "",
        "problemă",
    ]
    assert page(a_short_one()).count('<span class="kind">problemă</span>') == 1
    assert "*problemă · Masa 4 · Runda 1*" in text(a_short_one())


def test_hidden_and_withdrawn_ideas_are_not_reported() -> None:
    """They are not told, not counted, and nothing builds on them."""
    held = a_short_one()
    held.do("stand", id="idea-0001", standing="hidden")
    held.do("take_back", who=held.state.ideas["idea-0003"].by, id="idea-0003")
    for made in (page(held), text(held)):
        assert "centru pentru" not in made
        assert "Prima linie" not in made
        assert "continuă" not in made
    assert told(held).figures[0] == ("2", "idei")


def test_the_figures_of_the_day() -> None:
    """Ideas, tables, rounds, and how many of a hundred ideas build on another table's."""
    held = a_short_one()
    held.say(held.at_table(1), "idea-0005", "Tot la masa 1", on="idea-0003")
    assert told(held).figures == (
        ("5", "idei"),
        ("6", "mese"),
        ("1", "rundă"),
        ("20\xa0%", "dintre idei continuă ce s-a spus la altă masă"),
    )
    held.next(13)
    held.next(2)
    assert ("2", "runde") in told(held).figures, "two sessions in parallel have the same rounds"


def test_a_cafe_to_which_nobody_came_counts_no_tables() -> None:
    """Where rounds were held and nobody sat, the report says that there is no idea, and nothing of tables."""
    held = Held()
    held.next()
    held.next(45)
    assert told(held).figures == (("0", "idei"), ("1", "rundă"))


def test_phones_are_not_people() -> None:
    """Without a head count the report says how many phones there were, also those of who was forgotten."""
    held = a_short_one()
    assert ("Participare", "12 telefoane conectate (persoanele nu au fost numărate)") in told(held).facts
    held.do("bring", who="q1")
    for who in ("q1", "p1"):
        held.do("forget", who=who)
    assert ("Participare", "12 telefoane conectate (persoanele nu au fost numărate)") in told(held).facts
    held.do("heads", people=22)
    assert ("Participare", "22 de persoane") in told(held).facts


def test_the_programme_as_planned_and_as_it_was() -> None:
    """Each block has its planned time and, when it has been, when it began and ended on the spot."""
    rows = told(a_short_one()).programme
    assert (rows[0].planned, rows[0].was, rows[0].title) == ("10:30", "10:30–11:15", "Sosirea")
    assert (rows[1].planned, rows[1].was) == ("11:15", "11:15–")
    assert rows[1].title == "Pornim la drum (A) · Trecem prin pandemie (B)"
    assert (rows[2].planned, rows[2].was, rows[2].title) == ("12:00", "", "Pauză")


def test_a_cafe_held_on_another_day_says_so() -> None:
    """When the day was not the planned one, both are told."""
    held = Held(at=MORNING + 24 * 3_600_000)
    held.next()
    assert [said for name, said in told(held).facts if name in ("Data", "A avut loc pe")] == [
        "20 octombrie 2020",
        "21 octombrie 2020",
    ]


def test_a_question_without_ideas_says_so_quietly() -> None:
    """A question that nobody answered stays in the report."""
    assert page(a_short_one()).count("La această întrebare nu a scris nimeni o idee.") == 3
    assert text(a_short_one()).count("La această întrebare nu a scris nimeni o idee.") == 3


def test_a_cafe_that_has_not_begun_makes_a_sensible_report() -> None:
    """Before the day the report is the plan: no figures, no column for what has not been."""
    assert told(Held()).figures == ()
    assert "Planificat" in page(Held())
    assert "Cum a fost" not in page(Held())
    assert "10:30" in text(Held())


def test_a_rehearsal_cannot_be_taken_for_a_cafe() -> None:
    """The report of a rehearsal says that it is one."""
    assert "repetiție" in page(Held(trial=True))
    assert "repetiție" in text(Held(trial=True))
    assert "repetiție" not in page(Held())


def test_ideas_to_a_question_that_the_plan_has_lost_are_still_told() -> None:
    """When a changed plan drops a question, what was said to it comes last."""
    import msgspec

    from cafe import events as e
    from cafe.fold import evolve

    held = a_short_one()
    plan = held.state.plan
    fewer = {
        **plan.sessions,
        "s1": msgspec.structs.replace(plan.sessions["s1"], questions=plan.sessions["s1"].questions[1:]),
    }
    event = e.PlanTaken(plan_of(sessions=fewer), "")
    held.state = evolve(held.state, e.Record(99, "room", "w1", 99, held.now, event))
    last = told(held).parts[-1]
    assert last.title == "Alte idei"
    assert [idea.text for idea in last.questions[0].ideas] == ["Un centru pentru tineri", "Prima linie\na doua linie"]


@pytest.mark.browser
def test_a_browser_shows_it_without_asking_anybody(tmp_path: Path) -> None:
    """A browser opens the report of hostile words: nothing runs, nothing is loaded, nothing is wider than the page."""
    from playwright.sync_api import sync_playwright

    (tmp_path / "report.html").write_text(page(with_words([words for _, words in said(HOSTILE)])), "utf-8")
    asked, complaints = [], []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        try:
            tab = browser.new_page(viewport={"width": 360, "height": 700})
            tab.on("request", lambda request: asked.append(request.url))
            tab.on("console", lambda message: complaints.append(message.text))
            tab.on("dialog", lambda dialog: complaints.append(dialog.message))
            tab.goto((tmp_path / "report.html").as_uri())
            width = tab.evaluate("document.documentElement.scrollWidth")
        finally:
            browser.close()
    assert asked == [(tmp_path / "report.html").as_uri()]
    assert complaints == []
    assert width <= 360


def test_the_programme_that_was_changed_stands_beside_the_plan(tmp_path: Path) -> None:
    """A break that was put in and a part that was left out are told as such, with when the others were planned."""
    held = a_short_one()
    planned = report(Harvested(held.state)).programme
    last = len(held.state.plan.programme) - 1
    held.do("put_in", edits=held.state.edits, after=held.state.position.block, minutes=10)
    held.do("leave_out", edits=held.state.edits, block=last + 1)
    rows = report(Harvested(held.state)).programme
    assert [row.planned for row in rows if row.planned != "adăugat"] == [row.planned for row in planned]
    assert [row.planned for row in rows].count("adăugat") == 1
    assert rows[-1].was == "scos din program"
    write_all(held.state, held.records, tmp_path, ["markdown"])
    assert "| adăugat |" in (tmp_path / "report.md").read_text("utf-8")


def test_notes_are_for_who_asks_for_them(tmp_path: Path) -> None:
    """The facilitator's own notes stand in the reports only when they are asked for, and in the JSON never."""
    held = a_short_one()
    held.do("note", edits=held.state.edits, block=1, text="Rar și <tare>")
    for notes in (False, True):
        for path in write_all(held.state, held.records, tmp_path, notes=notes):
            text = path.read_text("utf-8")
            assert ("Rar și" in text) == (notes and path.stem == "report"), path.name
            assert "<tare>" not in text
