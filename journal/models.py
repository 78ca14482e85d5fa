"""What a record must have to be remembered: who changed it and why, told by the verb that changes it."""

from __future__ import annotations

from typing import Any

from django.db import models

#: Characters of a reason that a history row can hold.
REASON_LENGTH = 100


class Remembered(models.Model):
    """A record with a history: each verb signs its change before saving."""

    class Meta:
        abstract = True

    def sign(self, *, by: Any, because: str = "") -> None:
        """Put the account and the reason on the next saved version; nobody stands for the portal itself."""
        self._history_user = by
        self._change_reason = because[:REASON_LENGTH]
