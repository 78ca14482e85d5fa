"""Plans of shapes that no document at hand has: other heads, other sections, several tables, and any grid at all."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmaps.importers import text
from roadmaps.importers.plan import NotARoadmap
from roadmaps.importers.sheet import Cell, Paragraph, Row, Sheet, Table
from roadmaps.importers.understanding import understand

TITLE = "План работы на 2026 год\n\n"


def understood(printed):
    return understand(text.sheet(printed))


def table(*rows):
    return Table(
        tuple(
            Row(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row), line)
            for line, row in enumerate(rows, 1)
        )
    )


def outline(roadmap):
    return [(section.title, [(item.number, item.text) for item in section.items]) for section in roadmap.sections]


def codes(problems):
    return [problem.code for problem in problems]


def only_item(roadmap):
    ((item,),) = (section.items for section in roadmap.sections)
    return item


# -- columns -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("work", "when", "who"),
    [
        ("Мероприятия", "Сроки", "Ответственные"),
        ("Наименование мероприятия", "Срок исполнения", "Исполнители"),
        ("Содержание деятельности", "Дата проведения", "Ответственный исполнитель"),
        ("Перечень работ", "Период реализации", "Кто отвечает"),
        ("СОДЕРЖАНИЕ РАБОТЫ", "СРОК", "ОТВЕТСТВЕННЫЙ"),
        ("Меропри-\nятие", "Сро-\nки", "Ответст-\nвенный"),
        ("Направление деятельности", "Когда", "Исполнитель"),
        ("Тема", "Месяц", "Ответственные лица"),
        ("Что сделать", "До какого числа", "Кто"),
        ("Mероприятие", "Cрок", "Oтветственный"),
    ],
)
def test_heads_in_any_wording(work, when, who):
    roadmap = understand(
        Sheet((Paragraph("План на 2026 год"), table(["№ п/п", work, when, who], ["1.", "Семинар", "май", "Методист"])))
    )

    item = only_item(roadmap)
    assert (item.number, item.text, item.deadline, item.kind) == ("1.", "Семинар", "май", "yearly")
    assert [party.label for party in item.responsible] == ["Методист"]


def test_all_columns_at_once():
    item = only_item(
        understood(
            TITLE + "№\tТема\tФорма проведения\tКонтингент\tДата\tОтветственный\tОжидаемый результат\tПримечание\n"
            "1\tЧтение\tсеминар\tучителя\tмай\tМетодист\tСправка\tв школе № 2\n"
        )
    )

    assert (item.form, item.forms, item.participants, item.result, item.note) == (
        "семинар",
        ("семинар",),
        "учителя",
        "Справка",
        "в школе № 2",
    )


def test_a_head_of_two_levels_with_merged_cells():
    roadmap = understand(
        Sheet(
            (
                Paragraph("План на 2026 год"),
                table(
                    ["№", Cell("Мероприятие", spans=2), Cell("Срок", spans=2), "Ответственный"],
                    [Cell("", continues=True), "Название", "Форма", "начало", "окончание", Cell("", continues=True)],
                    ["1", "Чтения", "семинар", "март 2026", "май 2026", "Методист"],
                ),
            )
        )
    )

    item = only_item(roadmap)
    assert (item.text, item.form, item.deadline) == ("Чтения", "семинар", "март 2026 – май 2026")
    assert [(point.start, point.due) for point in item.points] == [(date(2026, 3, 1), date(2026, 5, 31))]


def test_a_head_repeated_on_each_page_and_a_row_of_column_numbers():
    head = "№\tМероприятие\tСрок\tОтветственный\n"
    roadmap = understood(
        TITLE
        + head
        + "1\t2\t3\t4\n1.\tСеминар по итогам\tмай\tМетодист\n\n3\n\n"
        + head
        + "\tчетверти\t\t\n2.\tКонкурс\tиюнь\tМетодист\n"
    )

    assert outline(roadmap) == [("", [("1.", "Семинар по итогам четверти"), ("2.", "Конкурс")])]


def test_a_table_without_a_head_is_read_by_its_cells_and_said():
    roadmap = understood(
        TITLE
        + "1.\tСеминар молодых педагогов\tмарт\tМетодист\n2.\tКонкурс уроков\tапрель-май\tДиректор\n3.\tИтоги года\tиюнь\tМетодист\n"
    )

    assert outline(roadmap) == [
        ("", [("1.", "Семинар молодых педагогов"), ("2.", "Конкурс уроков"), ("3.", "Итоги года")])
    ]
    assert "head_missing" in codes(roadmap.problems)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "Только текст без таблицы.",
        "Имя\tВозраст\nВася\t5\nПетя\t7\n",
        "Содержание\tСтраница\nВведение\t3\nГлава первая\t10\n",
        "№\tМероприятие\tСрок\tОтветственный\n",
    ],
)
def test_what_is_no_plan_is_refused_in_words(printed):
    with pytest.raises(NotARoadmap, match="не найдена таблица дорожной карты"):
        understood(printed)


# -- sections ------------------------------------------------------------------------------------------------------

TWO_SECTIONS = [("Раздел первый", [("1.1", "Семинар")]), ("Раздел второй", [("2.1", "Конкурс")])]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<b>Раздел первый</b>\t\t\t\n", "**Раздел второй**\t\t\t\n"),
        ("Раздел первый\t\t\t\n", "Раздел второй\t\t\t\n"),
        ("\tРаздел первый\t\t\n", "\tРаздел второй\t\t\n"),
    ],
)
def test_sections_as_rows_of_one_text(first, second):
    roadmap = understood(
        TITLE
        + f"№\tМероприятие\tСрок\tОтветственный\n{first}1.1\tСеминар\tмай\tМетодист\n{second}2.1\tКонкурс\tмай\tМетодист\n"
    )

    assert outline(roadmap) == TWO_SECTIONS


def test_sections_as_merged_rows():
    rows = [
        ["№", "Мероприятие", "Срок", "Ответственный"],
        [Cell("Раздел первый", spans=4)],
        ["1.1", "Семинар", "май", "Методист"],
        [Cell("Раздел второй", spans=4)],
        ["2.1", "Конкурс", "май", "Методист"],
    ]

    assert outline(understand(Sheet((Paragraph("План на 2026 год"), table(*rows))))) == TWO_SECTIONS


@pytest.mark.parametrize(("first", "second"), [("1.", "2."), ("I.", "II."), ("1", "2")])
def test_sections_with_a_number_over_their_items(first, second):
    roadmap = understood(
        TITLE + "№\tМероприятие\tСрок\tОтветственный\n"
        f"{first}\tРаздел первый\t\t\n1.1\tСеминар\tмай\tМетодист\n{second}\tРаздел второй\t\t\n2.1\tКонкурс\tмай\tМетодист\n"
    )

    assert outline(roadmap) == [
        (f"{first} Раздел первый", [("1.1", "Семинар")]),
        (f"{second} Раздел второй", [("2.1", "Конкурс")]),
    ]


def test_a_numbered_row_without_a_deadline_is_an_item_not_a_section():
    roadmap = understood(TITLE + "№\tМероприятие\tСрок\tОтветственный\n1.\tСеминар\t\t\n2.\tКонкурс\tмай\tМетодист\n")

    assert outline(roadmap) == [("", [("1.", "Семинар"), ("2.", "Конкурс")])]
    assert codes(roadmap.sections[0].items[0].problems) == ["empty_deadline", "no_responsible"]


def test_two_tables_take_their_titles_from_the_text_between():
    head = "Мероприятие\tСрок\tОтветственный\n"
    roadmap = understood(
        TITLE
        + "1. Работа с кадрами\n\n"
        + head
        + "Семинар\tмай\tМетодист\n\n2. Работа с одарёнными\n\n"
        + head
        + "Конкурс\tиюнь\tМетодист\n"
    )

    assert outline(roadmap) == [
        ("1. Работа с кадрами", [("", "Семинар")]),
        ("2. Работа с одарёнными", [("", "Конкурс")]),
    ]


def test_tasks_merged_down_their_rows_hold_their_indicators():
    above = Cell("", continues=True)
    roadmap = understand(
        Sheet(
            (
                Paragraph("План на 2026 год"),
                table(
                    ["Задача", "Мероприятие", "Срок", "Показатель"],
                    [
                        "Поддержать молодых",
                        "Семинар",
                        "май",
                        "- не менее 40% педагогов обучены;\n- увеличение числа пар",
                    ],
                    [above, "Конкурс", "июнь", above],
                    ["Развить связи", "Форум", "июль", "до 20 % школ"],
                ),
            )
        )
    )

    assert outline(roadmap) == [
        ("Поддержать молодых", [("", "Семинар"), ("", "Конкурс")]),
        ("Развить связи", [("", "Форум")]),
    ]
    assert [[(i.text, i.target, i.comparison.value) for i in section.indicators] for section in roadmap.sections] == [
        [("не менее 40% педагогов обучены", 40, "at_least"), ("увеличение числа пар", None, "growth")],
        [("до 20 % школ", 20, "reach")],
    ]


def test_a_deadline_merged_over_two_rows_holds_for_both():
    roadmap = understand(
        Sheet(
            (
                Paragraph("План на 2026 год"),
                table(
                    ["№", "Мероприятие", "Срок", "Ответственный"],
                    ["1", "Семинар", "май", "Методист"],
                    ["2", "Конкурс", Cell("", continues=True), "Директор"],
                ),
            )
        )
    )

    assert [item.deadline for item in roadmap.sections[0].items] == ["май", "май"]


def test_a_signature_under_the_plan_is_no_row_of_it():
    roadmap = understood(
        TITLE + "№\tМероприятие\tСрок\tОтветственный\n1.\tСеминар\tмай\tМетодист\nДиректор центра\t\t\tВ.В. Лесной\n"
    )

    assert outline(roadmap) == [("", [("1.", "Семинар")])]
    assert (roadmap.document.signatory, roadmap.document.post) == ("В.В. Лесной", "Директор центра")


# -- items ---------------------------------------------------------------------------------------------------------


def test_dates_and_parts_that_do_not_match_are_not_paired():
    item = only_item(
        understand(
            Sheet(
                (
                    Paragraph("План на 2026 год"),
                    table(["Мероприятие", "Срок"], ["Приказы: о совете; о плане; о сроках", "Май\nИюнь"]),
                )
            )
        )
    )

    assert [(part.text, part.deadline) for part in item.subitems] == [
        ("о совете", None),
        ("о плане", None),
        ("о сроках", None),
    ]
    assert "subitems_mismatch" in codes(item.problems)


@pytest.mark.parametrize("deadline", ["—", "Петрова", "31 сентября"])
def test_a_deadline_that_is_none_asks(deadline):
    item = only_item(
        understand(
            Sheet(
                (
                    Paragraph("План на 2026 год"),
                    table(["Мероприятие", "Срок", "Кто"], ["Семинар", deadline, "Методист"]),
                )
            )
        )
    )

    assert (item.deadline, item.kind, item.points) == (deadline, "unknown", ())
    assert codes(item.problems)[0] in {"empty_deadline", "deadline_not_understood"}


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["1", "2", "4"], [[], [], ["number_gap"]]),
        (["1", "2", "2"], [[], [], ["number_repeated"]]),
        (["1.1", "1.2", "2.1"], [[], [], []]),
        (["1", "", "2"], [[], ["no_number"], []]),
    ],
)
def test_numbers_out_of_order_are_said(numbers, expected):
    rows = "".join(
        f"{number}\tМероприятие {word}\tмай\tМетодист\n"
        for number, word in zip(numbers, ("один", "два", "три"), strict=True)
    )
    roadmap = understood(TITLE + "№\tМероприятие\tСрок\tОтветственный\n" + rows)

    assert [codes(item.problems) for section in roadmap.sections for item in section.items] == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Провести семинар", "провести  семинар.", ["duplicate"]),
        (
            "Провести большой городской семинар молодых учителей города",
            "Провести большой городской семинар молодых учителей",
            ["near_duplicate"],
        ),
        (
            "Провести большой городской семинар молодых учителей 5",
            "Провести большой городской семинар молодых учителей 6",
            [],
        ),
        ("Провести семинар", "Провести конкурс", []),
    ],
)
def test_doubles_are_said_on_both_rows(one, other, expected):
    roadmap = understood(
        TITLE + f"№\tМероприятие\tСрок\tОтветственный\n1\t{one}\tмай\tМетодист\n2\t{other}\tмай\tМетодист\n"
    )

    assert [codes(item.problems) for item in roadmap.sections[0].items] == [expected, expected]


# -- the document around -------------------------------------------------------------------------------------------

ORDER = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ
ОКРУГА ОЗЁРНЫЙ

П Р И К А З

от «12» сентября 2025 г.\t№ 45-од

О плане работы методических объединений
на 2025-2026 учебный год

На основании решения совета приказываю:
1. Утвердить план (приложение).
2. Контроль за исполнением возложить на методиста Ольхину А.А.

Начальник управления\tБ.Б. Клёнов

Исп. Осинов В.В.
тел. 2-12-85

Приложение
к приказу от 10.09.2025 № 44-од

План работы методических объединений
на 2025-2026 учебный год

Мероприятие\tСрок\tОтветственный
Семинар\tоктябрь\tМетодист
"""


