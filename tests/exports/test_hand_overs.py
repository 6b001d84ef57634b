"""What tables left for the next people, and photographs of their tablecloths, in every export."""

import csv
import io
from pathlib import Path

from PIL import Image

from cafe.exports import FORMATS, Harvested, write_all
from cafe.exports.json import read
from tests.exports.cafes import Held, a_short_one

PHOTO = "ab" * 12
WORDS = "Am început cu <b>costurile</b>.\n=SUM(A1)"


def jpeg() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((800, 600), 60).convert("RGB").save(made, "JPEG")
    return made.getvalue()


def one() -> Held:
    """Table 1 has left a word and a photograph, table 2 a word that the facilitator hid."""
    held = a_short_one()
    held.do("hand_over", who=held.at_table(1), text=WORDS)
    held.do("photograph", who=held.at_table(1), id=PHOTO)
    held.do("hand_over", who=held.at_table(2), text="De ascuns")
    held.do("keep_back", place="1.s1.1.2", hidden=True)
    return held


def exported(held: Held, folder: Path, picture: bytes) -> dict[str, bytes]:
    files = write_all(held.state, held.records, folder, photographs={PHOTO: picture})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_report_tells_what_tables_left(tmp_path: Path) -> None:
    """The reports show each table's word and photograph with its question, and nothing that was hidden."""
    files = exported(one(), tmp_path, jpeg())
    page, text = files["report.html"].decode(), files["report.md"].decode()
    assert "Am început cu &lt;b&gt;costurile&lt;/b&gt;." in page
    assert "Am început cu \\<b\\>costurile" in text
    assert "De ascuns" not in page + text
    assert page.count("data:image/jpeg;base64,") == 1
    assert page.index("Am început") < page.index("Un centru pentru tineri")
    for name in ("photographs/2-table-1-round-1-1.jpg",):
        assert name in files
        assert f'href="{name}"' in page
        assert f"({name})" in text


def test_a_photograph_that_the_disk_has_spoilt_costs_no_report(tmp_path: Path) -> None:
    """The report is written with all words; where the photograph cannot be shown a link to it stands."""
    files = exported(one(), tmp_path, b"\xff\xd8\xff spoilt")
    page = files["report.html"].decode()
    assert "Am început cu" in page
    assert 'href="photographs/2-table-1-round-1-1.jpg">Fotografie</a>' in page


def test_hand_overs_are_a_table_of_their_own(tmp_path: Path) -> None:
    """The spreadsheet of hand-overs has a row for each, the hidden one marked, and calculates nothing."""
    text = exported(one(), tmp_path, jpeg())["hand-overs.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["table"], row["round"], row["hidden"]) for row in rows] == [("1", "1", "0"), ("2", "1", "1")]
    assert rows[0]["question"] == "Ce i-ar ajuta?"
    assert rows[0]["text"] == WORDS


def test_a_json_brings_the_photographs_back(tmp_path: Path) -> None:
    """The JSON holds each photograph and word, and nothing of who sent them"""
    held, picture = one(), jpeg()
    who = held.at_table(1)
    text = exported(held, tmp_path, picture)["cafe.json"]
    found = read(text)
    assert found.photographs == {PHOTO: picture}
    said = [record.event for record in found.records if record.kind in ("handed_over", "photo_taken")]
    assert {event.by for event in said} == {""}  # type: ignore[attr-defined]
    held.do("forget", who=who)
    again = FORMATS["json"].files["cafe.json"](Harvested(held.state, tuple(held.records), {}, {PHOTO: picture}))
    assert "costurile" not in again
    assert PHOTO not in again
    assert "photographs" not in again


def test_a_photograph_that_is_gone_goes_from_the_folder(tmp_path: Path) -> None:
    """A report written again removes the photographs that the café has no longer, and only those."""
    held = one()
    exported(held, tmp_path, jpeg())
    own = tmp_path / "photographs" / "ours.jpg"
    own.write_bytes(b"the organiser's own")
    held.do("photographs_back", who=held.at_table(1))
    exported(held, tmp_path, jpeg())
    assert [path.name for path in own.parent.iterdir()] == ["ours.jpg"]


def test_a_photograph_that_was_taken_out_is_in_no_file(tmp_path: Path) -> None:
    """What the facilitator took out stands in no report and not in the JSON, and its file goes from the folder."""
    held = one()
    exported(held, tmp_path, jpeg())
    held.do("stand_photo", id=PHOTO, hidden=True)
    files = exported(held, tmp_path, jpeg())
    assert not list((tmp_path / "photographs").iterdir())
    assert read(files["cafe.json"]).photographs == {}
    assert b"data:image/jpeg" not in files["report.html"]
    held.do("undo")
    assert b"data:image/jpeg" in exported(held, tmp_path, jpeg())["report.html"]
