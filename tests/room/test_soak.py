"""Behind a faulty network every idea that was promised is there once; a café without the phone's id is found out."""

from tests.bench.soak import soak


def test_a_network_that_drops_cuts_and_doubles_loses_nothing() -> None:
    """After four hundred sends that met a fault every promised idea is there once, and nobody came in twice."""
    found = soak(400)
    assert found.faulted >= 400
    assert all(found.kinds.values())
    assert found.promised > 100
    assert found.wrong == 0


def test_a_cafe_that_ignores_the_phones_id_is_found_out() -> None:
    """If an idea had no id of its phone's, one that is sent again would be there twice, and the soak sees that."""
    assert soak(100, mutant="ignores-the-phones-id").doubled > 0
