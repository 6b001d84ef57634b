"""Every string of the program on one page, in all languages side by side and with its file, for a native reader."""

from jinja2 import Environment

from cafe.i18n import AVAILABLE, LANGUAGES, SOURCE, translator
from cafe.locales.extract import places
from cafe.locales.glossary import WORDS

COUNTS = (0, 1, 2, 5, 11, 19, 20, 21, 22, 101, 200)
"""Numbers that take every form of every language; one of each form is shown."""

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>worldcafe: every string</title>
<style>
body { font: 15px/1.4 system-ui, sans-serif; margin: 1rem }
table { border-collapse: collapse } td, th { border: 1px solid #bbb; padding: .3rem .5rem; vertical-align: top }
th { position: sticky; top: 0; background: #eee; text-align: left } td { min-width: 11rem } i { color: #666 }
</style>
<table><tr><th>{% for name in names %}<th lang="{{ name[0] }}">{{ name[1] }}{% endfor %}
<tr><th colspan="{{ names|length + 1 }}">one word for each notion
{% for notion, words in glossary.items() %}<tr class="word"><td>
{%- for language, _ in names %}<td lang="{{ language }}">{{ words.get(language, notion) }}{% endfor %}
{% endfor %}
{% for file, rows in files %}
<tr><th colspan="{{ names|length + 1 }}">{{ file }}
{% for row in rows %}<tr><td>{{ loop.index }}{% for language, said in row %}
<td lang="{{ language }}">{% for count, text in said %}
{%- if count is not none %}<i>{{ count }}</i> {% endif %}{{ text }}
{%- if not loop.last %}<br>{% endif %}{% endfor %}{% endfor %}
{% endfor %}{% endfor %}</table>
"""


def page() -> str:
    """The page, in HTML: by file, English first; a string that several files say stands at the first."""
    languages = (SOURCE, *(language for language in AVAILABLE if language != SOURCE))
    files: dict[str, list[list[tuple[str, list[tuple[int | None, str]]]]]] = {}
    for message, said_in in sorted(places().items(), key=lambda each: (each[1][0], str(each[0]))):
        row = [(language, _said(language, message)) for language in languages]
        files.setdefault(said_in[0], []).append(row)
    names = [(language, LANGUAGES[language]) for language in languages]
    return Environment(autoescape=True).from_string(PAGE).render(names=names, files=files.items(), glossary=WORDS)


def _said(language: str, message: str | tuple[str, str]) -> list[tuple[int | None, str]]:
    tr = translator(language)
    if isinstance(message, str):
        return [(None, tr.plain(message))]
    forms: dict[str, int] = {}
    for count in COUNTS:
        forms.setdefault(tr.form(*message, count), count)
    return [(count, form) for form, count in forms.items()]
