"""Yes, or no with its reason."""

from kit.verdicts import ALLOWED, denied


def test_a_refusal_is_false_and_carries_its_reason():
    verdict = denied("Мероприятие уже выполнено.")

    assert (bool(verdict), verdict.reason) == (False, "Мероприятие уже выполнено.")


def test_what_is_allowed_is_true_and_says_nothing():
    assert (bool(ALLOWED), ALLOWED.reason) == (True, "")
