"""Five real documents against a reading by hand: counts, every deadline, parties of telling rows, every known trap.

Sentences are not repeated here: where a test needs one, it takes it from the document itself.
"""

import functools
import re
import time
from datetime import date

import pytest

from roadmaps.importers import text
from roadmaps.importers.sheet import Table
from roadmaps.importers.understanding import understand
from tests.roadmaps.importers.twins import seed

CONTINUOUSLY, WITHIN = "В постоянном режиме", "в течение года"

#: Every deadline of every row in the order of rows, with its kind.
DEADLINES = {
    0: [
        *[(CONTINUOUSLY, "ongoing")] * 6,
        ("Июль-август (ежегодно)", "yearly"),
        ("По графику проведения ВПР (ежегодно)", "by_schedule"),
        ("В соответствии с графиком проведения", "by_schedule"),
        ("Февраль, 2021", "once"),
        ("Апрель, ежегодно", "yearly"),
        ("Июнь, ежегодно", "yearly"),
        ("Май-июнь, ежегодно", "yearly"),
        (CONTINUOUSLY, "ongoing"),
        *[("ежегодно", "yearly")] * 2,
        ("В соответствии с планом работы", "by_schedule"),
        ("2021-2024", "period"),
        ("Май-июнь, ежегодно", "yearly"),
        ("В соответствии с ежемесячным планом работы", "by_schedule"),
        ("2021-2024", "period"),
        *[(CONTINUOUSLY, "ongoing")] * 4,
        *[("В течение года", "yearly")] * 3,
    ],
    1: [
        *[("август", "yearly")] * 2,
        ("июнь - август", "yearly"),
        *[(WITHIN, "yearly")] * 5,
        ("январь, август", "yearly"),
        *[(WITHIN, "yearly")] * 2,
        ("январь- февраль", "yearly"),
        ("сентябрь - октябрь", "yearly"),
        (WITHIN, "yearly"),
        ("сентябрь", "yearly"),
        ("ноябрь - декабрь", "yearly"),
        *[(WITHIN, "yearly")] * 4,
        ("в течение года (по отдельному графику)", "by_schedule"),
        (WITHIN, "yearly"),
        ("август- сентябрь", "yearly"),
        (WITHIN, "yearly"),
        *[("", "unknown")] * 5,
    ],
    2: [
        ("Ежегодно", "yearly"),
        *[("2022-2024", "period")] * 3,
        *[("Ежегодно", "yearly")] * 2,
        *[("2022-2024", "period")] * 8,
        *[("Ежегодно", "yearly")] * 2,
        ("Ежеквартально", "quarterly"),
        ("Ежегодно", "yearly"),
        ("2022-2024", "period"),
    ],
    3: [
        ("2021 год", "once"),
        ("ежегодно", "yearly"),
        ("2021 год", "once"),
        ("2021год", "once"),
        ("ежегодно", "yearly"),
        ("ежегодно, июнь-июль", "yearly"),
        ("ежегодно", "yearly"),
        ("2021-2024гг", "period"),
        ("ежегодно", "yearly"),
        ("2021-2024гг", "period"),
        ("ежегодно", "yearly"),
        ("2021-2024гг", "period"),
        ("ежегодно", "yearly"),
        ("ежегодно, октябрь", "yearly"),
        *[("ежегодно", "yearly")] * 4,
        *[(WITHIN, "yearly")] * 3,
        ("ежегодно", "yearly"),
        ("декабрь, ежегодно", "yearly"),
        ("ежегодно 1 и 2 полугодие", "half_yearly"),
        ("ежегодно", "yearly"),
        ("2021 год", "once"),
        ("ежегодно", "yearly"),
        ("ежегодно, в соответствии с графиком", "by_schedule"),
        *[("ежегодно", "yearly")] * 3,
        ("2021-2022гг", "period"),
        ("ежегодно", "yearly"),
        ("Июль\nАвгуст\nАвгуст\nСентябрь", "yearly"),
        ("Сентябрь-апрель", "yearly"),
        ("Сентябрь- апрель", "yearly"),
        ("Июнь", "yearly"),
        ("Июль", "yearly"),
        ("2021 год", "once"),
        ("до 15 сентября, ежегодно", "yearly"),
        ("сентябрь, ежегодно", "yearly"),
        *[(WITHIN, "yearly")] * 2,
    ],
    4: [("", "unknown")] * 7,
}


