"""What is read from a file: heads in any shape, values as people write them, and refusals that say what to do."""

from datetime import date, datetime

import pytest

from directory.models import Organisation, Position, StaffMember
from directory.sheets.cells import read_answer, read_day, read_inn, read_number, read_year
from directory.sheets.organisations import KINDS
from directory.sheets.reading import read_confined
from directory.sheets.staff import CALLINGS, CATEGORIES, ENGAGEMENTS
from kit.confined import Unreadable
from tests.directory.spreadsheets import HEADS, LIPOVA, SOSNIN, csv_of, ods_of, xlsx_of

READ = [
    [2, "17", "Липова", "Дарья", "Олеговна", "учитель", "2020-09-01", "1985", "математика"],
    [3, "18", "Соснин", "Пётр", "Ильич", "учитель", "2021-09-01", "1990", ""],
]


@pytest.fixture
def read(tmp_path):
    def read(data, kind="staff", **options):
        path = tmp_path / "file"
        path.write_bytes(data)
        return read_confined(path, kind, **options)

    return read


def told(rows):
    """The rows read, each with its line."""
    return [[line, *texts.values()] for line, texts in rows.by_line()]


def refused(read, data, **options):
    with pytest.raises(Unreadable) as refusal:
        read(data, **options)
    return str(refusal.value)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_csv_of_any_encoding_and_delimiter_is_read(read, delimiter, encoding):
    assert told(read(csv_of(HEADS, LIPOVA, SOSNIN, delimiter=delimiter, encoding=encoding))) == READ


def test_excel_and_open_document_are_read_alike(read):
    texts = [
        HEADS,
        *([f"{cell:%d.%m.%Y}" if isinstance(cell, date) else str(cell) for cell in row] for row in (LIPOVA, SOSNIN)),
    ]

    assert told(read(xlsx_of(HEADS, LIPOVA, SOSNIN))) == READ
    assert told(read(ods_of(*texts))) == READ


def test_heads_may_stand_in_any_order_case_and_spacing_under_a_title(read):
    heads = [" ФАМИЛИЯ ", "имя", "Табельный\nномер:", "должность", "Дата приёма"]

    rows = read(xlsx_of(["Сотрудники школы"], [], heads, ["Липова", "Дарья", 17.0, "учитель", "1 сентября 2020 г."]))

    assert rows.keys == ("last_name", "first_name", "number", "title", "starts_on")
    assert told(rows) == [[4, "Липова", "Дарья", "17", "учитель", "2020-09-01"]]


def test_a_misspelt_head_is_answered_with_the_nearest_right_one(read):
    words = refused(
        read, xlsx_of(["Табельнный номер", "Фамилия", "Имя", "Должнсть"], ["17", "Липова", "Дарья", "учитель"])
    )

    assert words.splitlines() == [
        "Столбец A назван «Табельнный номер». Вероятно, «Табельный номер»: исправьте название.",
        "Столбец D назван «Должнсть». Вероятно, «Должность»: исправьте название.",
    ]


