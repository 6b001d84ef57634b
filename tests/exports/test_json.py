"""The JSON of a café: everything is in it but the people, and a café made from it exports the same."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafe.cli.import_ import make
from cafe.exports import Harvested, write_all
from cafe.exports.json import Damaged, Newer, NotOurs, cafe, read
from cafe.file import CafeFile
from cafe.fold import fold
from cafe.log import SqliteLog
from cafe.plan import Wifi
from tests.exports.cafes import Held, a_short_one, plan_of

WHO = st.sampled_from([f"p{n}" for n in range(4)])
ID = st.sampled_from([f"idea-000{n}" for n in range(6)])
TEXT = st.text(min_size=1, max_size=12)
STEPS = st.one_of(
    st.tuples(st.just("next"), st.fixed_dictionaries({})),
    st.tuples(st.sampled_from(["pause", "resume", "undo"]), st.fixed_dictionaries({})),
    st.tuples(st.just("add"), st.fixed_dictionaries({"minutes": st.integers(-3, 3)})),
    st.tuples(st.just("heads"), st.fixed_dictionaries({"people": st.integers(0, 40)})),
    st.tuples(st.just("join"), st.fixed_dictionaries({"who": WHO, "language": st.sampled_from(["ro", "en"])})),
    st.tuples(st.just("forget"), st.fixed_dictionaries({"who": WHO})),
    st.tuples(st.just("send"), st.fixed_dictionaries({"who": WHO, "id": ID, "text": TEXT, "on": ID})),
    st.tuples(st.just("change"), st.fixed_dictionaries({"who": WHO, "id": ID, "text": TEXT})),
    st.tuples(st.just("hand_over"), st.fixed_dictionaries({"who": WHO, "text": TEXT})),
    st.tuples(st.just("photograph"), st.fixed_dictionaries({"who": WHO, "id": st.just("ab" * 12)})),
    st.tuples(st.just("tell"), st.fixed_dictionaries({"id": ID, "text": TEXT, "table": st.integers(0, 7)})),
    st.tuples(st.just("take_back"), st.fixed_dictionaries({"who": WHO, "id": ID})),
    st.tuples(st.just("stand"), st.fixed_dictionaries({"id": ID, "standing": st.sampled_from(["hidden", "shown"])})),
)


def json_of(held: Held) -> str:
    return cafe(Harvested(held.state, tuple(held.records)))


def exported(held_state: object, log: object, folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in write_all(held_state, log, folder)}  # type: ignore[arg-type]


def made_again(text: bytes, folder: Path) -> dict[str, bytes]:
    """The exports of a café that was made from a JSON."""
    make(folder / "again.cafe", read(text))
    file = CafeFile(folder / "again.cafe", readonly=True)
    try:
        log = list(SqliteLog(file).read())
    finally:
        file.close()
    return exported(fold(log)["room"], log, folder / "again")


@settings(max_examples=50)
@given(st.lists(STEPS, max_size=30))
def test_whatever_happened_a_cafe_made_again_exports_the_same(steps: list[tuple[str, dict[str, object]]]) -> None:
    """After any afternoon, the café that is made from the JSON exports the same files, byte for byte."""
    held = Held()
    held.join(3)
    held.next(45)
    held.next(1)
    for command, told in steps:
        held.now += 40_000
        held.may(command, **({"step": held.state.step} if command == "next" else told))
    with tempfile.TemporaryDirectory() as folder:
        before = exported(held.state, held.records, Path(folder, "first"))
        assert made_again(before["cafe.json"], Path(folder)) == before


def test_every_record_is_in_it_with_its_identity() -> None:
    """Each event of the log is there in its order, with who wrote it down, its number, its time and its kind."""
    held = a_short_one()
    whole = json.loads(json_of(held))
    assert (whole["format"], whole["version"], whole["epoch"]) == ("worldcafe", 1, "e1")
    assert [(r["room"], r["writer"], r["seq"], r["at"], r["kind"]) for r in whole["events"]] == [
        (r.room, r.writer, r.seq, r.at, r.kind) for r in held.records
    ]
    assert whole["events"][-1]["body"]["text"] == "Sălile au rămas goale"


def test_letters_are_readable_in_it() -> None:
    """Romanian letters stand as letters, not as numbers."""
    assert "Sălile au rămas goale" in json_of(a_short_one())


def test_nobody_can_be_linked_to_an_idea() -> None:
    """No idea in the JSON says who sent it."""
    held = a_short_one()
    assert all(held.state.ideas[id].by for id in held.state.ideas), "the café itself still knows, for taking back"
    assert all("by" not in event["body"] for event in json.loads(json_of(held))["events"])


def test_what_only_the_organiser_may_know_stays_on_the_laptop() -> None:
    """Named hosts, the Wi-Fi's password and the plan's own text with its comments are not in the JSON."""
    plan = plan_of(wifi=Wifi("sala", "parolasecreta"))
    tables = tuple(type(t)(t.number, t.group, t.place, t.seats, host="Ileana Gazda") for t in plan.tables)
    held = Held(plan_of(wifi=plan.wifi, tables=tables), text="# Ileana aduce cafeaua")
    text = json_of(held)
    assert "sala" in text
    assert "Ileana" not in text
    assert "parolasecreta" not in text


def test_forgotten_words_are_blank_even_when_the_log_was_read_before() -> None:
    """Records that were read before somebody asked to be forgotten do not bring the words back."""
    held = a_short_one()
    author = held.state.ideas["idea-0002"].by
    held.do("change", who=author, id="idea-0002", text="Altceva cu totul")
    held.do("forget", who=author)
    text = json_of(held)
    assert "cafenea" not in text
    assert "Altceva" not in text
    assert len(json.loads(text)["events"]) == len(held.records)


def test_what_was_written_down_for_others_goes_out_when_its_host_is_forgotten() -> None:
    """What somebody without a phone said to a host is in the JSON whatever the host does with their own words."""
    held = a_short_one()
    host = held.state.ideas["idea-0002"].by
    held.do("host", who=host, table=1)
    held.do("send", who=host, id="idea-radu", text="O bancă la soare", other=True)
    held.do("forget", who=host)
    text = json_of(held)
    assert "cafenea" not in text
    assert "O bancă la soare" in text


def test_who_comes_back_after_being_forgotten_is_heard_again() -> None:
    """Only the words of before are blank; an idea that is sent after coming in again stays."""
    held = a_short_one()
    author = held.state.ideas["idea-0002"].by
    held.do("forget", who=author)
    held.do("join", who=author, language="ro")
    held.say(author, "idea-0002", "Am revenit")
    events = json.loads(json_of(held))["events"]
    assert [r["body"].get("text") for r in events if r["kind"] == "idea_sent"][1::3] == [None, "Am revenit"]


def test_a_kind_of_a_newer_version_is_kept_as_it_is(tmp_path: Path) -> None:
    """An event that this version does not know goes through export and import unchanged."""
    held = a_short_one()
    text = json_of(held).replace(
        "\n]}", ',\n{"room":"room","writer":"w9","seq":1,"at":5,"kind":"sang","body":{"x":[1]}}\n]}'
    )
    again = made_again(text.encode(), tmp_path)
    assert again["cafe.json"].decode() == text


@pytest.mark.parametrize("text", ["", "hello", "[]", "{}", '{"format": "other", "version": 1}', "[" * 100_000])
def test_what_is_no_cafe_is_not_taken_for_one(text: str) -> None:
    """A file that no café wrote is told as such."""
    with pytest.raises(NotOurs):
        read(text.encode())


def test_a_newer_version_is_told_as_such() -> None:
    """The JSON of a newer version is not read halfway."""
    with pytest.raises(Newer):
        read(json_of(a_short_one()).replace('"version": 1', '"version": 2').encode())


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "\n".join(line for number, line in enumerate(text.split("\n")) if number != 5),
        lambda text: text.replace('"text":"Un centru', '"text":7,"x":"'),
        lambda text: text.replace('"writer":"w1","seq":4', '"writer":"w1","seq":3'),
        lambda text: text.replace("Sălile au rămas goale", "\\ud83d"),
    ],
    ids=["cut off", "a line is missing", "a number for a text", "an event twice", "half a letter"],
)
def test_a_damaged_one_is_refused_whole(damage: object) -> None:
    """A JSON of which something is missing makes no café at all."""
    with pytest.raises(Damaged):
        read(damage(json_of(a_short_one())).encode())  # type: ignore[operator]


def test_nothing_in_a_json_steers_a_terminal_or_a_spreadsheet() -> None:
    """Titles and names of a JSON that somebody changed by hand are cleaned too; an id that is a formula is refused."""
    text = json_of(a_short_one())
    changed = text.replace("Pornim la drum", "Pornim \\u001b]0;owned\\u0007la drum").replace('"B"', '"B\\u202e"')
    assert changed != text
    assert read(changed.encode()) == read(text.encode())
    with pytest.raises(Damaged):
        read(text.replace("idea-0001", "=1+1+1+1").encode())


def test_words_in_a_json_pass_the_same_door_as_those_of_phones() -> None:
    """A JSON that somebody changed by hand brings no control characters into the café."""
    text = json_of(a_short_one()).replace("Un centru", "Un \\u001b[31mcentru\\u202e")
    ideas = fold(read(text.encode()).records)["room"].ideas
    assert ideas["idea-0001"].text == "Un centru pentru tineri"
