"""`cafe doctor`: will this laptop hold a café, and can phones reach it? A line each, and an exit code."""

import json
from pathlib import Path

import click

from cafe.cli.check import load
from cafe.cli.held import PORTS, fixed_port
from cafe.cli.speech import speech
from cafe.doctor import Finding, findings, read
from cafe.doctor.findings import NAMES, Verdict
from cafe.i18n import N_, Translator

SIGNS: dict[Verdict, tuple[str, str, str]] = {
    "good": ("✓", N_("good"), "green"),
    "look": ("!", N_("check"), "yellow"),
    "bad": ("✗", N_("bad"), "red"),
}
"""How a verdict is told: by a sign and a word, and by a colour where there is one."""


@click.command("doctor")
@click.argument("plan", required=False)
@click.option("--port", type=click.IntRange(1, 65535), help="The port that the café is to use.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings for programs.")
def command(plan: str | None, port: int | None, as_json: bool) -> None:
    """Look whether this laptop will hold a café and phones can reach it."""
    tr = speech()
    wish = load(plan) if plan else None
    wanted = port or fixed_port(wish)
    folder = Path(plan).absolute().parent if plan else Path.cwd()
    found = findings(tr, read(folder, [wanted] if wanted else PORTS, wanted), wish)
    click.echo(for_programs(found) if as_json else for_people(found, tr))
    raise SystemExit(int(any(one.verdict == "bad" for one in found)))


def for_people(found: list[Finding], tr: Translator) -> str:
    """A line for each finding; what helps stands below it."""
    wide = max(len(tr(NAMES[one.about])) for one in found)
    word = max(len(tr(said)) for _, said, _ in SIGNS.values())
    lines = []
    for one in found:
        sign, said, colour = SIGNS[one.verdict]
        verdict = click.style(f"{sign} {tr(said):<{word}}", fg=colour, bold=True)
        lines.append(f"{verdict}  {tr(NAMES[one.about]):<{wide}}  {one.said}")
        lines += [f"{'':{word + wide + 6}}{more}" for more in one.more]
    return "\n".join(lines)


def for_programs(found: list[Finding]) -> str:
    """The same as JSON; `verdict` is `good`, `look` or `bad`."""
    rows = [{"about": o.about, "verdict": o.verdict, "said": o.said, "more": list(o.more)} for o in found]
    return json.dumps({"ok": all(o.verdict != "bad" for o in found), "findings": rows}, ensure_ascii=False, indent=2)