def test_missing_double_and_unknown_columns_are_named(read):
    missing = refused(read, xlsx_of(["Фамилия", "Имя"], ["Липова", "Дарья"]))
    double = refused(read, xlsx_of([*HEADS, "Фамилия"], [*LIPOVA, "Липова"]))
    unknown = read(xlsx_of([*HEADS, "Любимый цвет"], [*LIPOVA, "синий"]))

    assert missing == "Нет столбцов «Табельный номер», «Должность». Добавьте и загрузите снова."
    assert double == "Столбец «Фамилия» стоит дважды: B и I. Оставьте один."
    assert unknown.notes == ["Столбец I «Любимый цвет» портал не знает и не читает."]
    assert len(unknown.lines) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Файл пустой"),
        (b"%PDF-1.7 ...", "Это не таблица"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "старая книга Excel или файл под паролем"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "веб-страница"),
        (b"PK\x03\x04" + b"\0" * 50, "повреждён"),
        (b"\x00\x01\x02\x03" * 100, "не таблица|Не нашлась|не прочитаны"),
        ("Фамилия;Имя".encode("koi8-r"), "Не нашлась строка с названиями"),
        (xlsx_of(), "В книге пусто"),
        (xlsx_of(HEADS), "Под названиями столбцов пусто"),
        (xlsx_of([f"Столбец {place}" for place in range(200)], ["x"] * 200), "Не нашлась строка"),
        (xlsx_of([*HEADS, *(f"Лишний {place}" for place in range(192))], LIPOVA), "столбцов: 200"),
        (xlsx_of(HEADS, [*LIPOVA[:-1], "=A1"]), "формулы без посчитанных значений"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_refused_in_words(read, data, words):
    with pytest.raises(Unreadable, match=words):
        read(data)


def test_a_cell_at_the_end_of_the_sheet_takes_down_the_child_alone(read):
    def far(sheet):
        sheet["XFD1048576"] = "x"

    with pytest.raises(Unreadable, match=r"слишком сложен|заполнены ячейки до строки"):
        read(xlsx_of(HEADS, LIPOVA, change=far))


def test_merged_cells_are_refused_by_their_rows(read):
    wrong = read(xlsx_of(HEADS, LIPOVA, SOSNIN, change=lambda sheet: sheet.merge_cells("E2:E3"))).wrong

    assert [(cell.line, cell.value, cell.why) for cell in wrong] == [
        (2, "E2:E3", "Ячейки объединены. Разъедините их и заполните каждую."),
        (3, "E2:E3", "Ячейки объединены. Разъедините их и заполните каждую."),
    ]


def test_a_wrong_cell_is_told_by_row_column_value_and_what_to_do(read):
    rows = read(xlsx_of(HEADS, [*LIPOVA[:5], "31.02.2020", *LIPOVA[6:]], [*SOSNIN[:6], "1885", ""]))

    assert rows.lines == []
    assert [(cell.line, cell.key, cell.value, cell.why) for cell in rows.wrong] == [
        (2, "starts_on", "31.02.2020", "Такого дня в календаре нет. Проверьте день и месяц."),
        (3, "birth_year", "1885", "Нужен год четырьмя цифрами, например 1985."),
    ]


def test_cells_are_checked_beside_each_other(read):
    heads = ["Таб. номер", "Фамилия", "Имя", "Должность", "Принят", "Уволен", "Категория", "Категория присвоена"]
    row = [1, "Липова", "Дарья", "учитель", "02.09.2020", "01.09.2020", "", "25.12.2023"]

    assert [(cell.key, cell.why) for cell in read(xlsx_of(heads, row)).wrong] == [
        ("ends_on", "Увольнение раньше приёма. Проверьте обе даты."),
        ("category", "День присвоения есть, а категории нет. Укажите категорию или уберите день."),
    ]


def test_a_mended_row_is_read_as_typed_and_a_left_one_not_at_all(read):
    data = xlsx_of(HEADS, [*LIPOVA[:6], "восемь", LIPOVA[7]], SOSNIN)

    rows = read(data, mends={"2": {"birth_year": "1985"}, "3": None})

    assert (told(rows), rows.wrong) == (READ[:1], [])


@pytest.mark.parametrize(
    ("reader", "typed", "text"),
    [
        (read_day, "01.09.2020", "2020-09-01"),
        (read_day, "1/9/2020", "2020-09-01"),
        (read_day, "2020-09-01 00:00:00", "2020-09-01"),
        (read_day, "1 мая 2020 г.", "2020-05-01"),
        (read_day, "", ""),
        (read_number, "1 287", "1287"),
        (read_inn, "7 707 083 893", "7707083893"),
        (read_year, "1985 г.", "1985"),
        (read_answer, "ДА", "1"),
        (read_answer, "–", "0"),
        (CATEGORIES.read, "Высшая категория", "highest"),
        (CATEGORIES.read, "СЗД", "compliance"),
        (CATEGORIES.read, "I", "first"),
        (ENGAGEMENTS.read, "Внутренний совместитель", "internal"),
    ],
)
def test_a_value_is_read_as_people_write_it(reader, typed, text):
    assert reader(typed) == text


@pytest.mark.parametrize(
    ("reader", "typed", "words"),
    [
        (read_day, "01.09.20", "двумя цифрами"),
        (read_day, "вчера", "День не прочитан"),
        (read_day, "01.09.1820", "Проверьте год"),
        (read_inn, "7707083894", "Контрольная цифра"),
        (read_answer, "иногда", "«да» или «нет»"),
        (CATEGORIES.read, "вышая", "Вероятно, «высшая»"),
        (CATEGORIES.read, "???", "Подойдут: "),
    ],
)
def test_a_wrong_value_is_answered(reader, typed, words):
    with pytest.raises(ValueError, match=words):
        reader(typed)


@pytest.mark.parametrize(
    ("choice", "codes"),
    [
        (CATEGORIES, StaffMember.Category.values),
        (CALLINGS, StaffMember.Calling.values),
        (ENGAGEMENTS, Position.Engagement.values),
        (KINDS, Organisation.Kind.values),
    ],
)
def test_the_words_of_a_sheet_are_those_of_the_registry(choice, codes):
    assert set(choice.words) == set(codes)


def test_a_day_of_excel_is_the_same_day_as_a_typed_one(read):
    typed = read(xlsx_of(HEADS, [*LIPOVA[:5], "01.09.2020", *LIPOVA[6:]])).columns

    counted = read(xlsx_of(HEADS, [*LIPOVA[:5], datetime(2020, 9, 1), *LIPOVA[6:]]))  # noqa: DTZ001 - as Excel has it
    assert counted.columns == typed
