"""A paper keeps the name that its issuer bore on the day of the paper."""

import io
from datetime import date

import pdfplumber
import pytest
from django.core.files.base import ContentFile
from django.test import Client

from directory.actions import organisations
from directory.models.organisations import Name
from directory.roles import Role
from reports import pdf
from reports.about import act_of, declension_of
from reports.filling import paper_of
from roadmaps.actions.editions import content_of
from tests.factories import directory, reports, roadmaps

TODAY = date(2026, 11, 18)
SITE = "https://portal.example"


@pytest.fixture
def centre(db):
    return directory.organisation(title="Информационный центр", short_title="ИЦ")


def rename(centre):
    name = Name("Центр развития образования", "Центра развития образования", "ЦРО")
    methodist = directory.reader(Role.METHODIST, centre)
    organisations.rename(centre, name, on=date(2026, 9, 1), by=methodist)


def order(centre, dated_on):
    roadmap = roadmaps.approved(municipality=centre.municipality)
    edition = roadmaps.edition(roadmap=roadmap, content=content_of(roadmap))
    return reports.registered_order(
        roadmap=roadmap, issuer=centre, dated_on=dated_on, edition=edition, municipality=centre.municipality
    )


DAYS = [
    (date(2026, 8, 31), "Информационный центр", "ИЦ"),
    (date(2026, 9, 1), "Центр развития образования", "ЦРО"),
]


@pytest.mark.parametrize("has_letterhead", [True, False])
@pytest.mark.parametrize(("dated_on", "full_title", "short_title"), DAYS)
def test_the_head_bears_the_name_of_the_day(dated_on, full_title, short_title, has_letterhead, centre):
    if has_letterhead:
        directory.letterhead(
            organisation=centre, full_title=centre.title, short_title=centre.short_title, phone="12-34"
        )
    rename(centre)

    head = paper_of(order(centre, dated_on), site=SITE, today=TODAY).head

    assert (head.full_title, head.short_title) == (full_title, short_title)
    assert bool(head.contacts) == has_letterhead


@pytest.mark.parametrize(("dated_on", "full_title", "short_title"), DAYS)
def test_the_mark_of_the_annex_bears_it_too(dated_on, full_title, short_title, centre):
    rename(centre)

    act = act_of(order(centre, dated_on), declension_of(centre.municipality))

    assert act.issuer == short_title


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the library leaves its profile open
@pytest.mark.parametrize(
    ("dated_on", "names", "foreign"),
    [
        (date(2021, 3, 1), ("Информационный центр", "ИЦ"), "развития образования"),
        (date(2026, 10, 1), ("Центр развития образования", "ЦРО"), "Информационный"),
    ],
)
def test_the_pdf_and_the_pages_bear_it_as_well(dated_on, names, foreign, centre, signed_in):
    full_title, short_title = names
    rename(centre)
    paper = order(centre, dated_on)
    desk = signed_in(directory.reader(Role.METHODIST, centre))

    content = pdf.draw(paper_of(paper, site=SITE, today=TODAY))
    paper.pdf.save("order.pdf", ContentFile(content))
    with pdfplumber.open(io.BytesIO(content)) as drawn:
        text = " ".join(drawn.pages[0].extract_text().split())
    page = desk.get(paper.get_absolute_url()).content.decode()
    check = Client().get(paper.get_check_url()).content.decode()

    assert full_title.casefold() in text.casefold()
    assert f"<dt>Кто издал</dt><dd>{short_title}</dd>" in page
    assert f"<dt>Кто издал</dt><dd>{full_title}</dd>" in check
    assert foreign.casefold() not in (text + check).casefold()


def test_a_draft_bears_the_name_of_today(centre):
    rename(centre)

    draft = reports.order(roadmap=roadmaps.approved(municipality=centre.municipality), issuer=centre)

    head = paper_of(draft, site=SITE, today=TODAY).head

    assert head.full_title == "Центр развития образования"
