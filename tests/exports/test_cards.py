"""The printed cards: each number once with its own way, codes that open the right table, names only where listed."""

import re
from pathlib import Path

import cv2
import numpy
import pytest
from click.testing import CliRunner, Result

from cafe.cli.cards import command
from cafe.exports.cards import cards, link, qr, sign
from cafe.plan import Plan, parse
from cafe.plan.shapes import SHAPES
from cafe.seating import card, seats
from cafe.seating.handout import Handout, listed, numbered
from cafe.seating.people_csv import read_people
from tests.browser.phones import CHROMIUM, needs_chromium
from tests.exports.cafes import PLAN

FIXED = 'code = "K7QF"\naddress = "192.168.1.5:8080"\n'
HALL = """
title = "Hall"
[[groups]]
id = "A"
tables = 5
seats = 6
[sessions.s1]
title = "One"
questions = ["Why?", "How?", "Who?", "When?", "Where?"]
rounds = 3
minutes = 10
[[programme]]
at = "10:00"
kind = "session"
session = "s1"
"""
GUESTS = "name;sector;organisation;apart;host;languages\n" + "".join(
    f"Guest{n:02};{'abc'[n % 3]};firm {n % 9};{'Guest02' if n == 1 else ''};{'4' if n == 7 else ''};ro\n"
    for n in range(1, 23)
)


def plan_of(text: str) -> Plan:
    plan = parse(text, "plan.toml").plan
    assert plan
    return plan


