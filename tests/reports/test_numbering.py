"""Numbers by the pattern of a register; what a pattern cannot say is refused in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.numbering import LONGEST, PatternRefused, check_pattern, number_by

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{number}", "38"),
        ("{number}-од", "38-од"),
        ("{number}/{month}", "38/03"),
        ("01-05/{number}", "01-05/38"),
        ("{year}/{number}-осн", "2026/38-осн"),
        ("100%s {number} %(x)s", "100%s 38 %(x)s"),
    ],
)
def test_a_number_by_its_pattern(pattern, number):
    assert number_by(pattern, 38, DAY) == number


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("", "один раз стоит {number}"),
        ("од", "один раз стоит {number}"),
        ("{number}{number}", "один раз стоит {number}"),
        ("{number}-{day}", "вместо {day}, неизвестно"),
        ("{number.__class__}", "вместо {number.__class__}, неизвестно"),
        ("{number!r}", "вместо {number!r}, неизвестно"),
        ("{0}{number}", "вместо {0}, неизвестно"),
        ("{}{number}", "вместо {}, неизвестно"),
        ("{{number}}", "скобка без пары"),
        ("{number}-{", "скобка без пары"),
        ("{number}\n", "в одну строку"),
        ("{number}" + "о" * LONGEST, f"длиннее {LONGEST}"),
    ],
)
def test_a_pattern_is_refused_in_words(pattern, reason):
    with pytest.raises(PatternRefused) as refusal:
        check_pattern(pattern)

    assert reason in str(refusal.value)


@given(st.text(st.sampled_from("{}number.yemoth!:од-/1\n"), max_size=24), st.integers(1, 10**6))
def test_any_pattern_numbers_or_is_refused(pattern, sequence):
    try:
        number = number_by(pattern, sequence, DAY)
    except PatternRefused:
        return

    assert str(sequence) in number
    assert not set("{}\n") & set(number)
