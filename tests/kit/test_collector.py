"""The collector of cycles rests for one piece of work, however that ends."""

import gc

import pytest

from kit.collector import resting_collector


def test_it_rests_inside_and_works_again_afterwards():
    with resting_collector():
        with resting_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()

    assert gc.isenabled()


def test_it_works_again_after_a_failure():
    with pytest.raises(ZeroDivisionError), resting_collector():
        1 / 0  # noqa: B018 - the failure

    assert gc.isenabled()