@functools.cache
def roadmap(number):
    return understand(text.read(seed(number)))


def items(number):
    return [item for section in roadmap(number).sections for item in section.items]


def codes(problems):
    return [problem.code for problem in problems]


def parties(item):
    return [(party.kind.value, party.label) for party in item.responsible]


def cell_of(number, row, column):
    """One cell of the document as printed, rows counted from 0 with the head."""
    (table,) = (block for block in text.read(seed(number)).blocks if isinstance(block, Table))
    return table.rows[row].cells[column].text


def squeezed(printed):
    return re.sub(r"\W", "", printed)


@pytest.mark.parametrize(
    ("number", "in_sections", "indicators"),
    [
        (0, [6, 7, 12, 3], [0, 0, 0, 0]),
        (1, [22, 5, 2], [0, 0, 0]),
        (2, [6, 3, 3, 7], [0, 0, 0, 0]),
        (3, [7, 3, 8, 15, 6, 4], [1, 2, 4, 6, 3, 1]),
        (4, [5, 2], [6, 4]),
    ],
)
def test_counts(number, in_sections, indicators):
    sections = roadmap(number).sections

    assert [len(section.items) for section in sections] == in_sections
    assert [len(section.indicators) for section in sections] == indicators


@pytest.mark.parametrize("number", DEADLINES)
def test_every_deadline_and_its_kind(number):
    assert [(item.deadline, item.kind) for item in items(number)] == DEADLINES[number]


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (0, [f"{number}." for number in range(1, 29)]),
        (1, [f"{number}." for number in [*range(1, 23), *range(1, 8)]]),
        (2, [f"{number}." for number in range(1, 20)]),
        (3, [""] * 43),
        (4, ["1)", "2)", "3)", "4)", "5)", "1)", "2)"]),
    ],
)
def test_numbers_stay_as_printed(number, printed):
    assert [item.number for item in items(number)] == printed


@pytest.mark.parametrize(
    ("number", "kind", "order", "day", "period"),
    [
        (0, "распоряжение", "1441", date(2021, 11, 24), (date(2021, 1, 1), date(2024, 12, 31))),
        (1, "решение", None, date(2020, 9, 1), (date(2020, 1, 1), date(2023, 12, 31))),
        (2, "приказ", "73", date(2021, 12, 30), (date(2022, 1, 1), date(2024, 12, 31))),
        (3, None, None, None, (date(2021, 1, 1), date(2024, 12, 31))),
        (4, "приказ", "202", date(2023, 12, 29), (date(2024, 1, 1), date(2027, 12, 31))),
    ],
)
def test_document_and_period(number, kind, order, day, period):
    document, span = roadmap(number).document, roadmap(number).period

    assert (document.kind, document.number, document.date) == (kind, order, day)
    assert (span.start, span.end) == period


@pytest.mark.parametrize(
    ("number", "issuer", "post"),
    [
        (0, r"^УПРАВЛЕНИЕ .+ ОКРУГА \w+$", "^Начальник .+"),
        (2, r"^МУНИЦ.+ РАЙОН$", "^Директор МКУ"),
        (4, r"^Адм.+ ОБРАЗОВАНИЯ$", "^Начальник"),
    ],
)
def test_issuer_and_signatory(number, issuer, post):
    document = roadmap(number).document
    printed = text.decoded(seed(number))

    assert re.match(issuer, document.issuer)
    assert re.match(post, document.post)
    assert re.fullmatch(r"[А-Я]\.[А-Я]\. ?[А-Я][а-я]+", document.signatory)
    # The signature stands alone in its line; the performer has a telephone and the controller a clause.
    assert re.search(rf"^\*?{re.escape(document.signatory)}\*?$", printed, re.MULTILINE)


