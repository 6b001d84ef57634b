"""A slip in the words of a command is told in the language of the computer, whichever of the seven it is."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cafe.cli import COMMANDS, main
from cafe.i18n import LANGUAGES, translator

SLIPS = [
    (["exprot"], "There is no command {word}.", {"word": "exprot"}),
    (["--prot"], "There is no option {option}.", {"option": "--prot"}),
    (["run", "a.toml", "--headles"], "There is no option {option}.", {"option": "--headles"}),
    (["run"], "{option} is missing.", {"option": "PLAN"}),
    (["cards", "a.toml"], "{option} is missing.", {"option": "--to"}),
    (["run", "a", "--port"], "{option} wants a value.", {"option": "--port"}),
    (["run", "a", "--auto=yes"], "{option} takes no value.", {"option": "--auto"}),
    (
        ["run", "a", "--port", "0"],
        "{option}: a whole number from {least} to {most}.",
        {"option": "--port", "least": "1", "most": "65535"},
    ),
    (
        ["run", "a", "--speed", "fast"],
        "{option}: a number from {least} to {most}.",
        {"option": "--speed", "least": "0.01", "most": "10000"},
    ),
    (["seats", "--seed", "x"], "{option}: a whole number.", {"option": "--seed"}),
    (
        ["seats", "--repeats", "few"],
        "{option}: one of {choices}.",
        {"option": "--repeats", "choices": "spread, max-new"},
    ),
    (["demo", "--to", __file__], "{option}: the name of a folder; a file has it.", {"option": "--to"}),
    (["check", "a", "b"], "There are more words than `{command}` understands.", {"command": "cafe check"}),
    (["run", "a", "--host", "http://x"], "It is a name or a number such as 192.168.1.5, without http:// and port.", {}),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slip_is_told_in_the_computers_language(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing, unknown or not a number is said in one sentence, and where the options are told."""
    monkeypatch.setenv("LC_ALL", f"{language}.UTF-8")
    tr = translator(language)
    for words, sentence, values in SLIPS:
        done = CliRunner().invoke(main, words, prog_name="cafe")
        assert done.exit_code == 2
        assert tr(sentence, **values) in done.stderr, words
        assert not {"Usage:", "Error:", "Invalid", "Try"} & set(done.stderr.split()), words
        path = "cafe" if words[0] in ("exprot", "--prot") else f"cafe {words[0]}"
        if words[0] != "exprot":
            assert done.stderr.splitlines()[-1] == tr("`{command} --help` tells the options.", command=path)


def test_no_option_takes_what_is_refused_in_english() -> None:
    """Each option's kind of value is one whose refusal is translated, or whose words are taken as they are."""
    known = (click.IntRange, click.FloatRange, click.types.IntParamType, click.Choice, click.Path)
    plain = (click.types.StringParamType, click.types.BoolParamType)
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command
        for param in command.params:
            assert isinstance(param.type, (*known, *plain)), (name, param.name)
            if isinstance(param.type, click.IntRange | click.FloatRange):
                assert None not in (param.type.min, param.type.max), (name, param.name)


def test_a_word_that_is_nearly_right_gets_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistyped command or option says which one was probably meant."""
    monkeypatch.setenv("LC_ALL", "ro_RO.UTF-8")
    tr = translator("ro")
    assert tr("Did you mean '{word}'?", word="export") in CliRunner().invoke(main, ["exprot"]).stderr
    assert tr("Did you mean '{word}'?", word="--headless") in CliRunner().invoke(main, ["run", "--headles"]).stderr


def test_who_leaves_at_a_question_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever ends a command at one of its questions reads that nothing more was done, and no foreign word."""
    monkeypatch.setenv("LC_ALL", "ro_RO.UTF-8")
    done = CliRunner().invoke(main, ["new", str(tmp_path / "lab.toml")], input="")
    assert done.exit_code == 1
    assert done.stderr.strip() == translator("ro")("Left at the question; nothing more was done.")
    assert not list(tmp_path.iterdir())


def test_a_demonstration_that_can_keep_nothing_does_not_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be made is told at once, and not after the whole programme."""
    monkeypatch.setenv("LC_ALL", "ro_RO.UTF-8")
    (tmp_path / "file").touch()
    done = CliRunner().invoke(main, ["demo", "--headless", "--to", str(tmp_path / "file" / "out")])
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1
    assert str(tmp_path / "file" / "out") in done.stderr
    assert not done.stdout