def test_an_order_in_other_words():
    roadmap = understood(ORDER)
    document = roadmap.document

    assert (document.kind, document.number, document.date) == ("приказ", "45-од", date(2025, 9, 12))
    assert (document.issuer, document.signatory, document.post) == (
        "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ ОКРУГА ОЗЁРНЫЙ",
        "Б.Б. Клёнов",
        "Начальник управления",
    )
    assert (roadmap.title, roadmap.controller, roadmap.basis) == (
        "План работы методических объединений на 2025-2026 учебный год",
        "Ольхину А.А.",
        "academic",
    )
    assert (roadmap.period.start, roadmap.period.end) == (date(2025, 9, 1), date(2026, 8, 31))
    assert codes(roadmap.problems) == ["number_mismatch", "date_mismatch"]


def test_a_stamp_of_approval_without_an_order():
    roadmap = understood(
        "УТВЕРЖДАЮ\nДиректор школы\nА.А. Рябинин\n«5» мая 2026 г.\n\nПлан на 2026 год\n\nМероприятие\tСрок\nСеминар\tмай\n"
    )

    assert (roadmap.document.signatory, roadmap.document.post, roadmap.document.date) == (
        "А.А. Рябинин",
        "Директор школы",
        date(2026, 5, 5),
    )


def test_no_period_at_all_gives_no_dates_but_keeps_kinds():
    roadmap = understood("План\n\nМероприятие\tСрок\nСеминар\tмай\n")

    item = only_item(roadmap)
    assert (item.kind, item.points, roadmap.period.start) == ("yearly", (), None)
    assert "period_missing" in codes(roadmap.problems)