@pytest.mark.parametrize(
    ("number", "years"), [(0, "2021-2024 годы"), (1, "2020-2023 гг."), (2, "2022 – 2024 год"), (4, "2024-2027 гг.")]
)
def test_title_is_the_annex_heading_in_one_line(number, years):
    title = roadmap(number).title

    assert title.endswith(years)
    assert re.match(r"(?:Муниципальная программа|Дорожная карта|ПРОГРАММА)", title)
    assert squeezed(title) in squeezed(text.decoded(seed(number)))


def test_plan_without_a_head_says_what_is_missing():
    assert roadmap(3).title == "План мероприятий"
    assert codes(roadmap(3).problems) == ["not_approved", "period_inferred"]


def test_order_and_annex_that_disagree_keep_the_head():
    understood = roadmap(4)

    assert (understood.annex.number, understood.annex.date) == ("923", date(2023, 12, 29))
    mismatch = next(problem for problem in understood.problems if problem.code == "number_mismatch")
    assert "№ 202" in mismatch.message
    assert "№ 923" in mismatch.message


def test_order_and_annex_that_differ_in_a_word_are_shown_both_words():
    (problem,) = [problem for problem in roadmap(2).problems if problem.code == "title_differs"]

    assert "«учреждений» и «организаций»" in problem.message


def test_programme_around_the_table():
    first, last = roadmap(0), roadmap(4)

    assert [len(part) for part in (first.tasks, first.directions, first.forms)] == [6, 4, 6]
    assert [len(part) for part in (last.tasks, last.legal_bases, last.expected_results)] == [6, 12, 7]
    assert first.goal
    assert last.goal
    assert [(stage.start, stage.end) for stage in last.stages] == [
        (date(2024, 9, 1), date(2024, 12, 31)),
        (date(2025, 1, 1), date(2027, 6, 30)),
        (date(2027, 6, 1), date(2027, 9, 30)),
    ]


def test_stages_that_overlap_or_leave_time_uncovered():
    messages = [problem.message for problem in roadmap(4).problems if problem.code.startswith("stages_")]

    assert [re.findall(r"\d\d\.\d\d\.\d{4}", message) for message in messages] == [
        ["01.06.2027", "30.06.2027"],
        ["01.01.2024", "31.08.2024"],
        ["01.10.2027", "31.12.2027"],
    ]


# -- rows ----------------------------------------------------------------------------------------------------------


def test_rows_broken_over_a_page_are_whole():
    broken = [(0, 10, "ежегодно"), (0, 23, "режиме")]
    for number, index, last_word in broken:
        item = items(number)[index]
        assert item.deadline.endswith(last_word)
        assert "\n" not in item.text
        assert "ЦХЭМО" in item.responsible[0].label
    assert items(2)[12].text.endswith("мобильности.")
    assert items(1)[22].text.endswith("год")
    assert roadmap(4).sections[1].title.endswith("сообществах")


def test_a_number_restart_is_a_section_and_said():
    titles = [section.title for section in roadmap(1).sections]

    assert titles[0] == ""
    assert all(titles[1:])
    assert [codes(section.problems) for section in roadmap(1).sections] == [
        [],
        ["numbering_restarts"],
        ["section_with_data"],
    ]


def test_a_section_row_with_data_gives_defaults():
    section = roadmap(1).sections[2]

    assert (section.defaults.form, section.defaults.participants, section.defaults.deadline) == (
        "консультация",
        "ШМО",
        "",
    )
    assert [party.kind.value for party in section.defaults.responsible] == ["role", "role"]


