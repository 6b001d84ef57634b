"""Whether phones come through, and what it may be when they do not: the private view's page about the network.

A tree of causes, told by what the facilitator sees on a phone of their own; and three remedies that need nobody from
the house. Nothing of it is for the wall, which says one calm line.
"""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from textual.content import Content

from cafe.address import SHORT, is_short
from cafe.firewall import hint
from cafe.i18n import Translator
from cafe.live import Network, Pulse
from cafe.state import State
from cafe.wall import words
from screens.keyboard import USUAL, Keyboard
from screens.widgets.fence import say


def verdict(tr: Translator, state: State, pulse: Pulse) -> Content:
    """One line: phones come through, are waited for, or do not."""
    if pulse.reached:
        told = tr.n("✓ {n} other device has come through", "✓ {n} other devices have come through", pulse.reached)
        return Content.styled(told, "bold $text-success")
    if not words.joining_is_open(state):
        return Content("")
    if only_here(state):
        return Content.styled(tr("✗ Only this laptop can reach this address"), "bold $text-error")
    if pulse.network.overdue:
        told = tr("✗ No phone has come through yet: 6 says why")
        if pulse.connected and not pulse.network.public:  # What a proxy on this laptop brings may be from outside.
            told = tr("✗ Only windows of this laptop have come in, no phone yet: 6 says why")
        return Content.styled(told, "bold $text-error")
    return Content.styled(tr("… No other device has reached this laptop yet."), "$text-muted")


def only_here(state: State) -> bool:
    """Whether what phones are told leads no farther than this laptop."""
    host = urlsplit(state.url).hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")


def page(tr: Translator, state: State, pulse: Pulse, width: int, keyboard: Keyboard = USUAL) -> Content:
    """The whole page, `width` cells wide: the verdict, the addresses, and while nobody comes through the causes."""
    return Content("\n").join(
        line for row in _rows(tr, state, pulse, keyboard.told(tr, "address")) for line in row.lines(width)
    )


class Row(NamedTuple):
    """A sentence, what stands before its first line, and what stands before the others, so that the tree stays one."""

    said: Content
    first: str = ""
    then: str = ""

    def lines(self, width: int) -> list[Content]:
        """The sentence in as many lines as it needs."""
        room = max(20, width - len(self.first))
        wrapped = [line.rstrip() for line in self.said.wrap(room)] if self.said.cell_length else [Content("")]
        before = [self.first, *([self.then] * (len(wrapped) - 1))]
        return [Content.assemble((at, "$text-muted"), line) for at, line in zip(before, wrapped, strict=True)]


def _rows(tr: Translator, state: State, pulse: Pulse, key: str) -> list[Row]:
    network = pulse.network
    lines = [*map(Row, _ways(tr, state, network, key)), Row(Content(""))]
    if pulse.reached:
        lines.append(Row(verdict(tr, state, pulse)))
    elif only_here(state):
        lines.append(_line(tr("✗ Only this laptop can reach this address"), "bold $text-error"))
        lines.append(_line(tr("Phones can come in when they are told an address that this laptop has in a network.")))
    elif not network.overdue:
        lines.append(Row(verdict(tr, state, pulse)))
        lines.append(
            _line(tr("Scan the code with your own phone: only another device proves that people can come in."))
        )
    elif network.public:
        lines += _from_outside(tr)
    else:
        lines += _causes(tr, state, network, key)
    return lines


def _ways(tr: Translator, state: State, network: Network, key: str) -> Iterator[Content]:
    """What phones are told, and what else they could be."""
    told = urlsplit(state.url).hostname or ""
    card = dict(network.ways).get(told, "")
    yield Content.assemble(
        (tr("Phones are told") + "  ", "$text-muted"),
        say(words.address(state), "bold", lines=False),
        "  ",
        say(card, lines=False),
    )
    if not network.here:
        yield Content.styled(tr("✗ This laptop does not have that address now."), "bold $text-error")
    if network.public and is_short(state.code):
        yield Content.styled("✗ " + tr(SHORT, code=state.code), "bold $text-error")
    others = [(ip, card) for ip, card in network.ways if ip != told]
    if others and not network.public:
        yield Content.assemble(
            (tr("{key} {key} tells another", key=key) + "  ", "$text-muted"),
            say(", ".join(f"{ip} ({card})" for ip, card in others), lines=False),
        )


