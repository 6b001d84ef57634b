"""The report as one page that can be sent to a funder, opened anywhere and printed on A4.

One file without scripts, which loads nothing: the logos stand in it.
"""

from base64 import b64encode
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cafe.exports.harvested import Harvested
from cafe.exports.report import report
from cafe.i18n import translator

TEMPLATES = Path(__file__).parent / "templates"

PICTURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"<svg": "image/svg+xml",
    b"<?xml": "image/svg+xml",
}
"""How the files of pictures begin. What begins otherwise is put into no report, whatever its name says."""


def html(harvested: Harvested) -> str:
    """The text of `report.html`."""
    told = report(harvested)
    given = (harvested.pictures.get(name, b"") for name in harvested.state.plan.logos)
    logos = [address for data in given if (address := picture(data))]
    return page("report.html", report=told, logos=logos, small=_small(harvested), tr=translator(told.language))


def _small(harvested: Harvested) -> dict[str, str]:
    """The photographs small enough to be sent with the page, by their ids; the large ones lie beside it. One that the
    disk has spoilt is '': it must not cost the report.
    """
    from cafe.photos import SMALL, NoPhoto  # No café without photographs pays for it.
    from cafe.photos import picture as drawn

    found = {}
    for photo in harvested.photos().values():
        try:
            found[photo.id] = picture(drawn(harvested.photographs[photo.id], SMALL))
        except NoPhoto:
            found[photo.id] = ""
    return found


def page(template: str, **given: object) -> str:
    """The text of a page. What people wrote is escaped, whatever it is."""
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["lines"] = _lines
    return pages.get_template(template).render(**given)


def _lines(words: str) -> Markup:
    """Words with their line ends as elements, because a word processor knows no other."""
    return Markup("<br>\n").join(words.split("\n"))


def picture(data: bytes) -> str:
    """A picture as an address that holds it; '' for what is no picture. A drawing (SVG) runs nothing in an <img>."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "image/webp"
    else:
        kind = next((kind for sign, kind in PICTURES.items() if start.startswith(sign)), "")
    return f"data:{kind};base64,{b64encode(data).decode()}" if kind else ""