def test_a_lost_cell_does_not_shift_the_row():
    item = items(1)[28]

    assert (item.form, item.participants, item.deadline) == ("мониторинг", "ШМО", "")
    assert [kind for kind, _ in parties(item)] == ["role", "role"]
    assert codes(item.problems) == ["missing_cell", "empty_deadline"]


def test_empty_deadlines_are_said_on_their_rows():
    assert [index for index, item in enumerate(items(1)) if "empty_deadline" in codes(item.problems)] == [
        24,
        25,
        26,
        27,
        28,
    ]


@pytest.mark.parametrize(("number", "one", "other"), [(0, 8, 21), (1, 10, 26), (2, 15, 17), (3, 2, 25), (4, 0, 5)])
def test_duplicates_are_kept_and_flagged_on_both(number, one, other):
    flagged = [
        index for index, item in enumerate(items(number)) if {"duplicate", "near_duplicate"} & set(codes(item.problems))
    ]

    assert flagged == [one, other]


def test_a_point_before_the_order_is_marked_and_said():
    item = items(0)[9]

    assert [(point.due, point.is_before_document) for point in item.points] == [(date(2021, 2, 28), True)]
    assert "before_document" in codes(item.problems)
    assert [index for index, item in enumerate(items(0)) if "before_document" in codes(item.problems)] == [9]


def test_rhythm_in_a_name_is_offered_not_applied():
    item = items(1)[16]

    assert (item.kind, "rhythm_in_name" in codes(item.problems)) == ("yearly", True)


def test_stray_signs_and_latin_letters_are_said():
    assert codes(items(1)[3].problems) == ["stray_signs", "stray_signs", "latin_letters"]
    assert [index for index, item in enumerate(items(1)) if "latin_letters" in codes(item.problems)] == [
        3,
        6,
        8,
        18,
        19,
        21,
    ]
    assert {items(1)[index].participants for index in (6, 8, 18, 19, 21)} == {"ОО"}


def test_section_named_otherwise_in_the_text():
    assert [codes(section.problems) for section in roadmap(0).sections] == [
        [],
        ["section_differs"],
        ["section_differs"],
        [],
    ]


def test_printed_slips_stay():
    assert roadmap(0).sections[3].title.startswith("4. . ")
    assert items(3)[32].text.startswith("- ")
    assert "leading_dash" in codes(items(3)[32].problems)
    assert items(3)[33].subitems[0].text.endswith("год)")


# -- parts ---------------------------------------------------------------------------------------------------------


def test_four_dates_for_four_parts_are_paired_in_order():
    item = items(3)[33]

    assert [part.deadline for part in item.subitems] == ["Июль", "Август", "Август", "Сентябрь"]
    assert [part.points[0].due.month for part in item.subitems] == [7, 8, 8, 9]
    assert len(item.points) == 3 * 4


@pytest.mark.parametrize(("number", "index", "count"), [(1, 13, 3), (2, 7, 3), (2, 14, 3), (3, 34, 3)])
def test_parts_under_one_deadline(number, index, count):
    item = items(number)[index]

    assert item.text.endswith(":")
    assert [part.deadline for part in item.subitems] == [None] * count


def test_no_other_row_has_parts():
    with_parts = {(n, index) for n in DEADLINES for index, item in enumerate(items(n)) if item.subitems}

    assert with_parts == {(1, 13), (2, 7), (2, 14), (3, 33), (3, 34)}


