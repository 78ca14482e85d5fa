"""The answer to «may this account do that?»: yes, or no with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """True or false; a refusal carries its reason in Russian, shown as it stands.

    >>> bool(ALLOWED), bool(denied("Мероприятие уже выполнено."))
    (True, False)
    """

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


ALLOWED = Verdict()


def denied(reason: str) -> Verdict:
    return Verdict(reason)
