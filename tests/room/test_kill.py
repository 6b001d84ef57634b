"""Killed in the middle of a round: what phones were told is saved is there, once, and the clock has run on.

The same harness must find a café that is broken on purpose; a test that cannot fail would prove nothing.
"""

import os

import pytest

from tests.bench.kills import campaign

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a program is killed by a signal here")


def test_killed_twenty_times_a_cafe_keeps_its_promises() -> None:
    """After twenty kills under load every promised idea is there once, and the round ends when it would have."""
    figures = campaign(20)
    assert figures.kills == 20
    assert figures.promised > 500
    assert figures.sent_again > 20
    assert figures.strangers == 0
    assert (figures.lost, figures.doubled, figures.altered, figures.unsound) == (0, 0, 0, 0)
    assert figures.deadline_moved == 0
    assert figures.drift < 1000


def test_a_cafe_that_says_saved_too_early_is_found_out() -> None:
    """If people were told before the disk had it, a kill would lose ideas, and this harness sees that."""
    figures = campaign(200, mutant="says-saved-too-early", until_fault=True)
    assert figures.lost + figures.strangers > 0


def test_a_cafe_that_ignores_the_phones_id_is_found_out() -> None:
    """If an idea had no id of its phone's, one that is sent again would be there twice, and this harness sees that."""
    figures = campaign(200, mutant="ignores-the-phones-id", until_fault=True)
    assert figures.doubled > 0
