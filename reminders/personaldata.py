"""What reminding holds of a person: letters to the person and about the person, reminders, the ways of being told."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from directory.holdings import Farewell, Holding, Told, told_of
from directory.models import Account, StaffMember
from reminders import folder
from reminders.models import Letter, Preference, Reminder

DESTROYED = "Письмо уничтожено вместе с данными сотрудника"


def letters(person: StaffMember) -> Iterable[Told]:
    written = Letter.objects.filter(account__staff_member=person).order_by("written_at", "pk")
    return [told_of(each, "address", "subject", "text", "state", "written_at", "sent_at") for each in written]


def erase_letters(farewell: Farewell) -> int:
    """Those to the person whole; of those to others the text in which the person is named. What waits never leaves."""
    own = Letter.objects.filter(Q(account__in=farewell.accounts) | Q(address__in=farewell.emails))
    own.filter(state=Letter.State.QUEUED).update(state=Letter.State.FAILED, holder="")
    blank: dict[str, Any] = {"subject": DESTROYED, "text": DESTROYED, "html": "", "trouble": ""}
    met = own.update(address="", **blank)
    surname = farewell.person.last_name
    here = Letter.objects.filter(municipality=farewell.person.municipality_id)
    naming = here.filter(Q(subject__contains=surname) | Q(text__contains=surname) | Q(html__contains=surname))
    named = [each.pk for each in naming if farewell.is_named_in(f"{each.subject} {each.text} {each.html}")]
    return met + here.filter(pk__in=named).update(**blank)


def laid_letters(person: StaffMember) -> Iterable[Told]:
    """Files by their names, which hold the address: a portal with a mail server has none."""
    emails = Account.objects.filter(staff_member=person).values_list("email", flat=True)
    marks = [folder.told_in_names(email) for email in emails]
    return [{"файл": file.name} for file in folder.files() if any(mark in file.name for mark in marks)]


def erase_laid_letters(farewell: Farewell) -> int:
    """Those to the person and those that name the person go whole, once the deed holds."""
    gone = [file for file, text in folder.laid() if farewell.is_named_in(text) or _is_addressed(farewell, text)]
    for file in gone:
        transaction.on_commit(partial(file.unlink, missing_ok=True))
    return len(gone)


def _is_addressed(farewell: Farewell, text: str) -> bool:
    return any(email in text for email in farewell.emails)


def reminders(person: StaffMember) -> Iterable[Told]:
    rows = Reminder.objects.filter(account__staff_member=person).order_by("send_on", "pk")
    return [told_of(each, "title", "occasion", "due_on", "send_on", "seen_at") for each in rows]


def erase_reminders(farewell: Farewell) -> int:
    return Reminder.objects.filter(account__in=farewell.accounts).delete()[0]


def preferences(person: StaffMember) -> Iterable[Told]:
    chosen = Preference.objects.filter(account__staff_member=person)
    return [told_of(each, "by_mail", "away_from", "away_until") for each in chosen]


def erase_preferences(farewell: Farewell) -> int:
    return Preference.objects.filter(account__in=farewell.accounts).delete()[0]


HOLDINGS = (
    Holding(
        "Письма портала", letters,
        "адреса и тексты писем сотруднику, тексты писем другим, где он назван", erase_letters,
        "дни и состояние писем без адреса и текста: нужны журналу исходящих",
    ),
    Holding(
        "Письма в папке портала", laid_letters, "файлы писем сотруднику и писем, где он назван", erase_laid_letters
    ),
    Holding("Напоминания", reminders, "напоминания сотруднику", erase_reminders),
    Holding("Настройки напоминаний", preferences, "дни отпуска, ключ календаря и прочие настройки", erase_preferences),
)  # fmt: skip