def _causes(tr: Translator, state: State, network: Network, key: str) -> Iterator[Row]:
    """The tree: what is seen on a phone, what that means, what helps."""
    wifi, port = state.plan.wifi, urlsplit(state.url).port or 80
    yield _line(tr("✗ No other device has come through for a minute."), "bold $text-error")
    yield _line(tr("Scan the code with your own phone. What does it show?"), "bold")
    yield _branch(tr("Another Wi-Fi, or none: the phone is in the wrong network"))
    if wifi:
        yield _leaf(tr("Join “{name}”, and switch mobile data off for a moment.", name=wifi.name))
    else:
        yield _leaf(tr("Join the laptop's Wi-Fi, and switch mobile data off for a moment."))
    yield _branch(tr("A page of the house that wants a name or a yes: a portal"))
    yield _leaf(tr("Say yes there on each phone; if the laptop was never asked, on the laptop too."))
    yield _branch(tr("An error at once: the address is not the one in the room"))
    if network.vpn:
        yield _leaf(tr("A VPN is on ({name}): switch it off.", name=network.vpn))
    if len(network.ways) > 1:
        yield _leaf(tr("{key} {key} tells phones this laptop's next address.", key=key))
    else:
        yield _leaf(tr("Is the laptop in the same Wi-Fi as the phones?"))
    yield _branch(tr("Nothing, for a long time: the firewall, or a guest Wi-Fi that keeps devices apart"), last=True)
    yield _leaf(tr("Open the firewall (1). If that changes nothing, the Wi-Fi keeps devices apart (2, 3)."), last=True)
    yield Row(Content(""))
    yield _line(tr("Three remedies"), "bold $text-accent")
    said, lines = hint(tr, network.system, port)
    yield _remedy(1, said)
    yield from (Row(Content.styled(line, "bold"), "   ", "   ") for line in lines)
    yield _remedy(2, tr("Open a hotspot on this laptop or a phone; both sides join it. Windows takes eight devices."))
    yield _remedy(3, tr("A small router of your own, needing no internet: the surest; laptop and phones join it."))


def _from_outside(tr: Translator) -> Iterator[Row]:
    """The same for an address on the internet: the way leads through others."""
    yield _line(tr("✗ No other device has come through for a minute."), "bold $text-error")
    yield _line(tr("Open the address with your own phone, with its Wi-Fi off. What does it show?"), "bold")
    yield _branch(tr("A page of the service, or error 502: what stands ahead does not find this laptop"))
    yield _leaf(tr("Is the tunnel or proxy running, and does it lead to this port?"))
    yield _branch(tr("The page opens, and here it still says nobody"))
    yield _leaf(tr("The proxy was not named: start with --trust-proxy and its address (127.0.0.1 if it runs here)."))
    yield _branch(tr("Nothing, or a warning of the certificate"), last=True)
    yield _leaf(tr("The name does not lead there yet, or HTTPS is not set up; whoever runs it can tell."), last=True)


def _line(told: str, style: str = "") -> Row:
    return Row(say(told, style, lines=False))


def _branch(told: str, *, last: bool = False) -> Row:
    return Row(say(told, "bold", lines=False), *(("└─ ", "   ") if last else ("├─ ", "│  ")))


def _leaf(told: str, *, last: bool = False) -> Row:
    return Row(say(told, lines=False), *(("    → ", "      ") if last else ("│   → ", "│     ")))


def _remedy(number: int, told: str) -> Row:
    return Row(say(told, lines=False), f"{number}  ", "   ")
