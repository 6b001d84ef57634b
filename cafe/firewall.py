"""How the laptop's own firewall is told to let phones in, on each system; nothing here is ever run for anybody."""

from cafe.i18n import N_, Translator

SAID = {
    "win32": N_("Windows: say yes for private networks when it asks; or, in PowerShell as administrator:"),
    "darwin": N_("macOS: System Settings, Network, Firewall, Options: let Python take incoming connections."),
    "linux": N_("Linux, where a firewall runs (ufw or firewalld):"),
}
LINES = {
    "win32": (
        "New-NetFirewallRule -DisplayName worldcafe -Direction Inbound -Protocol TCP -LocalPort {port} -Action Allow",
    ),
    "linux": ("sudo ufw allow {port}/tcp", "sudo firewall-cmd --add-port={port}/tcp"),
}
"""What can be typed; on macOS there is nothing to type."""


def hint(tr: Translator, system: str, port: int) -> tuple[str, tuple[str, ...]]:
    """A sentence, and the lines to type; `system` as in `sys.platform`."""
    known = system if system in SAID else "linux"
    return tr(SAID[known]), tuple(line.format(port=port) for line in LINES.get(known, ()))
