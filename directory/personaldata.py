"""What the directory holds of a person: the card with its past, the papers, the way in, and working material."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.hashers import make_password
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django_otp import devices_for_user

from directory.holdings import Farewell, Holding, Told, in_words, told_of
from directory.models import (
    Account,
    Appointment,
    BulkEdit,
    Consent,
    Dismissal,
    Invitation,
    Merge,
    PasswordReset,
    Position,
    SavedView,
    SheetImport,
    StaffMember,
)
from journal.models import Access
from journal.views import Entry, entries_of, newest_first
from kit.sorting import searchable, sort_key

CARD = (
    "last_name", "first_name", "patronymic", "birth_year", "teaching_from", "has_teaching_load", "category",
    "category_on", "category_until", "calling", "email", "phone",
)  # fmt: skip
#: Stands where a number may not be empty.
DESTROYED = "уничтожен"
#: What somebody typed as a reason may tell of health or family.
WITHOUT_REASON: dict[str, Any] = {"history_change_reason": None}


def card(person: StaffMember) -> list[Told]:
    subjects = ", ".join(person.subjects.order_by("title", "pk").values_list("title", flat=True))
    return [told_of(person, *CARD) | ({"предметы": subjects} if subjects else {})]


def erase_card(farewell: Farewell) -> int:
    """Write straight into the tables: a new version of the card would only keep what goes."""
    blank = {
        "last_name": farewell.name, "first_name": "", "patronymic": "", "birth_year": None, "email": "", "phone": "",
    }  # fmt: skip
    versions = StaffMember.history.filter(id__in=farewell.people).update(**blank, **WITHOUT_REASON)
    derived = {"sort_key": sort_key(farewell.name), "search_text": searchable(farewell.name)}
    StaffMember.objects.filter(pk=farewell.person.pk).update(**blank, **derived)
    return int(versions)


def history(person: StaffMember) -> list[Told]:
    positions = newest_first(Position.history.filter(staff_member=person.pk))
    told = [
        {
            "когда": in_words(entry.at),
            "кто": entry.by,
            "что": entry.what,
            "изменения": _changes(entry),
            "причина": entry.because,
        }
        for entry in entries_of(person, parts=positions, parts_come_and_go=True)
    ]
    return [{name: words for name, words in each.items() if words} for each in told]


def _changes(entry: Entry) -> str:
    return "; ".join(f"{name}: {before or 'пусто'} → {after or 'пусто'}" for name, before, after in entry.changes)


def positions(person: StaffMember) -> Iterable[Told]:
    held = person.positions.select_related("organisation").order_by("starts_on", "pk")
    return [told_of(each, "title", "organisation", "engagement", "number", "starts_on", "ends_on") for each in held]


def erase_numbers(farewell: Farewell) -> int:
    Position.history.filter(staff_member__in=farewell.people).update(number="", **WITHOUT_REASON)
    return farewell.person.positions.update(number="")


def consents(person: StaffMember) -> Iterable[Told]:
    given = person.consents.order_by("given_on", "pk")
    return [
        told_of(each, "kind", "given_on", "until", "number", "filename", "withdrawn_on", "because") for each in given
    ]


def erase_consents(farewell: Farewell) -> int:
    mine = farewell.person.consents.all()
    drop_files(mine.exclude(file="").values_list("file", flat=True))
    blank = {"number": DESTROYED, "file": "", "filename": "", "content_type": "", "because": ""}
    Consent.history.filter(staff_member__in=farewell.people).update(**blank, **WITHOUT_REASON)
    return mine.update(**blank)


def dismissals(person: StaffMember) -> Iterable[Told]:
    return [told_of(each, "dismissed_on", "because") for each in person.dismissals.order_by("dismissed_on", "pk")]


def erase_dismissals(farewell: Farewell) -> int:
    """Taking one back is over as well: what it had ended is forgotten."""
    return Dismissal.objects.filter(staff_member=farewell.person).update(because="", ended=[])


def accounts(person: StaffMember) -> Iterable[Told]:
    return [told_of(each, "email", "is_active", "last_login") for each in Account.objects.filter(staff_member=person)]


def erase_accounts(farewell: Farewell) -> int:
    """Nobody signs in any more, and no table of the door remembers who did."""
    for account in farewell.accounts:
        nameless = f"depersonalised-{account.pk}@invalid"
        Account.history.filter(id=account.pk).update(email=nameless, **WITHOUT_REASON)
        Account.objects.filter(pk=account.pk).update(email=nameless, is_active=False, password=make_password(None))
        account.sessions.all().delete()
        account.email_changes.all().delete()
        for device in devices_for_user(account, confirmed=None):
            device.delete()
    PasswordReset.objects.filter(email__in=farewell.emails).delete()
    for table in (AccessAttempt, AccessLog, AccessFailureLog):
        table.objects.filter(username__in=farewell.emails).delete()
    return len(farewell.accounts)


def appointments(person: StaffMember) -> Iterable[Told]:
    held = Appointment.objects.filter(account__staff_member=person).select_related("organisation")
    return [told_of(each, "role", "organisation", "starts_on", "ends_on") for each in held.order_by("starts_on", "pk")]


def erase_reasons_of_roles(farewell: Farewell) -> int:
    """Roles themselves hold nothing but days; why one was given or ended was typed by hand."""
    told = Appointment.history.filter(account__in=farewell.accounts).exclude(history_change_reason=None)
    return int(told.update(**WITHOUT_REASON))


def invitations(person: StaffMember) -> Iterable[Told]:
    sent = person.invitations.select_related("organisation").order_by("pk")
    return [told_of(each, "role", "organisation", "email", "invited_at", "accepted_at", "revoked_at") for each in sent]


def erase_invitations(farewell: Farewell) -> int:
    """One that nobody has answered is revoked: its link would open the nameless record."""
    sent = Invitation.objects.filter(staff_member=farewell.person)
    sent.unanswered().update(revoked_at=farewell.at)
    Invitation.history.filter(staff_member__in=farewell.people).update(email="", **WITHOUT_REASON)
    return sent.update(email="")


def merges(person: StaffMember) -> Iterable[Told]:
    return [told_of(each, "swallowed_name", "because", "merged_at", "undone_at") for each in merges_of({person.pk})]


def merges_of(people: Iterable[int]) -> list[Merge]:
    """Merges that hold a copy of a record: it has taken another over, or was once taken over itself."""
    kept = list(Merge.objects.filter(kept__in=people))
    undone = Merge.objects.filter(undone_at__isnull=False).exclude(kept__in=people)
    return kept + [each for each in undone if each.swallowed.get("id") in people]


def erase_merges(farewell: Farewell) -> int:
    gone = merges_of(farewell.people)
    Merge.objects.filter(pk__in=[each.pk for each in gone]).delete()
    return len(gone)


def bulk_edits(person: StaffMember) -> Iterable[Told]:
    made = BulkEdit.objects.filter(municipality=person.municipality_id).order_by("pk")
    return [told_of(each, "because", "made_at") for each in made.iterator() if _met_in(each, {person.pk})]


def erase_bulk_edits(farewell: Farewell) -> int:
    met = 0
    for each in BulkEdit.objects.filter(municipality=farewell.person.municipality_id).iterator():
        is_named = farewell.is_named_in(each.because)
        if is_named or _met_in(each, farewell.people):
            each.changed = [change for change in each.changed if change[0] not in farewell.people]
            each.because = DESTROYED if is_named else each.because
            each.save(update_fields=["changed", "because"])
            met += 1
    return met


def _met_in(edit: BulkEdit, people: Iterable[int]) -> bool:
    return any(change[0] in people for change in edit.changed)


def erase_sheets(farewell: Farewell) -> int:
    """Whole sheets go, whoever they name: a cell of a file cannot be cut out, and a written sheet has done its work."""
    done = SheetImport.objects.filter(municipality=farewell.person.municipality_id, kind=SheetImport.Kind.STAFF)
    done = done.exclude(state__in=SheetImport.AT_WORK)
    drop_files(done.exclude(file="").values_list("file", flat=True))
    return done.delete()[1].get(SheetImport._meta.label, 0)  # noqa: SLF001 - Django documents _meta


def sheets(person: StaffMember) -> Iterable[Told]:
    """Those of the municipality: which of them name the person is not known before they are read again."""
    brought = SheetImport.objects.filter(municipality=person.municipality_id, kind=SheetImport.Kind.STAFF)
    brought = brought.exclude(state__in=SheetImport.AT_WORK).order_by("pk")
    return [told_of(each, "kind", "requested_at", "state") for each in brought]


def saved_views(person: StaffMember) -> Iterable[Told]:
    return [told_of(each, "title") for each in SavedView.objects.filter(kept_for__staff_member=person).order_by("pk")]


def erase_saved_views(farewell: Farewell) -> int:
    """The own ones, and those in which somebody looks for the person by name."""
    own = Q(kept_for__in=[account.pk for account in farewell.accounts])
    here = SavedView.objects.filter(Q(municipality=farewell.person.municipality_id) | own)
    gone = [
        each.pk
        for each in here
        if each.kept_for_id in {account.pk for account in farewell.accounts} or farewell.is_named_in(_said_by(each))
    ]
    return SavedView.objects.filter(pk__in=gone).delete()[0]


def _said_by(view: SavedView) -> str:
    asked = [value for _, values in QueryDict(view.query).lists() for value in values]
    return " ".join([view.title, *map(str, asked)])


def accesses(person: StaffMember) -> Iterable[Told]:
    rows = Access.objects.about(person.pk).newest_first()
    return [told_of(each, "at", "reader_name", "role", "deed") for each in rows]


def erase_accesses(farewell: Farewell) -> int:
    """The person looked at, the person looking, and the words by which somebody looked for the person in a list."""
    met = Access.objects.filter(person__in=farewell.people).rename_people(farewell.name)
    lists = Access.objects.filter(person=None, municipality=farewell.person.municipality_id)
    found_by: dict[str, list[int]] = defaultdict(list)
    for pk, list_and_words in lists.values_list("pk", "person_name").iterator():
        which, _, words = list_and_words.partition(":")
        if farewell.is_sought_in(words):
            found_by[which].append(pk)
    for which, rows in found_by.items():
        met += Access.objects.filter(pk__in=rows).rename_people(which)
    readers = [account.pk for account in farewell.accounts]
    return met + Access.objects.filter(reader__in=readers).rename_readers(farewell.name)


def drop_files(names: Iterable[str]) -> None:
    """Remove files once the transaction holds: a deed that failed leaves them where they lie."""
    for name in list(names):
        transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]


HOLDINGS = (
    Holding(
        "Карточка", card,
        "фамилия, имя, отчество, год рождения, рабочие почта и телефон, также в прежних версиях карточки",
        erase_card, "категория, предметы и начало педагогической работы без имени: нужны для показателей",
    ),
    Holding("История карточки", history),
    Holding(
        "Должности", positions, "табельные номера, также в прежних версиях", erase_numbers,
        "организация, должность и сроки работы без имени: нужны для показателей",
    ),
    Holding(
        "Согласия", consents, "номера и сканы согласий, причины отзыва", erase_consents,
        "вид и сроки согласий без имени: ими подтверждается законность обработки",
    ),
    Holding("Увольнения", dismissals, "причины увольнений", erase_dismissals, "дни увольнений без имени"),
    Holding(
        "Вход в портал", accounts, "электронная почта, пароль, второй фактор, входы и попытки входа", erase_accounts,
        "закрытая учётная запись без имени и почты: на неё ссылается журнал изменений",
    ),
    Holding(
        "Роли в портале", appointments, "причины, по которым роли давали и завершали", erase_reasons_of_roles,
        "роли и их сроки без имени: на них ссылается журнал изменений",
    ),
    Holding("Приглашения", invitations, "почта в приглашениях", erase_invitations),
    Holding("Объединения записей", merges, "копии объединённых карточек", erase_merges),
    Holding("Правки нескольких карточек", bulk_edits, "прежние значения этой карточки", erase_bulk_edits),
    Holding("Загруженные таблицы сотрудников", sheets, "таблицы муниципалитета вместе с файлами", erase_sheets),
    Holding("Сохранённые виды списков", saved_views, "собственные виды и отборы по фамилии", erase_saved_views),
    Holding(
        "Кто смотрел данные", accesses, "имя в журнале обращений", erase_accesses,
        "строки журнала обращений без имени: журнал не переписывают",
    ),
)  # fmt: skip
