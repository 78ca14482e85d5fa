"""One record looked up among those visible to an account, by a question worded once for each role."""

from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Model

from directory.models import Account, Appointment, Organisation
from directory.roles import Role
from kit.worded import Given, Question

Record = TypeVar("Record", bound=Model)


class Visible(Generic[Record]):
    """``records.visible_to(account).get(pk=…)``, or None; what the rule makes of a role is read from the rule itself.

    A rule may ask an account for its key, its role with its permissions, its organisation and its municipality.
    """

    def __init__(self, records: Any) -> None:
        self.records = records
        self._questions: dict[str, Question[Record]] = {}

    def find(self, pk: int, account: Account) -> Record | None:
        role = account.role
        if role not in self._questions:
            self._questions[role] = Question(self.records.visible_to(_anybody(role)).filter(pk=Given("record")))
        return self._questions[role].record(
            record=pk,
            account=account.pk,
            organisation=account.organisation_id,
            municipality=account.municipality_id,
        )


def _anybody(role: str) -> Account:
    """An account that stands for all in a role: what tells them apart is given when the question is asked."""
    account = Account(pk=Given("account"))
    if role:
        place = Organisation(pk=Given("organisation"), municipality_id=Given("municipality"))
        account.acting_as = Appointment(role=Role(role), organisation=place)
    return account.act(date.min)
