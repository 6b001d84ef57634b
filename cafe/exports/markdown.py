"""The report as Markdown, for a wiki or a text editor. Nobody's words become markup in it."""

import re
from collections.abc import Iterator

from cafe.exports.harvested import Harvested
from cafe.exports.report import Asked, Report, Told, report
from cafe.i18n import Translator, translator

_SIGNS = re.compile(
    r"[\\`*_\[\]<>#|&~$@{}]"
    r"|:(?=[^\s\d])"  # https:// and :smile:
    r"|(?<=www)\."
)
_BEGINS = re.compile(r"([-+=]|\d+(?=[.)]))")


def markdown(harvested: Harvested) -> str:
    """The text of `report.md`."""
    told = report(harvested)
    return "\n".join(_lines(told, translator(told.language))).rstrip("\n") + "\n"


def escaped(text: str) -> str:
    """A text of several lines as Markdown shows it letter for letter; a line end stays one, empty lines are dropped."""
    lines = (_line(line) for line in text.splitlines() if line.strip())
    return "\\\n".join(lines)


def _line(line: str) -> str:
    signs = _SIGNS.sub(r"\\\g<0>", line.strip())
    begins = _BEGINS.match(signs)
    if begins is None:
        return signs
    # "- x" begins a list with its sign, "1. x" with what follows its digits.
    at = begins.end() if begins[0][0].isdigit() else 0
    return f"{signs[:at]}\\{signs[at:]}"


def _lines(told: Report, tr: Translator) -> Iterator[str]:
    yield from (f"# {_flat(told.title)}", "")
    if told.theme:
        yield from (f"*{_flat(told.theme)}*", "")
    if told.trial:
        yield from (f"**{tr('This was a rehearsal.')}**", "")
    yield from (f"- {name}: {_flat(said)}" for name, said in told.facts)
    yield from ("", *(f"- {number} {what}" for number, what in told.figures), "")
    yield from (f"## {tr('Programme')}", "")
    yield f"| {tr('Planned')} | {tr('As it was')} | |"
    yield "|---|---|---|"
    yield from (f"| {row.planned} | {row.was} | {_flat(row.title)} |" for row in told.programme)
    if told.important:
        yield from ("", f"## {tr('What the room found most important')}", "")
        for one in told.important:
            words = escaped(one.text).replace("\n", "\n  ")
            yield from (f"- {words}\\", f"  *{' · '.join(filter(None, (one.dots, _flat(one.where))))}*")
    if told.themes:
        yield from ("", f"## {tr('Themes')}")
        for theme in told.themes:
            yield from ("", f"### {_flat(theme.name)}", "", f"*{theme.told}*", "")
            yield from (f"- {_flat(idea.text)} ({idea.number})" for idea in theme.ideas)
    for part in told.parts:
        yield from ("", f"## {_flat(part.title)}")
        for asked in part.questions:
            yield from _question(asked, tr)
    if told.feedback:
        yield from ("", f"## {tr('What people say about the day')}")
        for about in told.feedback:
            yield from ("", f"### {_flat(about.text)}", "")
            yield from ("- " + escaped(words).replace("\n", "\n  ") for words, _ in about.answers)
    if told.notes:
        yield from ("", f"## {tr('Notes of the facilitator')}", "")
        for title, note in told.notes:
            yield "- " + f"**{_flat(title)}**: {escaped(note)}".replace("\n", "\n  ")
    yield from ("", "---", "", tr("The ideas stand here as they were written, without names."))


def _question(asked: Asked, tr: Translator) -> Iterator[str]:
    if asked.text:
        yield from ("", f"### {_flat(asked.text)}")
    yield ""
    if asked.conclusion:
        yield from (f"**{tr('What the room concludes')}:** {escaped(asked.conclusion)}", "")
    if asked.left:
        yield from (f"**{tr('What the tables left for the next people')}**", "")
        for one in asked.left:
            words = escaped(one.text).replace("\n", "\n  ")
            yield from (f"- {words}\\", f"  *{_flat(one.where)}*")
        yield ""
    for photo in asked.photos:
        yield f"- [{tr('Photograph')} · {_flat(photo.where)}]({photo.file})"
    if asked.photos:
        yield ""
    if not asked.ideas:
        yield f"*{tr('Nobody wrote an idea to this question.')}*"
    for idea in asked.ideas:
        yield from _idea(idea, tr)


def _idea(idea: Told, tr: Translator) -> Iterator[str]:
    """An idea as an item of a numbered list, what is known about it on a line of its own."""
    indent = " " * len(f"{idea.number}. ")
    words = escaped(idea.text).replace("\n", f"\n{indent}")
    about = [part for part in (idea.about, _flat(idea.where), idea.dots) if part]
    if idea.builds_on:
        about.append(tr("builds on {number}", number=idea.builds_on.number))
    yield f"{idea.number}. {words}" + ("\\" if about else "")
    if about:
        yield f"{indent}*{' · '.join(about)}*"


def _flat(text: str) -> str:
    return _line(" ".join(text.split()))
