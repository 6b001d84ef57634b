"""The documents say what the program does: keys, commands, files and the first commands of a newcomer."""

import re
from pathlib import Path

from click import Context

from cafe.cli import COMMANDS, main
from cafe.exports import FORMATS
from cafe.settings import read
from cafe.settings import table as settings_table
from screens.keyboard import table, wished

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_shows_every_key() -> None:
    """The README's table of keys is the one that the wall obeys."""
    shown = re.search(r"<!-- keys -->\n\n(.*?)\n\n<!-- /keys -->", README, re.DOTALL)
    assert shown
    assert shown[1] == table()


def test_the_readme_shows_every_setting() -> None:
    """The README's table of settings is the one that the program reads, and its example has no mistake."""
    shown = re.search(r"<!-- settings -->\n\n(.*?)\n\n<!-- /settings -->\n\n```toml\n(.*?)```", README, re.DOTALL)
    assert shown
    assert shown[1] == settings_table()
    found = read(shown[2])
    assert not found.mistakes
    assert found.settings.keys
    assert not wished(found.settings.keys)[1]


def test_the_readme_names_every_command() -> None:
    """Each command of the program is explained in the README, and its help is one clear sentence."""
    for name in COMMANDS:
        assert f"`cafe {name}" in README, name
        command = main.get_command(Context(main), name)
        assert command
        assert command.get_short_help_str(200)


def test_the_readme_names_every_file_of_the_report() -> None:
    """Whoever opens the report's folder finds each file explained."""
    for form in FORMATS.values():
        for name in form.files:
            assert f"`{name}`" in README, name


def test_ci_runs_what_the_readme_says() -> None:
    """The command with which a newcomer tests is the one that is tested."""
    said = re.findall(r"^(python3 -m venv .*)$", README, re.MULTILINE)
    assert len(said) == 2
    install, run = said[1].rsplit(" && ", 1)
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert install in script
    assert run.replace("python -m pytest", "-m pytest").rpartition("/")[2] in script.replace("coverage run", "")


def test_pictures_of_the_readme_are_there() -> None:
    """No picture of the README is missing."""
    for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / path).is_file(), path
