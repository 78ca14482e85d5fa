"""Search and order of Cyrillic names, alike on every database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.models import Organisation
from kit.sorting import searchable, sort_key
from tests.factories import directory


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_schools_stand_in_the_order_of_their_numbers(one, other):
    assert (sort_key(f"Школа № {one}") < sort_key(f"Школа № {other}")) == (one < other)


@given(st.text())
def test_a_text_prepared_twice_is_prepared_once(text):
    assert searchable(searchable(text)) == searchable(text)


@given(st.text(alphabet="абвеёЁЕ №-«»12", max_size=30))
def test_neither_case_nor_yo_nor_punctuation_matter(text):
    assert searchable(text) == searchable(text.upper().replace("Ё", "Е").replace("«", " ").replace("»", " "))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("елочка", ["Детский сад «Ёлочка»"]),
        ("САД ЕЛ", ["Детский сад «Ёлочка»"]),
        ("сад 2", []),
        ("%", None),
        ("_", None),
    ],
)
def test_the_database_finds_by_words(words, found, db):
    directory.organisation(short_title="Детский сад «Ёлочка»", title="Сад")

    expected = ["Детский сад «Ёлочка»"] if found is None else found
    assert [str(organisation) for organisation in Organisation.objects.found_by(words)] == expected


def test_the_database_keeps_the_natural_order(db):
    here = directory.municipality()
    for number in (10, 2, 1, 21):
        directory.organisation(municipality=here, short_title=f"Школа № {number}")

    ordered = [str(organisation) for organisation in Organisation.objects.in_natural_order()]

    assert ordered == ["Школа № 1", "Школа № 2", "Школа № 10", "Школа № 21"]
