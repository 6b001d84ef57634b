"""How long a test waits for what must come. Nothing takes longer by it, and what comes late on a busy machine comes."""

PATIENCE = 120.0
"""Seconds after which something that was waited for is said never to have come."""
LONG = 5 * PATIENCE
"""The same for a whole test, and for what goes through an afternoon."""
