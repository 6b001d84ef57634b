"""What the options of `cafe run` say about the way in, and what must be asked about it before the wall is there."""

import contextlib
import re
import sys
from ipaddress import ip_network
from urllib.parse import urlsplit

import click
import msgspec

from cafe import address
from cafe.cli.held import Wish, given
from cafe.cli.speech import speech
from cafe.i18n import Translator

_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", re.IGNORECASE)


def plain_host(_: click.Context, __: click.Parameter, said: str) -> str:
    """Checks `--host`."""
    if said and not _NAME.fullmatch(said):
        tr = speech()
        raise click.BadParameter(tr("It is a name or a number such as 192.168.1.5, without http:// and port."))
    return said


def public_url(_: click.Context, __: click.Parameter, said: str) -> str:
    """Checks `--public-url`."""
    with contextlib.suppress(ValueError):
        url = urlsplit(said)
        known = url.scheme in ("http", "https") and _NAME.fullmatch(url.hostname or "") and url.port != 0
        bare = url.path in ("", "/")  # The pages' own addresses begin at the root.
        if not said or (known and bare and not (url.query or url.fragment or url.username or re.search(r"\s", said))):
            return said
    tr = speech()
    raise click.BadParameter(tr("It is an address such as https://cafe.example.org."))


def proxies(_: click.Context, __: click.Parameter, said: tuple[str, ...]) -> tuple[str, ...]:
    """Checks `--trust-proxy`."""
    try:
        return tuple(str(ip_network(one)) for one in said)
    except ValueError:
        tr = speech()
        raise click.BadParameter(tr("It is an address such as 127.0.0.1, or a network such as 10.0.0.0/8.")) from None


def settle(wish: Wish, headless: bool, tr: Translator) -> Wish:
    """What must be known of the network while it can still be read: the wall covers the whole terminal.

    There may be none; or several, of which only a person knows where the phones are.
    """
    asks = not headless and sys.stdin.isatty()
    if wish.public_url:
        return _on_the_internet(wish, tr)
    if wish.host:
        return wish
    choice = address.choose(address.here())
    if choice.best is None or given(wish).startswith("127."):
        told = tr("No network: phones cannot reach this laptop. Join a Wi-Fi or open a hotspot, then start again.")
        click.echo(told, err=True)
        if asks:
            click.prompt(tr("Press Enter to go on without one"), default="", show_default=False)
    elif choice.rivals and not given(wish):
        several = (choice.best, *choice.rivals)
        if asks:
            return msgspec.structs.replace(wish, picked=_pick(several, tr))
        others = ", ".join(way.ip for way in choice.rivals)
        click.echo(
            tr("Phones are told {address}; --host takes another: {others}", address=choice.best.ip, others=others),
            err=True,
        )
    return wish


def _on_the_internet(wish: Wish, tr: Translator) -> Wish:
    if not wish.proxies:
        click.echo(tr("Name the proxy ahead with --trust-proxy: only then it shows who gets through."), err=True)
    code = wish.code or (wish.plan.code if wish.plan else "")
    if code and address.is_short(code) and not wish.new_code:
        click.echo(tr(address.SHORT, code=code), err=True)
    return wish


def _pick(ways: tuple[address.Candidate, ...], tr: Translator) -> str:
    """Asks in which network the phones are."""
    click.echo(tr("This laptop is in several networks. In which one are the phones?"))
    for number, way in enumerate(ways, 1):
        click.echo(f"  {number}  {way.card}  {way.ip}")
    most = len(ways)
    number = click.prompt(tr("Number (Enter: the first)"), default=1, type=click.IntRange(1, most), show_default=False)
    return ways[number - 1].ip
