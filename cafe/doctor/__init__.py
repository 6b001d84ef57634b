"""Will this laptop hold a café, and can phones reach it? What is read of the machine, and what that means."""

from cafe.doctor.findings import Finding, findings
from cafe.doctor.readings import Readings, read

__all__ = ["Finding", "Readings", "findings", "read"]
