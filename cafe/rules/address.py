"""Which of the laptop's addresses phones are told from now on."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from cafe import events as e
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.state import State


@facilitator
def address(state: State, now: int, ip: str) -> Decision:
    """Another address of the laptop; the port stays. One on the internet is not the laptop's to change.

    There is nothing to undo: the same key goes on to the address of before.
    """
    told = urlsplit(state.url)
    if told.scheme != "http" or not told.port:
        raise Refused("address_fixed")
    try:
        found = ip_address(ip)
    except ValueError:
        raise Refused("one_address") from None
    url = f"http://{f'[{found}]' if found.version == 6 else found}:{told.port}"
    return () if url == state.url else (e.Addressed(url),)