def test_json_has_the_agreed_keys_and_plain_values():
    answer = understood(ORDER).as_json()

    assert {"title", "document", "period", "sections", "problems"} <= answer.keys()
    assert {"kind", "number", "date", "issuer", "signatory"} <= answer["document"].keys()
    assert answer["period"] == {"start": "2025-09-01", "end": "2026-08-31"}
    ((item,),) = (section["items"] for section in answer["sections"])
    assert item["responsible"] == [{"kind": "role", "label": "Методист"}]
    assert item["points"] == [{"start": "2025-10-01", "due": "2025-10-31", "is_before_document": False}]


# -- anything ------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *("", "№", "1.", "1.1", "2)", "Мероприятие", "Срок", "Ответственный", "Задача", "Показатель", "Форма", "май"),
        *("ежегодно", "2026", "Методист", "Иванова И.И.", "100% школ", "<b>Раздел</b>", "- начало:", "конец;", "ОО"),
        *("OO", "·", "Директор", "про-\nведение", "(", "»"),
    ]
)
CELLS = st.builds(Cell, WORDS | st.text(max_size=12).map(str.strip), st.integers(1, 3), st.booleans())
ROWS = st.builds(Row, st.lists(CELLS, max_size=6).map(tuple), st.integers(1, 99))
HEAD = Row((Cell("№"), Cell("Мероприятие"), Cell("Срок"), Cell("Ответственные"), Cell("Показатель")), 1)
TABLES = st.builds(lambda head, rows: Table((*head, *rows)), st.sampled_from([(), (HEAD,)]), st.lists(ROWS, max_size=8))
BLOCKS = st.lists(TABLES | st.builds(Paragraph, WORDS | st.text(max_size=30)), max_size=4)


