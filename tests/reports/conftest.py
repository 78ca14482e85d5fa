"""A centre with those who compose and register, an order that nothing speaks against, and somebody who has left."""

from datetime import UTC, date, datetime

import pytest
from axes.models import AccessAttempt
from django.core.files.base import ContentFile
from django_otp.plugins.otp_totp.models import TOTPDevice

from directory.actions import merging
from directory.models import Organisation, SheetImport, StaffMember
from directory.roles import Role
from reports.models import Order, Wording
from tests.factories import directory, journal, reminders, reports, roadmaps

NOW = datetime(2026, 11, 18, 7, tzinfo=UTC)
LEFT_ON = date(2026, 8, 31)


@pytest.fixture
def centre(db, today):
    return directory.organisation(kind=Organisation.Kind.CENTRE)


@pytest.fixture
def desk(signed_in, centre):
    """The methodist's browser."""
    return signed_in(directory.reader(Role.METHODIST, centre))


@pytest.fixture
def bench(signed_in, centre):
    """The manager's browser."""
    return signed_in(directory.reader(Role.MANAGER, centre))


@pytest.fixture
def draft_roadmap(centre):
    return roadmaps.roadmap(municipality=centre.municipality, title="План встреч")


@pytest.fixture
def order(centre, draft_roadmap):
    return reports.ready_order(roadmap=draft_roadmap, issuer=centre, heading="О плане")


@pytest.fixture
def deputy_head(centre):
    person = directory.staff_member(
        municipality=centre.municipality, last_name="Рябова", first_name="Анна", patronymic="Павловна"
    )
    directory.position(staff_member=person, organisation=centre, title="заместитель директора")
    return person


@pytest.fixture
def administrator(centre):
    return directory.reader(Role.ADMINISTRATOR, centre)


@pytest.fixture
def admin(administrator, signed_in):
    return signed_in(administrator)


@pytest.fixture
def school(centre):
    return directory.organisation(municipality=centre.municipality, short_title="Школа у реки")


@pytest.fixture
def person(school):
    """Somebody who left in August, with a card, a past and an account."""
    made = directory.staff_member(
        municipality=school.municipality, last_name="Брусникина", first_name="Злата", patronymic="Львовна",
        birth_year=1987, email="brusnika@example.org", phone="8-900-777-00-00", category=StaffMember.Category.FIRST,
        teaching_from=date(2010, 9, 1),
    )  # fmt: skip
    directory.position(
        staff_member=made, organisation=school, number="Т-4417", starts_on=date(2012, 9, 1), ends_on=LEFT_ON
    )
    return made


@pytest.fixture
def account(person, school):
    return directory.reader(Role.TEACHER, school, staff=person)


@pytest.fixture
def traces(person, account, administrator, school):
    """The person everywhere where the portal writes anything of people down."""
    where = school.municipality
    account.email = "brusnika2@example.org"
    account.save()
    twin = directory.staff_member(municipality=where, last_name="Морошкина", first_name="Злата")
    directory.account(email="brusnika3@example.org", staff_member=twin)
    merging.merge(person, twin, taken=[], by=administrator, because="Прежняя фамилия Морошкина")
    directory.consent(
        staff_member=person, number="Брусникина-1", file=ContentFile(b"%PDF-1.7", name="scan.pdf"), filename="Брусникина.pdf"
    )  # fmt: skip
    directory.dismissal(staff_member=person, because="Брусникина переезжает", dismissed_on=LEFT_ON)
    directory.invitation(staff_member=person, organisation=school, email="brusnika4@example.org")
    directory.password_reset(email="brusnika2@example.org")
    directory.session(account=account)
    TOTPDevice.objects.create(user=account, name="Телефон Брусникиной")
    AccessAttempt.objects.create(username="brusnika2@example.org", get_data="", post_data="", failures_since_start=1)
    directory.bulk_edit(municipality=where, changed=[[person.pk, {"phone": ["8-900-777-11-11", ""]}]])
    directory.saved_view(
        municipality=where,
        title="Ищу Брусникина",
        query="q=%D0%91%D1%80%D1%83%D1%81%D0%BD%D0%B8%D0%BA%D0%B8%D0%BD%D0%B0",
    )
    SheetImport.objects.create(
        kind=SheetImport.Kind.STAFF, municipality=where, filename="Брусникина.xlsx", state=SheetImport.State.CHECKED,
        report={"rows": ["Брусникина"]}, requested_at=NOW, try_at=NOW, file=ContentFile(b"x", name="sheet.xlsx"),
    )  # fmt: skip
    reminders.letter(municipality=where, account=account, address="brusnika@example.org", text="Уважаемая Брусникина")
    reminders.letter(municipality=where, account=administrator, text="Не сделала Брусникина З. Л.", subject="Сроки")
    reminders.reminder(account=account, title="Брусникиной проверить")
    reminders.preference(account=account)
    drafted = roadmaps.item(
        section=roadmaps.section(roadmap=roadmaps.roadmap(municipality=where)), responsible="Брусникина З. Л."
    )
    roadmaps.party(item=drafted, kind="person", label="Брусникина З. Л.", key="брусникина з л", staff_member=person)
    roadmaps.roadmap_import(municipality=where, understood={"title": "План для Брусникина"}, filename="Брусникина.docx")
    roadmap = roadmaps.roadmap(municipality=where, title="План встреч", controller=person)
    draft = reports.order(
        roadmap=roadmap, municipality=where, signatory=person, signatory_name="З.Л. Брусникина",
        performer_name="Брусникина Злата Львовна", performer_phone="8-900-777-00-00",
    )  # fmt: skip
    reports.clause(order=draft, text="Поручить Брусникиной Злате Львовне подготовку, З. Л. Брусникину ознакомить.")
    discarded = reports.order(
        municipality=where, preamble="По просьбе Брусникиной Златы Львовны", kind=Order.Kind.AMEND
    )
    discarded.delete()
    reports.wording(
        municipality=where, nominative="Брусникина Злата Львовна", case=Wording.Case.DATIVE, form="Брусникиной Злате Львовне"
    )  # fmt: skip
    journal.access(municipality=where.pk, reader=account.pk, reader_name="Брусникина З. Л.", person=0)
    journal.access(municipality=where.pk, person=None, person_name="сотрудники: q=Брусникина")
    return person