# -- parties -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "index", "kinds"),
    [
        (0, 0, ["role", "role"]),
        (0, 5, ["role"]),
        (0, 6, ["role", "role", "role"]),
        (0, 7, ["role", "role", "role", "role"]),
        (1, 5, ["role", "role", "role"]),
        (2, 0, ["organisation"]),
        (2, 12, ["organisation", "class"]),
        (2, 13, ["organisation", "class", "class"]),
        (2, 14, ["organisation", "class", "group", "group"]),
        (3, 0, ["person"]),
        (3, 1, ["person", "person"]),
        (3, 3, ["unit"]),
        (3, 4, ["class"]),
        (3, 5, ["role"]),
        (3, 11, ["class", "role"]),
        (3, 13, ["class", "unit"]),
        (3, 26, ["organisation", "unit"]),
        (3, 39, ["organisation"]),
        (3, 40, ["role", "unit"]),
    ],
)
def test_kinds_of_parties(number, index, kinds):
    assert [kind for kind, _ in parties(items(number)[index])] == kinds


def test_a_head_shared_by_two_associations():
    assert parties(items(0)[6])[:2] == [("role", "Руководители ШМО"), ("role", "руководители ГМО")]


def test_a_missing_comma_is_read_and_said():
    item = items(2)[14]

    assert [label for _, label in parties(item)][1] == "ОО"
    assert codes(item.problems).count("comma_missing") == 1


def test_every_label_is_printed_in_the_document():
    for number in DEADLINES:
        printed = squeezed(text.decoded(seed(number))).casefold()
        labels = {label for item in items(number) for _, label in parties(item)} - {"руководители ГМО"}
        assert [label for label in labels if squeezed(label).casefold() not in printed] == []


def test_how_many_parties_there_are():
    def different(number):
        return {label.casefold() for item in items(number) for _, label in parties(item)}

    assert [len(different(number)) for number in (1, 2, 3)] == [4, 5, 11]


# -- texts ---------------------------------------------------------------------------------------------------------


def test_texts_are_the_cells_word_for_word():
    """Of 43 rows each text with its parts is the document's own cell, line breaks and list signs aside."""
    for index, item in enumerate(items(3)):
        whole = item.text + "".join(part.text for part in item.subitems)
        assert squeezed(whole) == squeezed(cell_of(3, index + 1, 1))


def test_no_word_stays_broken():
    for number in DEADLINES:
        for item in items(number):
            assert not re.search(r"[а-яё]- (?!и\b)[а-яё]", item.text + item.form)


@pytest.mark.parametrize(
    "word", ["научно-практических", "учебно-практических", "плана-графика", "методических", "прохождения"]
)
def test_real_hyphens_stay_and_broken_words_are_joined(word):
    assert any(word in item.text for item in items(1))


# -- indicators ----------------------------------------------------------------------------------------------------


def test_indicators_of_tasks():
    read = [
        [(indicator.target, indicator.unit, indicator.comparison.value) for indicator in section.indicators]
        for section in roadmap(3).sections
    ]

    assert read == [
        [(100, "%", "at_least")],
        [(60, "%", "at_least"), (100, "%", "at_least")],
        [(70, "%", "at_least"), (25, "%", "at_least"), (15, "%", "reach"), (85, "%", "at_least")],
        [
            (50, "%", "at_least"),
            (58, "%", "at_least"),
            (5, "%", "at_least"),
            (None, None, "growth"),
            (20, "%", "at_least"),
            (60, "%", "at_least"),
        ],
        [(90, "%", "at_least"), (None, None, "presence"), (None, None, "presence")],
        [(18, "%", "reach")],
    ]


def test_indicators_run_together_are_split_before_each_share():
    targets = [[indicator.target for indicator in section.indicators] for section in roadmap(4).sections]

    assert targets == [[100, 50, 100, 100, 80, 20], [100, 70, 50, 20]]


def test_a_target_that_reads_both_ways_is_flagged():
    flagged = [
        indicator.target
        for section in roadmap(3).sections
        for indicator in section.indicators
        if codes(indicator.problems) == ["ambiguous_target"]
    ]

    assert flagged == [15, 18]


def test_the_longest_document_is_understood_quickly():
    content = seed(3)

    began = time.process_time()
    understand(text.read(content))

    assert time.process_time() - began < 2
