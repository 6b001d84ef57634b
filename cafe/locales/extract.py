"""Which strings the program can say: found in the code and the templates, and written into every catalogue.

The parsed code is asked, not its text, so that a string inside an f-string or another call is found too.
"""

import ast
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path

from cafe.i18n import LOCALES, read, translations

Message = str | tuple[str, str]

SINGLE = ("tr", "N_")
COUNTED = ("n", "forms", "counted")  # tr.n("{n} person", "{n} people", n)
PACKAGES = ("cafe", "screens", "server")


def messages() -> set[Message]:
    """Every string that is marked for translation; one with a count is a pair of its English forms."""
    return set(places())


def places() -> dict[Message, list[str]]:
    """The same strings with the files that say them, such as `screens/lobby.py`."""
    found: dict[Message, list[str]] = {}
    for root in _roots():
        for path in sorted(root.rglob("*")):
            if path.suffix == ".py":
                said = set(in_python(path.read_text("utf-8")))
            elif path.is_file() and "templates" in path.relative_to(root).parts:
                said = set(in_template(path.read_text("utf-8")))
            else:
                continue
            for message in said:
                found.setdefault(message, []).append(path.relative_to(root.parent).as_posix())
    return found


def in_python(source: str) -> Iterator[Message]:
    """The strings of `tr("…")`, `….tr("…")`, `N_("…")`, `tr.n("…", "…", n)` and `tr.forms("…", "…")`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            yield from _marked(name, (getattr(part, "value", None) for part in node.args))


def in_template(source: str) -> Iterator[Message]:
    """The same in a Jinja template."""
    from jinja2 import Environment, nodes

    tree = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"], autoescape=True).parse(source)
    for call in tree.find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else getattr(call.node, "attr", "")
        yield from _marked(name, (getattr(part, "value", None) for part in call.args))


def update(said: set[Message], folder: Path = LOCALES) -> dict[str, int]:
    """Bring every catalogue in the folder up to date with what is said; tell how many strings wait in each.

    What is new is added empty, what is no longer said is dropped, nothing is guessed; the order is that of the alphabet
    and no place in the code is named, so that a difference shows words alone.
    """
    from babel.messages import Catalog
    from babel.messages.pofile import write_po

    waiting = {}
    for path in sorted(folder.glob("*.po")):
        language = path.stem
        old = read(language, folder)
        new = Catalog(locale=language)
        for message in sorted(said, key=lambda one: one if isinstance(one, str) else one[0]):
            known = old.get(message)
            same = known is not None and isinstance(known.id, str) == isinstance(message, str)
            new.add(
                message,
                string=known.string if known and same else None,
                user_comments=known.user_comments if known else (),
            )
        with path.open("wb") as file:
            file.write(_head(language, new.plural_forms).encode())
            # The head is our own because Babel's holds today's date, which would make every run a difference.
            write_po(file, new, width=110, no_location=True, omit_header=True)
        waiting[language] = sum(not all(translations(message)) for message in new if message.id)
    return waiting


def _marked(name: str, arguments: Iterable[object]) -> Iterator[Message]:
    texts = [text for text in takewhile(lambda value: isinstance(value, str), arguments) if isinstance(text, str)]
    if name in SINGLE and texts:
        yield texts[0]
    elif name in COUNTED and len(texts) > 1:
        yield texts[0], texts[1]


def _roots() -> Iterator[Path]:
    for package in PACKAGES:
        spec = find_spec(package)
        if spec is not None:
            yield from map(Path, spec.submodule_search_locations or ())


def _head(language: str, plural_forms: str) -> str:
    fields = (
        "Project-Id-Version: worldcafe",
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {plural_forms}",
    )
    return "\n".join(['msgid ""', 'msgstr ""', *(f'"{field}\\n"' for field in fields)]) + "\n\n"