@settings(max_examples=300)
@given(BLOCKS.map(tuple).map(Sheet))
def test_any_grid_is_understood_or_refused(sheet):
    try:
        answer = understand(sheet).as_json()
    except NotARoadmap as refusal:
        assert str(refusal).endswith(".")
        return
    assert any(section["items"] for section in answer["sections"])
    assert all(problem["message"] for problem in answer["problems"])


@pytest.mark.parametrize(
    "hostile", ["О" * 20000, "а-\n" * 5000, ": " * 5000 + ";;", "А.А. " * 3000, "до 5% " * 1500, "(" * 9000, "«" * 9000]
)
@pytest.mark.parametrize("column", range(5))
def test_a_monstrous_cell_does_not_hold_up_the_reader(hostile, column):
    row = ["1", "Семинар", "май", "Методист", ""]
    row[column] = hostile
    head = ["№", "Мероприятие", "Срок", "Ответственный", "Показатель"]
    sheet = Sheet((Paragraph("План на 2026 год"), table(head, row, ["2", "Конкурс", "июнь", "Методист", ""])))

    began = time.process_time()
    understand(sheet)

    assert time.process_time() - began < 2


def test_thousands_of_rows_take_seconds():
    rows = "".join(
        f"{n}.\tПровести большой семинар учителей города по теме {n}\tмай\tМетодист\n" for n in range(1, 5001)
    )

    began = time.process_time()
    roadmap = understood(TITLE + "№\tМероприятие\tСрок\tОтветственный\n" + rows)

    assert len(roadmap.sections[0].items) == 5000
    assert time.process_time() - began < 3
