"""Somebody's own settings: what stands in the file holds, and whatever is wrong with it is told and stops nothing."""

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafe.cli.chosen import TROUBLE
from cafe.cli.settings import explained
from cafe.i18n import AVAILABLE, translator
from cafe.settings import SETTINGS, Settings, read
from screens.key import EVERYWHERE
from screens.keyboard import USUAL, called, named, wished
from screens.keyboard import read as key_named
from screens.keys import KEYS
from screens.themes import THEMES, first

ENGLISH = translator("en")


def told(text: str) -> list[str]:
    """Everything that is wrong, each with its line, as `cafe settings` says it."""
    found = read(text, "settings.toml")
    _, slips = wished(found.settings.keys)
    own = [f"settings.toml:{found.lines[slip.action]}: {ENGLISH(slip.message, **slip.args)}" for slip in slips]
    return [*map(str, found.mistakes), *own]


def test_what_is_set_holds() -> None:
    """Theme, language, sound, flash and keys are taken as they are written."""
    found = read(
        'theme = "day"\nlanguage = "ro"\nsound = true\nflash = false\n[keys]\nnext = "g"\nundo = ["z", "Ctrl+Z"]'
    )
    keys = {"next": ("g",), "undo": ("z", "Ctrl+Z")}
    assert found.settings == Settings("day", "ro", True, False, keys)
    assert not found.mistakes
    assert found.keys_stand


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('\ntheme = "dya"', '2: theme is one of night, day, contrast; not "dya". Did you mean "day"?'),
        ('tehme = "day"', '1: There is no setting "tehme"; did you mean theme?'),
        ("[kyes]", '1: There is no setting "kyes"; did you mean keys?'),
        ('[keys]\n\nnxet = "g"', '3: There is no action "nxet"; did you mean next?'),
        ('[keys]\nquux = "g"', '2: There is no action "quux"; `cafe settings --new` writes them all.'),
        ('[keys]\nquestion = "g"', '2: The keys of "question" cannot be changed.'),
        ('[keys]\nnext = "Hyper"', '2: There is no key "Hyper"; keys are written as in "a", "+", "PgDn", "F2", "Ctrl+A".'),  # noqa: E501
        ('[keys]\nnext = "Enter"', '2: "Enter" is needed by lists and boxes; choose another key.'),
        ('[keys]\nhost = "PgUp"', '2: "PgUp" is needed by lists and boxes; choose another key.'),
        ('[keys]\nnext = "u"', "2: u means undo already; give one of the two another key."),
        ('[keys]\nnext = "g"\nmend = "x"', "2: g means bring already; give one of the two another key."),
        ('[keys]\nnext = 5', '2: next is a key in quotes, or several in square brackets: next = ["a", "F2"]; not 5.'),
        ("keys = 5", "1: keys is written as a section under [keys]."),
        ("sound = 1", "1: sound is true or false, without quotes; not 1."),
    ],
)  # fmt: skip
def test_every_mistake_has_its_line(text: str, sentence: str) -> None:
    """What is wrong is told in a sentence that has the line and what would be right."""
    assert f"settings.toml:{sentence}" in told(text)


def test_one_wrong_key_keeps_all_usual_ones() -> None:
    """Half a keyboard would be worse than none: with one mistake in the keys the usual ones hold."""
    keyboard, slips = wished({"next": ("F9",), "undo": ("n",), "blank": ("Enter",)})
    assert slips
    assert keyboard == USUAL
    assert not read('[keys]\nnext = "F9\nundo = "z"').keys_stand


def test_a_key_may_mean_one_thing_on_its_own_page() -> None:
    """What the programme's page does with a key is no second meaning of it elsewhere."""
    keyboard, slips = wished({"mend": ("n",)})
    assert not slips
    assert keyboard.meant("private", "programme")["n"] == "mend"
    assert keyboard.meant("private", "people")["n"] == "next"


def test_keys_change_places() -> None:
    """Two actions may swap their keys, and an action may have several."""
    keyboard, slips = wished({"next": ("u", "F9"), "undo": ("n",)})
    assert not slips
    assert keyboard.meant("wall")["u"] == keyboard.meant("wall")["f9"] == "next"
    assert keyboard.meant("wall")["n"] == "undo"
    assert keyboard.told(ENGLISH, "next") == "u"


def test_nobody_is_locked_in() -> None:
    """Ctrl+Q leaves in every view, whatever else does, and no other action can have it."""
    keyboard, slips = wished({"leave": ("F10",)})
    assert not slips
    assert [keyboard.meant(view)["ctrl+q"] for view in EVERYWHERE] == ["leave", "leave", "away"]
    assert wished({"leave": ("F10",), "next": ("Ctrl+Q",)})[1]


def test_keys_are_called_as_they_are_read() -> None:
    """Each key of the table can be written in the file as the help shows it, in English or by its character."""
    for key in KEYS:
        for name in key.keys:
            assert key_named(called(ENGLISH, name)) == name
    assert [key_named(said) for said in ("+", "PgDn", "pagedown", "F2", " ", "L", "ș", "Ctrl + A", "", "nope")] == [
        "plus", "pagedown", "pagedown", "f2", "space", "L", "ș", "ctrl+a", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize("language", AVAILABLE)
def test_the_file_that_is_written_changes_nothing_until_somebody_does(language: str) -> None:
    """The commented file is read without a mistake, as it is and with every remark that sets something taken away."""
    text = explained(translator(language))
    assert read(text).settings == Settings()
    assert not read(text).mistakes
    bare = re.sub(r"^# (?=\w+ = )", "", text, flags=re.MULTILINE)
    assert set(tomllib.loads(bare)) == {*(setting.name for setting in SETTINGS), "keys"}
    assert set(tomllib.loads(bare)["keys"]) == {key.action for key in KEYS if not key.fixed}
    found = read(bare)
    assert not found.mistakes
    keyboard, slips = wished(found.settings.keys)
    assert not slips
    assert keyboard == USUAL


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.binary(max_size=200))
def test_nothing_that_stands_in_the_file_does_harm(text: str, raw: bytes) -> None:
    """Whatever the file holds, it is read without a trace, and a keyboard comes of it."""
    for written in (text, raw, f"[keys]\nnext = {text}", f'[keys]\nnext = "{text}"'):
        keyboard, _ = wished(read(written).settings.keys)
        assert all(key.keys for key in keyboard.keys)


def test_help_and_sentences_have_the_new_key() -> None:
    """Who changes a key reads the new one wherever the old one stood."""
    keyboard, _ = wished({"help": ("F12",), "next": (">", "Ctrl+A")})
    assert named(ENGLISH, keyboard["help"]) == "F12"
    assert named(ENGLISH, keyboard["next"]) == ">  Ctrl+A"


def test_the_look_suits_the_terminal() -> None:
    """Where there are sixteen colours or none high contrast is taken, unless somebody wants another look."""
    assert first("", "truecolor") == first("", "256") == "night"
    assert first("", "standard") == first("", None) == "contrast"
    for theme in THEMES:
        assert first(theme.name, "standard") == theme.name


@pytest.mark.parametrize("language", AVAILABLE)
def test_trouble_is_told_in_one_line(language: str) -> None:
    """The sentence about wrong settings stands whole in the narrowest private view."""
    assert len(translator(language)(TROUBLE)) <= 78
