"""The small readers behind the understanding: broken words, parties, indicators, parts, forms, dates, periods."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmaps.importers import text
from roadmaps.importers.columns import Role, role_of
from roadmaps.importers.dates import find_date
from roadmaps.importers.forms import read_forms
from roadmaps.importers.indicators import read_indicator, split
from roadmaps.importers.parties import read_parties
from roadmaps.importers.people import is_person, names_in
from roadmaps.importers.programme import read_programme, span_of
from roadmaps.importers.subitems import split_subitems
from roadmaps.importers.understanding import understand
from roadmaps.importers.understood import Span
from roadmaps.importers.wording import cyrillic, ends_open, joined, joined_phrase, plain

# -- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("методи- ческого", "методического"),
        ("про-\nхождения", "прохождения"),
        ("аттесту- ющихся", "аттестующихся"),
        ("пе-\nдагогов", "педагогов"),
        ("со-\nобществах", "сообществах"),
        ("МЕТОДИ-\nЧЕСКИЙ", "МЕТОДИЧЕСКИЙ"),
        ("ра-\nбо-\nты", "работы"),
        ("мето\u00adдист", "методист"),
        ("научно- практических", "научно-практических"),
        ("научно- прак-\nтических", "научно-практических"),
        ("учебно-\nпрактических", "учебно-практических"),
        ("Информационно- методическая", "Информационно-методическая"),
        ("план-\nграфик", "план-график"),
        ("учителей-\nпредметников", "учителей-предметников"),
        ("IT- технологии", "IT-технологии"),
        ("Ростов-\nДон", "Ростов-Дон"),
        ("учебно- и научно-методических", "учебно- и научно-методических"),
        ("школы - сады", "школы - сады"),
        ("плана-графика", "плана-графика"),
        ("две   строки\n подряд", "две строки подряд"),
    ],
)
def test_broken_words_are_whole_and_real_hyphens_stay(printed, whole):
    assert joined(plain(printed)) == whole


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("июнь -\nавгуст", "июнь - август"),
        ("август- сентябрь", "август- сентябрь"),
        ("Май-\nиюнь", "Май-июнь"),
        ("сен-\nтябрь", "сентябрь"),
        ("Апрель,\nежегодно", "Апрель, ежегодно"),
    ],
)
def test_a_deadline_keeps_its_range(printed, whole):
    assert joined_phrase(printed) == whole


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("OO", "ОО"),
        ("PMO", "РМО"),
        ("Mероприятие", "Мероприятие"),
        ("MAX", "MAX"),
        ("IT", "IT"),
        ("Word", "Word"),
        ("No", "No"),
    ],
)
def test_only_posing_latin_letters_become_cyrillic(printed, read):
    assert cyrillic(printed) == read


@pytest.mark.parametrize(
    ("printed", "is_open"),
    [
        ("направленной на", True),
        ("методи-", True),
        ("школы,", True),
        ("(в том числе", True),
        ("«Учитель", True),
        ("Провести семинар", False),
        ("", False),
    ],
)
def test_where_a_text_breaks_off(printed, is_open):
    assert ends_open(printed) is is_open


def test_marks_of_type_are_taken_off():
    assert plain("<b>1. Раздел</b>\n\n**жирно** *И.И. Лесной*<br>строка") == "1. Раздел\nжирно *И.И. Лесной*\nстрока"
    assert plain("*И.И. Лесной*") == "И.И. Лесной"


@given(st.text(max_size=80))
def test_joining_twice_changes_nothing(printed):
    assert joined(joined(printed)) == joined(printed)


# -- parties ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "parties"),
    [
        (
            "Методисты отдела ИМ и ПР, руководители ОО",
            [("role", "Методисты отдела ИМ и ПР"), ("role", "руководители ОО")],
        ),
        ("Руководители ШМО, ГМО", [("role", "Руководители ШМО"), ("role", "руководители ГМО")]),
        (
            "Руководители ШМО, ГМО, РМО",
            [("role", "Руководители ШМО"), ("role", "руководители ГМО"), ("role", "руководители РМО")],
        ),
        ("руководители ШМО, ОО", [("role", "руководители ШМО"), ("class", "ОО")]),
        (
            "специалисты отдела аттестации и лицензирования",
            [("role", "специалисты отдела аттестации и лицензирования")],
        ),
        ("МКУ «Центр» ОО", [("organisation", "МКУ «Центр»"), ("class", "ОО")]),
        ("МКУ «Центр» методисты", [("organisation", "МКУ «Центр»"), ("role", "методисты")]),
        ("МБОУ «СОШ № 5 «Радуга»»", [("organisation", "МБОУ «СОШ № 5 «Радуга»»")]),
        ("ШМО ОО", [("class", "ШМО"), ("class", "ОО")]),
        ("OO, PMO", [("class", "ОО"), ("class", "РМО")]),
        ("Ольхина А.А. ,\nКлёнов Б.Б.", [("person", "Ольхина А.А."), ("person", "Клёнов Б.Б.")]),
        ("Ольхина А.А.\nКлёнов Б.Б.", [("person", "Ольхина А.А."), ("person", "Клёнов Б.Б.")]),
        ("Ольхина А.А. Клёнов Б.Б.", [("person", "Ольхина А.А."), ("person", "Клёнов Б.Б.")]),
        ("А.А. Ольхина", [("person", "А.А. Ольхина")]),
        ("методист Ольхина А.А.", [("person", "методист Ольхина А.А.")]),
        ("оИМиПР\nМКУ ЦРО", [("unit", "оИМиПР МКУ ЦРО")]),
        ("Специалисты  отдела ИМиПР\n\nМКУ ЦРО", [("role", "Специалисты отдела ИМиПР МКУ ЦРО")]),
        (
            "Заместители директоров\nКлассные руководители",
            [("role", "Заместители директоров"), ("role", "Классные руководители")],
        ),
        (
            "Директор методи- ческого кабинета, методисты",
            [("role", "Директор методического кабинета"), ("role", "методисты")],
        ),
        ("администрация школ; педагоги-психологи", [("role", "администрация школ"), ("role", "педагоги-психологи")]),
        ("Творческая группа, экспертный совет", [("group", "Творческая группа"), ("group", "экспертный совет")]),
        ("члены экспертного совета", [("role", "члены экспертного совета")]),
        ("отдел образования, УО", [("unit", "отдел образования"), ("organisation", "УО")]),
        ("все школы", [("class", "все школы")]),
        ("волонтёры", [("role", "волонтёры")]),
        ("директор (заместитель, методист)", [("role", "директор (заместитель, методист)")]),
        ("", []),
        ("-,", []),
    ],
)
def test_parties(printed, parties):
    assert [(party.kind.value, party.label) for party in read_parties(printed).parties] == parties


@given(st.text(max_size=60))
def test_any_text_names_parties_or_none(printed):
    assert all(party.label.strip() for party in read_parties(printed).parties)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("Ольхина А.А.", True), ("А. А. Ольхина", True), ("Мамина-Сибирская А.", True), ("МКУ ЦРО", False)],
)
def test_a_person_is_a_surname_with_initials(printed, expected):
    assert is_person(printed) is expected


def test_names_stand_inside_sentences():
    assert names_in("возложить на А.А. Ольхину и Клёнова Б.Б.") == ["А.А. Ольхину", "Клёнова Б.Б."]


# -- indicators ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "target", "unit", "comparison"),
    [
        ("100% школ охвачены", 100, "%", "at_least"),
        ("не менее 92,5 % педагогов", 92.5, "%", "at_least"),
        ("доля школ – 85 процентов", 85, "%", "at_least"),
        ("не более 5% отказов", 5, "%", "at_most"),
        ("до 15% молодых педагогов вошли", 15, "%", "reach"),
        ("увеличение числа школ до 18%", 18, "%", "reach"),
        ("увеличение количества победителей", None, None, "growth"),
        ("рост числа наставников", None, None, "growth"),
        ("наличие рекомендаций", None, None, "presence"),
        ("доступность опыта", None, None, "presence"),
        ("не менее 10 чел. обучены", 10, "чел.", "at_least"),
        ("не менее 3 семинаров в год", 3, "семинаров", "at_least"),
        ("не более 2 жалоб", 2, "жалоб", "at_most"),
    ],
)
def test_indicator(printed, target, unit, comparison):
    indicator = read_indicator(printed)

    assert (indicator.target, indicator.unit, indicator.comparison.value) == (target, unit, comparison)
    assert bool(indicator.problems) is (comparison == "reach")


@pytest.mark.parametrize(
    ("printed", "until"),
    [
        ("к 2024 году 85% школ", date(2024, 12, 31)),
        ("вовлечение до 2024 года не менее 70%", date(2024, 12, 31)),
        ("85% школ", None),
    ],
)
def test_an_indicator_until_a_year(printed, until):
    assert read_indicator(printed).until == until


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("100% школ участвуют 50% педагогов обучены", ["100% школ участвуют", "50% педагогов обучены"]),
        ("- не менее 60% педагогов;\n\n- 100% школ", ["не менее 60% педагогов", "100% школ"]),
        ("не менее 60% педагогов (школы; сады); 100% школ", ["не менее 60% педагогов (школы; сады)", "100% школ"]),
        ("100% школ, из них 50% сельских", ["100% школ, из них 50% сельских"]),
        ("увеличение с 10% до 15%", ["увеличение с 10% до 15%"]),
        ("1. Доля школ – 60 %\n2. Доля садов –\n70 %", ["Доля школ – 60 %", "Доля садов – 70 %"]),
        ("", []),
    ],
)
def test_indicators_of_one_cell(cell, parts):
    assert split(cell) == parts


# -- parts, forms, heads ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "text", "parts"),
    [
        ("Издать приказы: о совете; о плане", "Издать приказы:", ["о совете", "о плане"]),
        ("Издать приказы (до мая):\nо совете);\nо плане", "Издать приказы (до мая):", ["о совете)", "о плане"]),
        (
            "Помощь школам:\n- семинар;\n- консуль-\nтация;\nотчёт",
            "Помощь школам:",
            ["семинар", "консультация", "отчёт"],
        ),
        ("Провести\n1) семинар\n2) конкурс", "Провести", ["семинар", "конкурс"]),
        ("Проект «Тур»: сопровождение школ, площадок", "Проект «Тур»: сопровождение школ, площадок", []),
        ("Анализ (виды: первый; второй)", "Анализ (виды: первый; второй)", []),
        ("- Ведение базы", "- Ведение базы", []),
    ],
)
def test_parts_of_an_item(printed, text, parts):
    assert split_subitems(printed) == (text, parts)


@pytest.mark.parametrize(
    ("printed", "forms"),
    [
        ("семинары совещания круглый стол", ("семинар", "совещание", "круглый стол")),
        ("метод. совет", ("методический совет",)),
        ("Совещания Педсовет", ("совещание", "педагогический совет")),
        ("консультации, семинары", ("консультация", "семинар")),
        ("", ()),
    ],
)
def test_forms_without_commas(printed, forms):
    assert read_forms(printed) == forms


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("№ п/п", Role.NUMBER),
        ("No", Role.NUMBER),
        ("Форма проведения мероприятия", Role.FORM),
        ("Контингент участников (ШМО, ОО)", Role.PARTICIPANTS),
        ("Дата проведе-\nРИН", Role.DEADLINE),
        ("Отметка о выполнении", Role.NOTE),
        ("Целевой показатель", Role.INDICATOR),
        ("Ожидаемые результаты", Role.RESULT),
        ("Фамилия", None),
    ],
)
def test_what_a_head_names(label, role):
    assert role_of(label) is role


# -- dates and periods -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("24.11.2021", date(2021, 11, 24)),
        ("от 29.12.23", date(2023, 12, 29)),
        ("от « 29 » 12 2023 г. № 923", date(2023, 12, 29)),
        ("«1» сентября 2020 года", date(2020, 9, 1)),
        ("12 мая 2026 г.", date(2026, 5, 12)),
        ("31.02.2026", None),
        ("№ 12-34", None),
    ],
)
def test_dates_as_orders_write_them(printed, day):
    assert find_date(printed) == day


@pytest.mark.parametrize(
    ("printed", "span"),
    [
        ("на 2021-2024 годы", Span(date(2021, 1, 1), date(2024, 12, 31))),
        ("на 2022 – 2024 год", Span(date(2022, 1, 1), date(2024, 12, 31))),
        ("на 2026 год", Span(date(2026, 1, 1), date(2026, 12, 31))),
        ("на 2025-2026 учебный год", Span(date(2025, 9, 1), date(2026, 8, 31))),
        ("2025/26 уч. год", Span(date(2025, 9, 1), date(2026, 8, 31))),
        ("сентябрь 2024 г. - июнь 2025 г.", Span(date(2024, 9, 1), date(2025, 6, 30))),
        ("сентябрь – декабрь 2024 г.", Span(date(2024, 9, 1), date(2024, 12, 31))),
        ("без срока", None),
    ],
)
def test_periods(printed, span):
    assert span_of(printed) == span


def test_programme_lists_with_and_without_marks():
    programme = read_programme(
        [
            "Цель программы: помочь школам",
            "Задачи программы:",
            "первая задача;",
            "вторая задача.",
            "Ожидаемые результаты:",
            "- первый результат",
            "- второй результат",
            "Конец",
        ]
    )

    assert programme.goal == "помочь школам"
    assert programme.tasks == ("первая задача", "вторая задача.")
    assert programme.expected_results == ("первый результат", "второй результат")


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("сен-\nтя-\nбрь", "сентябрь"),
        ("науч-\nно-\nпрак-\nтических", "научно-практических"),
        ("циклог-\nрам-\nма", "циклограмма"),
        ("пси-\nхолого-педаго-\nгической", "психолого-педагогической"),
        ("педагоги- и психологи", "педагоги- и психологи"),
    ],
)
def test_a_word_broken_more_than_once_is_made_whole(broken, whole):
    assert joined(broken) == whole


def test_a_column_nobody_understands_is_named_and_not_lost_in_silence():
    plan = understand(
        text.sheet(
            "№\tМероприятие\tСрок\tОтветственные\t2025\t2026\n"
            "1.\tПровести семинар для методистов\tмай\tМетодисты центра\t+\t\n"
            "2.\tСобрать планы работы школ\tоктябрь\tМетодисты центра\t\t\n"
        )
    )

    told = [problem.message for problem in plan.problems if problem.code == "unread_column"]
    assert told == ["Графа «2025» не прочитана: перенесите нужное из неё в другие графы."]
