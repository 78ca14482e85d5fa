"""A mark in every text of a person's rows is gone when the person has become nameless, but for what stays on purpose."""

import json

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice

from directory.models import Account, StaffMember
from tests.factories import directory, reminders, roadmaps

#: A surname of letters that JSON writes as they are and that stand nowhere else.
MARK = "qzmarkzq"

#: What still bears the mark afterwards, and why it may.
STAYS = {
    "directory.Position": {"title": "должность без имени: по ней считают показатели"},
    "directory.HistoricalPosition": {"title": "то же в прежних версиях"},
    "reminders.Letter": {"key": "служебный ключ письма: по нему оно не уходит дважды"},
    "roadmaps.Roadmap": dict.fromkeys(
        ("title", "document_number", "issuer", "signatory", "goal", "remarks", "search_text"), "текст документа"
    ),
    "roadmaps.HistoricalRoadmap": dict.fromkeys(
        ("title", "document_number", "issuer", "signatory", "goal", "remarks"), "текст документа"
    ),
    "reports.Order": {
        "signatory_post": "должность без имени",
        "code": "код проверки документа",
    },
    "reports.HistoricalOrder": {
        "signatory_post": "должность без имени",
        "number": "номер документа",
        "pdf": "имя файла в хранилище: случайное",
        "digest": "отпечаток файла",
    },
}  # fmt: skip


def texts_of(model):
    """Columns in which a name may stand: those with choices hold one of a few words."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [field for field in model._meta.concrete_fields if isinstance(field, kinds) and not field.choices]


def rows_of(model, person, accounts):
    """The rows of a model that belong to the person, past versions too; those only written by the person do not."""
    if model in (StaffMember, StaffMember.history.model):
        return model.objects.filter(id=person.pk)
    if model in (Account, Account.history.model):
        return model.objects.filter(id__in=accounts)
    belongs = models.Q()
    for field in model._meta.concrete_fields:
        if field.is_relation and field.name != "history_user" and not field.name.endswith("_by"):
            keys = {StaffMember: [person.pk], Account: accounts}.get(field.remote_field.model)
            belongs |= models.Q(**{f"{field.attname}__in": keys}) if keys else models.Q()
    return models.QuerySet(model).filter(belongs) if belongs else None


def marked(field, row):
    """The mark as this column can hold it, its own for each row of a column that wants no doubles."""
    if isinstance(field, models.JSONField):
        value = getattr(row, field.attname)
        return {**value, MARK: MARK} if isinstance(value, dict) else [*value, MARK]
    if isinstance(field, models.EmailField):
        return f"{MARK}{row.pk}@example.org"
    return MARK if not field.unique else f"{MARK}{row.pk}"[: field.max_length]


def mark(row, field):
    """Whether the row bears the mark now: what its constraints refuse can hold no name either."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: marked(field, row)})
    except IntegrityError:
        return False
    return True


def bearing():
    """Model by model, the columns in which the mark stands."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for field in texts_of(model):
            with connection.cursor() as cursor:
                table, column = map(connection.ops.quote_name, (model._meta.db_table, field.column))
                cursor.execute(f"SELECT 1 FROM {table} WHERE CAST({column} AS text) LIKE %s", [f"%{MARK}%"])
                if cursor.fetchone():
                    found.setdefault(model._meta.label, set()).add(field.name)
    return found


@pytest.fixture
def marked_person(traces, account, school):
    """The person with a row in every table that can hold one, each text of it marked."""
    directory.merge(kept=traces)
    StaticDevice.objects.create(user=account, name="codes").token_set.create(token="one")
    directory.saved_view(municipality=school.municipality, kept_for=account)
    directory.email_change(account=account, was=account.email)
    reminders.letter(municipality=school.municipality, account=account)
    roadmaps.party(
        item=roadmaps.item(
            section=roadmaps.section(roadmap=roadmaps.roadmap(municipality=school.municipality)), responsible=MARK
        ),
        staff_member=traces,
    )
    accounts = list(Account.objects.filter(staff_member=traces).values_list("pk", flat=True))
    empty, written = [], 0
    for model in apps.get_models(include_auto_created=True):
        rows = rows_of(model, traces, accounts)
        if rows is None or not texts_of(model) or model._meta.label == "directory.Destruction":
            continue
        empty += [] if rows.exists() else [model._meta.label]
        for row in rows:
            written += sum(mark(row, field) for field in texts_of(model) if not field.primary_key)
    assert empty == [], "plant a row of these too"
    assert written > 50
    traces.consents.get().file.storage.save("letters-of.txt", ContentFile(b""))
    return StaffMember.objects.get(pk=traces.pk)


def test_no_column_and_no_file_bears_the_mark_but_those_that_say_why(
    administrator,
    marked_person,
    signed_in,
    django_capture_on_commit_callbacks,
):
    consent = marked_person.consents.get()
    with default_storage.open(consent.file.name, "wb") as scan:
        scan.write(MARK.encode())
    for name, text in (
        ("to.eml", f"To: {MARK}@example.org\n\nСроки"),
        ("about.eml", f"To: a@b.ru\n\nНе сделала {MARK}"),
    ):
        (settings.LETTERS_DIR / name).write_text(text)
    (settings.LETTERS_DIR / "other.eml").write_text("To: a@b.ru\n\nДругое")
    before = bearing()

    with django_capture_on_commit_callbacks(execute=True):
        signed_in(administrator).post(
            reverse("reports:destruction-draw-up", args=[marked_person.pk]),
            {"because": "Срок вышел", "commission": "Осина В. Л., директор\nОсокин П. И., методист", "surname": MARK},
        )

    assert set(STAYS) <= set(before)
    assert {label: set(fields) for label, fields in STAYS.items()} == bearing()
    act = marked_person.destruction.act.name
    kept = [
        file for folder in (settings.MEDIA_ROOT, settings.LETTERS_DIR) for file in folder.rglob("*") if file.is_file()
    ]
    assert [file.name for file in kept if MARK.encode() in file.read_bytes()] == []
    assert default_storage.exists(act)
    assert (settings.LETTERS_DIR / "other.eml").exists()
    assert json.dumps(marked_person.destruction.erased, ensure_ascii=False).count("писем") > 0
