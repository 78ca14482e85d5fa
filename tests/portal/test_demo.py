"""The demo's command: what it prints, what it refuses, and that nothing in it is copied from real documents."""

import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command

from directory.models import Account, Municipality
from directory.roles import Role
from portal.demo import building, documents, logins, people
from roadmaps.models import Roadmap

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
NAME = re.compile(r"([А-ЯЁ][а-яё]+)\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?([А-ЯЁ][а-яё]+)")

#: Facts that belong to nobody: how a term is worded, what a law is called.
FACTS = {"deadline", "legal_bases"}


@pytest.fixture(scope="module")
def seeds():
    if not SEEDS.is_dir():
        pytest.skip("the documents of the issue do not lie beside the checkout")
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    assert texts
    return "\n".join(texts)


def load(**options):
    printed = StringIO()
    call_command("demo", stdout=printed, **options)
    return printed.getvalue()


def test_the_logins_are_printed_with_their_password(db):
    lines = load(on=date(2026, 11, 22)).splitlines()

    assert [line.split()[0] for line in lines[1:-1]] == [f"{role}@example.org" for role in Role]
    assert lines[-1].endswith(logins.PASSWORD)


def test_the_printed_password_is_one_that_the_portal_accepts():
    assert validate_password(logins.PASSWORD) is None


def test_the_logins_are_printed_only_where_the_demo_is_loaded(db):
    assert load(logins=True) == ""

    load()

    assert load(logins=True) == logins.table() + "\n"


def test_a_database_in_use_is_refused(db):
    load()

    with pytest.raises(CommandError, match="уже есть организации или учётные записи"):
        load()

    assert Municipality.objects.count() == 1


def test_a_database_in_use_is_left_alone_where_it_is_no_error(db):
    load(if_empty=True)

    printed = load(if_empty=True)

    assert printed == "В базе уже есть данные, демонстрационный город не загружается.\n"
    assert Roadmap.objects.count() == 3


def test_a_single_account_is_data_too(db):
    Account.objects.create_account("somebody@example.org")

    with pytest.raises(building.PortalInUse):
        building.build(today=date(2026, 11, 22))


def test_no_sentence_of_the_real_documents_has_entered(seeds):
    theirs = words(seeds)

    ours = [
        text
        for document in documents.documents(date(2026, 11, 22))
        for text in texts_of(document.roadmap.as_json())
        if len(words(text).split()) >= 5
    ]

    assert len(ours) > 100
    assert [text for text in ours if words(text) in theirs] == []


def test_nobody_of_the_real_documents_has_entered(seeds):
    theirs = {surname for pair in NAME.findall(seeds) for surname in pair if surname}

    ours = {person.last_name for person in people.staff()}

    assert len(theirs) > 5
    # In the documents a name may stand in another case: «Пименову» is «Пименова».
    assert [one for one in ours for other in theirs if one[:-1] == other[:-1]] == []


def texts_of(value):
    """Every text inside lists and dictionaries but the facts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in FACTS:
                yield from texts_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part)


def words(text):
    return " ".join(re.findall(r"\w+", text.casefold().replace("ё", "е")))