def call(*words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop that speaks English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """A plan of two groups and two sessions."""
    file = tmp_path / "lab.toml"
    file.write_text(f"people = 24\n{FIXED}{PLAN}", "utf-8")
    return file


def ways(page: str) -> dict[int, list[int]]:
    """The tables on every numbered card of a page, in the order of print."""
    found: dict[int, list[int]] = {}
    for number, rest in re.findall(r'<article class="card" id="card-(\d+)">(.*?)</article>', page, re.DOTALL):
        assert int(number) not in found, "a number is printed once"
        found[int(number)] = [int(table) for table in re.findall(r'data-table="(\d+)"', rest)]
    return found


def article(page: str, word: str) -> str:
    """The card with a word on it."""
    found = [each for each in re.findall(r"<article.*?</article>", page, re.DOTALL) if word in each]
    assert len(found) == 1
    return str(found[0])


def scanned(drawing: str) -> str:
    """What a camera reads from the drawing of a code."""
    side = int(re.findall(r'viewBox="0 0 (\d+) ', drawing)[0])
    scale = 8
    picture = numpy.full((side * scale, side * scale), 255, numpy.uint8)
    for x, y in re.findall(r"M(\d+),(\d+)", drawing):
        left, top = int(x) * scale, int(y) * scale
        picture[top : top + scale, left : left + scale] = 0
    return cv2.QRCodeDetector().detectAndDecode(picture)[0]


def test_every_card_is_printed_once_with_the_way_that_its_number_has() -> None:
    """Paper and phone agree: a printed card shows the tables that the program knows for its number."""
    plan = plan_of(PLAN)
    found = ways(cards(plan, numbered(plan, 24)))
    assert list(found) == list(range(1, 30)), "24 and a fifth more"
    for number, tables in found.items():
        assert tables == [seat.table for seat in seats(plan, card(plan, number))]


def test_a_small_cafe_has_at_least_four_cards_more() -> None:
    """Also where six people are expected there are four cards for others."""
    plan = plan_of(PLAN)
    assert len(ways(cards(plan, numbered(plan, 6)))) == 10


def test_the_code_of_a_table_opens_that_table() -> None:
    """A camera reads the café's address, its code and the table from each table card."""
    plan = plan_of(FIXED + PLAN)
    page = cards(plan, numbered(plan, 24))
    parts = re.findall(r'<section class="page table" id="table-(\d+)"[^>]*>(.*?)</section>', page, re.DOTALL)
    assert [int(number) for number, _ in parts] == [1, 2, 3, 4, 5, 6]
    for number, part in parts:
        drawn = re.search(r'<svg [^>]*viewBox="0 0 .*?</svg>', part, re.DOTALL)
        assert drawn
        assert scanned(drawn[0]) == f"http://192.168.1.5:8080/K7QF?t={number}"
        assert "192.168.1.5:8080" in part
        assert "K7QF" in part


@pytest.mark.parametrize(
    "fixed", ["", 'code = "K7QF"\n', 'address = "192.168.1.5:8080"\n', 'code = "K7QF"\naddress = "192.168.1.5"\n']
)
def test_no_code_is_printed_that_may_lead_nowhere(fixed: str) -> None:
    """Unless code, address and port are fixed in the plan, table cards carry no code and say why."""
    plan = plan_of(fixed + PLAN)
    page = cards(plan, numbered(plan, 24))
    assert link(plan, 1) == ""
    assert 'viewBox="0 0' not in page
    assert "K7QF" not in page
    assert page.count('<p class="why">Aici nu este niciun cod') == 6


def test_a_table_card_has_the_questions_that_lie_on_it() -> None:
    """Table 5 of group B has the second question of both sessions, and no other."""
    plan = plan_of(PLAN)
    part = cards(plan, numbered(plan, 24)).split('id="table-5"')[1].split("</section>")[0]
    for text in ("Ce ar putea face?", "Ce ați văzut bun?"):
        assert text in part
    for text in ("Ce i-ar ajuta?", "Cine lipsește?", "Ce s-a schimbat?", "Ce merită păstrat?"):
        assert text not in part


def test_questions_of_the_round_are_told_with_their_rounds() -> None:
    """Where everybody has the round's question, a table card lists them round by round."""
    plan = plan_of(HALL.replace("rounds = 3", 'rounds = 3\nper = "round"'))
    page = cards(plan, numbered(plan, 20)).split('id="table-4"')[1]
    assert [page.index(words) for words in ("Round 1", "Why?", "Round 2", "How?", "Round 3", "Who?")] == sorted(
        page.index(words) for words in ("Round 1", "Why?", "Round 2", "How?", "Round 3", "Who?")
    )


def test_what_people_wrote_cannot_become_part_of_the_page() -> None:
    """A title, a question or a name with markup in it is printed as it was written."""
    bad = "<script>alert(1)</script>"
    text = HALL.replace('"Hall"', f"'{bad}'").replace('"One"', f"'{bad}'").replace('"Why?"', f"'{bad}'")
    plan = plan_of(text.replace('id = "A"', "id = '<i>A'"))
    page = cards(plan, listed(plan, read_people(f'name\n"{bad}"\n"<b onclick=x>Ana"\n')))
    assert "<script" not in page
    assert "<b onclick" not in page
    assert "<i>A" not in page
    assert "&lt;b onclick=x&gt;Ana" in page


def test_names_stand_on_cards_only_with_a_list() -> None:
    """Without a list no card has a name; with one each person has one card, and no table card names anybody."""
    plan = plan_of(HALL)
    people = read_people(GUESTS)
    assert "Guest" not in cards(plan, numbered(plan, 22))
    page = cards(plan, listed(plan, people))
    for guest in people.guests:
        assert guest.name in article(page, f">{guest.name}<")
    assert "Guest" not in page.split('id="table-1"')[1]


def met(handout: Handout, one: str, two: str) -> bool:
    """Whether two people sit together in any round."""
    found = {each.name: set(each.seats) for each in handout.cards if each.name}
    return bool(found[one] & found[two])


def test_the_list_is_dealt_by_its_rules() -> None:
    """Two who are to sit apart never meet, a host stays, tables are even and everybody's card is that of its number."""
    plan = plan_of(HALL)
    handout = listed(plan, read_people(GUESTS))
    assert handout.broken == 0
    assert not met(handout, "Guest01", "Guest02")
    host = next(each for each in handout.cards if each.name == "Guest07")
    assert (host.number, host.host, {seat.table for seat in host.seats}) == (0, True, {4})
    assert "You host table 4." in article(cards(plan, handout), ">Guest07<")
    for each in handout.cards:
        if each.number:
            assert each.seats == seats(plan, card(plan, each.number))
    for round in (1, 2, 3):
        taken = [seat.table for each in handout.expected for seat in each.seats if seat.round == round]
        sizes = [taken.count(table) for table in range(1, 6)]
        assert max(sizes) - min(sizes) <= 1


def test_sectors_are_mixed_by_the_dealing() -> None:
    """Of the tables of all rounds at least nine in ten have the ideal mix of sectors."""
    report = listed(plan_of(HALL), read_people(GUESTS)).reports["A"]
    assert report.ideal * 10 >= report.mixed * 9


def test_people_are_in_the_groups_of_the_list() -> None:
    """Who is put into a group by the list has a card of it; the others balance the groups."""
    plan = plan_of(PLAN)
    people = read_people("name,group\n" + "".join(f"P{n},{'B' if n < 7 else ''}\n" for n in range(12)))
    groups = {each.name: each.group for each in listed(plan, people).cards if each.name}
    assert [groups[f"P{n}"] for n in range(7)] == ["B"] * 7
    assert sorted(groups.values()) == ["A"] * 5 + ["B"] * 7


def test_what_is_proved_is_the_best_that_can_be_said() -> None:
    """The organiser's sheet says of 20 people at five tables that nobody meets anybody twice."""
    plan = plan_of(HALL)
    assert "Nobody meets anybody twice: the best possible, proved." in cards(plan, numbered(plan, 20))


def test_every_shape_of_the_wall_can_be_printed() -> None:
    """No table's sign depends on a font."""
    assert len({str(sign(table)) for table in range(1, len(SHAPES) + 1)}) == len(SHAPES)


def test_the_page_loads_nothing() -> None:
    """The page is whole without a network: no script, no picture, no font from elsewhere."""
    plan = plan_of(FIXED + PLAN)
    page = re.sub(r'xmlns(:\w+)?="[^"]*"', "", cards(plan, numbered(plan, 24)))
    assert not re.search(r"<script|<img|<link|url\(|@import|src=|href=", page)
    assert scanned(str(qr("http://192.168.1.5:8080/K7QF?t=1"))), "the code itself is a drawing in the page"


@pytest.mark.browser
@needs_chromium
def test_it_prints_to_as_many_sheets_as_it_should() -> None:
    """In a real browser eight cards are a sheet and each table's card is one, also with very long words."""
    from playwright.sync_api import sync_playwright

    long = "Ce alte părți interesate ar trebui să fie implicate sau ce alte modalități ar trebui să abordeze toți? " * 4
    text = FIXED + PLAN.replace("Laborator", long[:180]).replace("Ce ar putea face?", long).replace("Pornim", long[:90])
    plan = plan_of(text)
    names = "".join(f"{'Alexandrina-Ioana Constantinescu-Popovici' if n == 1 else 'Guest'} {n}\n" for n in range(24))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        for handout, sheets in (
            (numbered(plan, 24), 1 + 4 + 6),
            (listed(plan, read_people("name\n" + names)), 2 + 4 + 6),
        ):
            tab.set_content(cards(plan, handout))
            printed = tab.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", printed)) == sheets
            tab.emulate_media(media="print")
            cut = "cards => cards.filter(card => card.scrollHeight > card.clientHeight + 1).length"
            assert tab.eval_on_selector_all(".card", cut) == 0, "nothing on a card is cut off"
            side = "sheet => getComputedStyle(sheet).page"
            assert tab.eval_on_selector(".organiser", side) == "organiser", "a long list has margins on every sheet"
        browser.close()


@pytest.mark.browser
@needs_chromium
def test_the_code_is_read_from_the_printed_card() -> None:
    """What the browser prints of a table card at the coarsest resolution opens that table, whatever else is on it."""
    from playwright.sync_api import sync_playwright

    plan = plan_of(FIXED + PLAN)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.set_content(cards(plan, numbered(plan, 24)))
        tab.emulate_media(media="print")
        for table in plan.tables:
            picture = numpy.frombuffer(tab.locator(f"#table-{table.number}").screenshot(), numpy.uint8)
            seen = cv2.imdecode(picture, cv2.IMREAD_GRAYSCALE)
            assert cv2.QRCodeDetector().detectAndDecode(seen)[0] == link(plan, table.number)
        browser.close()


def test_the_command_writes_the_page_and_tells_it(lab: Path, tmp_path: Path) -> None:
    """`cafe cards` writes the page, also into a new folder, and again over its own page."""
    page = tmp_path / "print" / "cards.html"
    for people in ((), ("--people", 30)):
        result = call(lab, "--to", page, *people)
        assert (result.exit_code, result.stdout) == (0, f"{page}\n")
    assert len(ways(page.read_text("utf-8"))) == 36


def test_the_number_of_cards_is_told(tmp_path: Path) -> None:
    """The answer counts exactly the cards of the page, and says where they are more than the tables have seats."""
    (tmp_path / "hall.toml").write_text(f'organiser = "Town"\ncontact = "town@example.org"{HALL}', "utf-8")
    page = tmp_path / "cards.html"
    assert call(tmp_path / "hall.toml", "--to", page, "--people", 20).stderr == (
        "24 personal cards: 20 for those who are expected, 4 in surplus.\n"
    )
    assert len(ways(page.read_text("utf-8"))) == 24
    assert call(tmp_path / "hall.toml", "--to", page, "--people", 28).stderr == (
        "34 personal cards: 28 for those who are expected, 6 in surplus. "
        "The tables have 30 seats: the cards beyond that are for when others do not come.\n"
    )
    assert len(ways(page.read_text("utf-8"))) == 34


def test_the_list_lies_beside_the_plan(lab: Path, tmp_path: Path) -> None:
    """The plan's list is found from the plan's folder, and --people prints cards without names all the same."""
    (tmp_path / "people.csv").write_text("name\nAna Unica\nIon Rarul\n", "utf-8")
    lab.write_text('list = "people.csv"\n' + lab.read_text("utf-8"), "utf-8")
    page = tmp_path / "cards.html"
    assert call(lab, "--to", page).exit_code == 0
    assert "Ana Unica" in page.read_text("utf-8")
    assert call(lab, "--to", page, "--people", 12).exit_code == 0
    assert "Ana Unica" not in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("name,stays\nAna,9\n", "people.csv:2: Ana is to stay at table 9, which there is not."),
        ("name,group\nAna,C\n", "people.csv:2: Ana is in group C, which there is not."),
        ("name,group,together\nAna,A,\nIon,B,Ana\n", "people.csv:3: Ana and Ion go together, but are in two groups."),
        ("nume\nAna\n", "people.csv:1: There is no column «name»."),
        ("name,apart,stays\nAna,Ion,1\nIon,,1\n", "Ana and Ion are to sit apart, but both stay at table 1."),
        (None, "There is no list"),
    ],
)
def test_what_is_wrong_with_the_list_is_told(lab: Path, tmp_path: Path, rows: str | None, said: str) -> None:
    """A list that cannot be seated is told in a sentence with its line, and nothing is written."""
    if rows is not None:
        (tmp_path / "people.csv").write_text(rows, "utf-8")
    lab.write_text('list = "people.csv"\n' + lab.read_text("utf-8"), "utf-8")
    result = call(lab, "--to", tmp_path / "cards.html")
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "cards.html").exists()


