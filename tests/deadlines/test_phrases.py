"""The reader of phrases: a table of what real plans say, and any text at all."""

import csv
import re
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.phrases import read, read_lines, rhythm_in
from deadlines.span import Basis, Kind, Period, Point
from deadlines.writing import LIMIT

#: Four roadmaps a phrase is read in, by the letter in the table.
PLANS = {
    "A": (Period(date(2024, 9, 1), date(2026, 8, 31)), Basis.ACADEMIC),
    "Y": (Period(date(2025, 9, 1), date(2026, 8, 31)), Basis.ACADEMIC),
    "C": (Period(date(2021, 1, 1), date(2024, 12, 31)), Basis.CALENDAR),
    "K": (Period(date(2025, 1, 1), date(2025, 12, 31)), Basis.CALENDAR),
}
TABLE = Path(__file__).with_name("phrases.csv")


def _rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file, delimiter=";")]


def _short(day):
    return f"{day:%d.%m.%y}"


def _written(points):
    """Points as the table writes them: each window, for long rows the count with the first and the last day due."""
    if len(points) > 8:
        return f"{len(points)}:{_short(points[0].due_on)}..{_short(points[-1].due_on)}"
    return " ".join(
        _short(point.due_on) if point.starts_on == point.due_on else f"{_short(point.starts_on)}-{_short(point.due_on)}"
        for point in points
    )


@pytest.mark.parametrize(("plan", "phrase", "kind", "points", "warning"), _rows())
def test_a_phrase_of_a_real_plan_is_read_as_the_rules_say(plan, phrase, kind, points, warning):
    reading = read(phrase.replace("⏎", "\n"), *PLANS[plan])

    assert (reading.kind.value, _written(reading.points)) == (kind, points)
    assert any(warning in said for said in reading.warnings) if warning else reading.warnings == ()


def test_the_words_of_a_schedule_are_kept_as_written():
    reading = read("По графику проведения ВПР (ежегодно)", *PLANS["A"])

    assert (reading.kind, reading.schedule) == (Kind.BY_SCHEDULE, "По графику проведения ВПР")


def test_other_kinds_have_no_schedule():
    assert read("Апрель, ежегодно (по графику)", *PLANS["A"]).schedule is None


def test_lines_are_read_one_by_one_to_be_paired_with_sub_items():
    readings = read_lines("Июль\nАвгуст\nАвгуст\nСентябрь", *PLANS["Y"])

    assert [[point.due_on for point in reading.points] for reading in readings] == [
        [date(2026, 7, 31)], [date(2026, 8, 31)], [date(2026, 8, 31)], [date(2025, 9, 30)],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "phrase", ["Апрель,\nежегодно", "июнь -\nавгуст", "до 15\nсентября", "в течение\nгода", "сен-\nтябрь"]
)
def test_a_line_that_goes_on_is_not_a_deadline_of_its_own(phrase):
    assert [reading.phrase for reading in read_lines(phrase, *PLANS["Y"])] == [phrase]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ежемесячное информирование школ о плане курсов", Kind.MONTHLY),
        ("Проведение ежеквартальных совещаний", Kind.QUARTERLY),
        ("Мониторинг два раза в год", Kind.HALF_YEARLY),
        ("Еженедельный обзор", Kind.WEEKLY),
        ("Консультирование педагогов в течение года", Kind.YEARLY),
        ("Ежегодный конкурс", Kind.YEARLY),
        ("Анализ методической работы", None),
        ("Семинар для руководителей ШМО", None),
    ],
)
def test_a_rhythm_in_the_name_is_found(name, kind):
    assert rhythm_in(name) == kind


def test_a_phrase_is_read_in_a_period_of_one_day():
    day = date(2026, 4, 30)

    assert read("апрель", Period(day, day), Basis.CALENDAR).points == (Point(day, day),)


periods = st.builds(
    lambda start, days: Period(start, start + timedelta(days=days)),
    st.dates(date(1, 1, 1), date(9990, 1, 1)) | st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.integers(0, 1500),
)
bases = st.sampled_from(Basis)
#: Pieces real phrases are made of, in any order: closer to the grammar than letters at random.
PIECES = """
май июнь январь сентября август месяца числа недели года г. гг. уч. год учебного полугодие квартал декада неделя половина
I II 1 2 5 15 31 2024 2025 2025/26 2025-2026 01.10.2025 15.09 29.02 31.04 10.2025 третья последняя среда пятница пятницам
по с до к в за не позднее ранее - – , ; : ( ) « » и каждый каждого ежегодно ежемесячно ежеквартально еженедельно раз раза
течение начало конец середина далее начиная кроме постоянно графику плану запросу необходимости каникулы весна зимой
период всего реализации после дней рабочий день следующего за отчётным
IX XII V X перед накануне знаний учителя нового 14:00 10.00 25 или либо числах половина
"""
pieces = st.sampled_from([*PIECES.split(), "\n", ""])
phrases = st.lists(pieces, max_size=14).map(" ".join)


