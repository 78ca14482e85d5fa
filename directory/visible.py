"""One record looked up among those visible to an account, by a question worded once for each role."""

from collections.abc import Callable
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import BigIntegerField, Model
from django.http import Http404

from directory.models import Account, Appointment, Organisation
from directory.roles import Role
from kit.access import require
from kit.verdicts import Verdict
from kit.worded import Given, Question

Record = TypeVar("Record", bound=Model)


class Visible(Generic[Record]):
    """``records.visible_to(account).get(pk=…)``; what the rule makes of a role is read from the rule itself.

    A rule may ask an account for its key, its role with its permissions, its organisation and its municipality.
    """

    def __init__(self, records: Any) -> None:
        self.records = records
        self._questions: dict[str, Question[Record]] = {}

    def get(self, pk: int, account: Account, policy: Callable[[Account, Record], Verdict]) -> Record:
        """The record as views find theirs: 404 where the account cannot see it, 403 where the policy denies."""
        if account.role not in self._questions:
            anybody = _anybody(account.role)
            self._questions[account.role] = Question(self.records.visible_to(anybody).filter(pk=Given("record")))
        if pk > BigIntegerField.MAX_BIGINT:
            raise Http404
        record = self._questions[account.role].record(
            record=pk,
            account=account.pk,
            organisation=account.organisation_id,
            municipality=account.municipality_id,
        )
        if record is None:
            raise Http404
        require(policy(account, record))
        return record


def _anybody(role: str) -> Account:
    """An account that stands for all in a role: what tells them apart is given when the question is asked."""
    account = Account(pk=Given("account"))
    if role:
        place = Organisation(pk=Given("organisation"), municipality_id=Given("municipality"))
        account.acting_as = Appointment(role=Role(role), organisation=place)
    return account.act(date.min)
