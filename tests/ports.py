"""Ports for programs that must be told one, or must find theirs again when they come back."""

import random
import socket

NOBODYS = range(20_000, 32_000)
"""Ports that no café takes by itself, and no system lends to whoever connects somewhere: nobody has one meanwhile."""


def free_port() -> int:
    """A port that is free at all addresses of this machine, and stays so."""
    for port in random.SystemRandom().sample(NOBODYS, len(NOBODYS)):
        with socket.socket() as probe:
            try:
                probe.bind(("", port))
            except OSError:
                continue
            return port
    raise OSError("no port is free")