@given(st.text(max_size=300) | phrases, periods, bases)
def test_any_text_is_answered_with_points_in_order_inside_the_period(phrase, period, basis):
    reading = read(phrase, period, basis)

    dues = [(point.due_on, point.starts_on) for point in reading.points]
    assert dues == sorted(set(dues))
    assert all(point.starts_on in period and point.due_on in period for point in reading.points)
    assert reading.kind is not Kind.UNKNOWN or (reading.warnings and not reading.points)
    assert (reading.schedule is not None) == (reading.kind is Kind.BY_SCHEDULE)


@given(phrases, periods, bases)
def test_case_signs_and_spaces_do_not_change_the_answer(phrase, period, basis):
    plain = read(phrase, period, basis)
    written = phrase.upper().replace("-", "—").replace(" ", "\u00a0 ").replace("Ё", "Е") + " "

    again = read(written, period, basis)

    assert (again.kind, again.points) == (plain.kind, plain.points)


_ROWS_OF_TABLE = st.sampled_from([(plan, phrase.replace("⏎", "\n")) for plan, phrase, *_ in _rows() if phrase])


@given(_ROWS_OF_TABLE, st.sampled_from([".", ",", ";", " .", "\n", "…"]))
def test_a_sign_at_the_end_does_not_change_the_answer(row, sign):
    plan, phrase = row
    plain = read(phrase, *PLANS[plan])

    again = read(phrase + sign, *PLANS[plan])

    assert (again.kind, again.points) == (plain.kind, plain.points)


@given(_ROWS_OF_TABLE, st.sampled_from(["\n", "  ", "\t", "\u00a0", " \r\n"]))
def test_a_line_may_end_at_any_space(row, gap):
    plan, phrase = row
    plain = read(phrase, *PLANS[plan])

    again = read(phrase.replace(" ", gap), *PLANS[plan])

    assert (again.kind, again.points, again.warnings) == (plain.kind, plain.points, plain.warnings)


@given(_ROWS_OF_TABLE)
def test_latin_letters_that_look_alike_do_not_change_the_answer(row):
    plan, phrase = row
    plain = read(phrase, *PLANS[plan])

    again = read(phrase.translate(str.maketrans("асеорхАВСЕНКМОРТХ", "aceopxABCEHKMOPTX")), *PLANS[plan])

    assert (again.kind, again.points) == (plain.kind, plain.points)


@given(_ROWS_OF_TABLE, st.integers(0, 100))
def test_a_word_divided_at_a_line_end_is_put_together(row, place):
    plan, phrase = row
    words = list(re.finditer(r"[а-яё]{6,}", phrase))
    if not words:
        return
    word = words[place % len(words)]
    middle = word.start() + 3
    plain = read(phrase, *PLANS[plan])

    again = read(f"{phrase[:middle]}-\n{phrase[middle:]}", *PLANS[plan])

    assert (again.kind, again.points) == (plain.kind, plain.points)


#: Twice what is promised, and more: a busy machine is no defect of the reader.
PATIENCE = 0.25


@pytest.mark.parametrize(
    "text",
    ["май " * 250_000, "а" * 1_000_000, "1" * 1_000_000, "-\n" * 500_000, "с 1 по " * 150_000, "(" * 1_000_000, "I" * 1_000_000,
     "ﷺ" * 1_000_000, " " * 1_000_000 + "май", "сен-\n" * 200_000, "по плану " * 100_000, "1, " * 300_000, "г . " * 300_000],
)  # fmt: skip
def test_the_longest_text_is_answered_at_once(text):
    start = time.process_time()

    reading = read(text, *PLANS["A"])

    assert time.process_time() - start < PATIENCE
    assert len(text.strip()) <= LIMIT or reading.warnings


def test_the_longest_period_is_answered_at_once():
    start = time.process_time()

    reading = read("еженедельно", Period(date.min, date.max), Basis.ACADEMIC)

    assert time.process_time() - start < PATIENCE
    assert reading.kind is Kind.WEEKLY
