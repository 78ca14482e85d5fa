"""The year's registers: opened once, and continued from the journal on paper."""

from django.db import transaction

from directory.models import Account, Organisation
from reports.models import Register


class RegisterInUse(Exception):
    """Numbers have been given out: neither their pattern nor their start changes any more; the message is Russian."""


def register_of(organisation: Organisation, year: int) -> Register:
    """The year's register, held until the transaction ends; a year's first order opens it as the last year had it."""
    usual = Register.objects.filter(organisation=organisation, year__lt=year).order_by("-year").first()
    defaults = {"pattern": usual.pattern} if usual else {}
    Register.objects.get_or_create(organisation=organisation, year=year, defaults=defaults)
    return Register.objects.select_for_update(of=("self",)).get(organisation=organisation, year=year)


@transaction.atomic
def set_register(organisation: Organisation, *, year: int, pattern: str, last_on_paper: int, by: Account) -> Register:
    """Say how numbers look and which one was the last on paper; raises ``RegisterInUse`` after the first order."""
    register = register_of(organisation, year)
    if register.last_sequence:
        raise RegisterInUse(f"В журнале уже есть номера до {register.last_number}: счёт идёт дальше сам.")
    register.pattern, register.last_on_paper = pattern, last_on_paper
    register.full_clean()
    register.sign(by=by)
    register.save(update_fields=["pattern", "last_on_paper"])
    return register
