"""The first municipality, centre and account of an empty portal: all or nothing."""

from django.db import transaction

from directory.models import Account, Appointment, Municipality, Organisation
from directory.roles import Role


@transaction.atomic
def begin(*, municipality: str, genitive: str, centre: str, email: str, password: str, role: Role) -> Account:
    """A municipality and its centre where they are not there yet, and an account that acts in this role there."""
    city, _ = Municipality.objects.get_or_create(
        title=municipality, defaults={"title_genitive": genitive, "asks_second_factor": True}
    )
    organisation, _ = Organisation.objects.get_or_create(
        municipality=city, short_title=centre, defaults={"title": centre, "kind": Organisation.Kind.CENTRE}
    )
    account = Account.objects.create_account(email, password)
    account.acting_as = Appointment.objects.create(account=account, role=role, organisation=organisation)
    account.save(update_fields=["acting_as"])
    return account