def test_too_many_people_and_no_people_are_told(lab: Path, tmp_path: Path) -> None:
    """More people than seats, or no word of how many, ends with one sentence and code 2."""
    full = call(lab, "--to", tmp_path / "cards.html", "--people", 60)
    assert (full.exit_code, "only 18 seats" in full.stderr) == (2, True)
    lab.write_text(lab.read_text("utf-8").replace("people = 24", ""), "utf-8")
    none = call(lab, "--to", tmp_path / "cards.html")
    assert (none.exit_code, "For how many people?" in none.stderr) == (2, True)


def test_neither_a_plan_nor_a_cafe_is_written_over(lab: Path, tmp_path: Path) -> None:
    """A slip of the finger costs no file: what is no page of cards stays as it was."""
    before = lab.read_bytes()
    result = call(lab, "--to", lab)
    assert result.exit_code == 2
    assert lab.read_bytes() == before
    page = tmp_path / "report.html"
    page.write_text("<!doctype html>\n<title>A report</title>", "utf-8")
    assert call(lab, "--to", page).exit_code == 2
    page.unlink()
    assert [call(lab, "--to", page).exit_code for _ in range(2)] == [0, 0]
    assert call(lab, "--to", tmp_path).exit_code == 2
    (tmp_path / "file").write_text("", "utf-8")
    assert call(lab, "--to", tmp_path / "file" / "cards.html").exit_code == 1
