"""The sheet of staff: a row is one position of one person, known by its payroll number in its organisation."""

from directory.sheets.cells import (
    Choice,
    read_answer,
    read_day,
    read_email,
    read_inn,
    read_list,
    read_name,
    read_number,
    read_text,
    read_year,
    show_answer,
    show_day,
)
from directory.sheets.columns import Column, RowCheck, Sheet

ENGAGEMENTS = Choice(
    {"main": "основное место", "internal": "внутреннее совместительство", "external": "внешнее совместительство"},
    {
        "": "main",
        "основная": "main",
        "основной": "main",
        "основное": "main",
        "основное место работы": "main",
        "внутренний совместитель": "internal",
        "внутр совместитель": "internal",
        "внешний совместитель": "external",
        "внеш совместитель": "external",
        "совместитель": "external",
    },
)
CATEGORIES = Choice(
    {"": "", "compliance": "соответствие занимаемой должности", "first": "первая", "highest": "высшая"},
    {
        "нет": "",
        "без категории": "",
        "не имеет": "",
        "сзд": "compliance",
        "соответствие": "compliance",
        "соответствует": "compliance",
        "соответствует занимаемой должности": "compliance",
        "соответствие должности": "compliance",
        "1": "first",
        "i": "first",
        "1 я": "first",
        "1 категория": "first",
        "i категория": "first",
        "1 кк": "first",
        "1кк": "first",
        "первая категория": "first",
        "первая квалификационная категория": "first",
        "вкк": "highest",
        "высшая категория": "highest",
        "высшая квалификационная категория": "highest",
    },
)
CALLINGS = Choice(
    {"": "", "methodist": "педагог-методист", "mentor": "педагог-наставник"},
    {"нет": "", "методист": "methodist", "наставник": "mentor"},
)

OLDEST, YOUNGEST = 90, 14


def _days_in_order(starts_on: str, ends_on: str) -> tuple[str, str] | None:
    if ends_on and starts_on > ends_on:
        return "ends_on", "Увольнение раньше приёма. Проверьте обе даты."
    return None


def _teaching_after_birth(born: str, began: str) -> tuple[str, str] | None:
    if born and began and not YOUNGEST <= int(began[:4]) - int(born) <= OLDEST:
        return "teaching_from", f"Человек {born} года рождения не мог начать педагогическую работу в {began[:4]} году."
    return None


def _category_has_its_day(category: str, category_on: str) -> tuple[str, str] | None:
    if category_on and not category:
        return "category", "День присвоения есть, а категории нет. Укажите категорию или уберите день."
    return None


STAFF = Sheet(
    "staff",
    (
        Column(
            "inn",
            "ИНН",
            read_inn,
            "ИНН организации, в которой работает сотрудник",
            "7707083893",
            also=("ИНН организации", "ИНН ОО"),
        ),
        Column(
            "place",
            "Организация",
            read_text(120),
            "короткое название, если ИНН не известен",
            "Школа № 9",
            also=("Образовательная организация", "Место работы"),
        ),
        Column(
            "number",
            "Табельный номер",
            read_number,
            "по нему сотрудника находят в организации",
            "287",
            is_key=True,
            also=("Таб. номер", "Таб. №", "Табельный №"),
        ),
        Column("last_name", "Фамилия", read_name, "как в паспорте", "Липова", is_required=True),
        Column("first_name", "Имя", read_name, "полностью", "Дарья", is_required=True),
        Column("patronymic", "Отчество", read_name, "если есть", "Олеговна"),
        Column("title", "Должность", read_text(200), "как в штатном расписании", "учитель", is_required=True),
        Column(
            "engagement",
            "Занятость",
            ENGAGEMENTS.read,
            "основное место, внутреннее или внешнее совместительство; пусто: основное место",
            "основное место",
            ENGAGEMENTS.show,
            also=("Вид занятости", "Совместительство"),
        ),
        Column(
            "starts_on",
            "Принят с",
            read_day,
            "первый день в этой должности",
            "01.09.2020",
            show_day,
            also=("Дата приема", "Принят"),
        ),
        Column(
            "ends_on",
            "Уволен с",
            read_day,
            "последний рабочий день; пусто: работает",
            "",
            show_day,
            also=("Дата увольнения", "Уволен"),
        ),
        Column("birth_year", "Год рождения", read_year, "только год", "1985"),
        Column(
            "teaching_from",
            "Педагогическая работа с",
            read_day,
            "начало педагогического стажа",
            "01.09.2007",
            show_day,
            also=("Педагогический стаж с",),
        ),
        Column(
            "category",
            "Категория",
            CATEGORIES.read,
            "соответствие занимаемой должности, первая или высшая; пусто: нет",
            "первая",
            CATEGORIES.show,
            also=("Квалификационная категория",),
        ),
        Column(
            "category_on",
            "Категория присвоена",
            read_day,
            "день присвоения",
            "25.12.2023",
            show_day,
            also=("Дата присвоения категории",),
        ),
        Column(
            "category_until",
            "Категория действует по",
            read_day,
            "если срок есть; с 01.09.2023 категории бессрочны",
            "",
            show_day,
        ),
        Column(
            "calling",
            "Дополнительная категория",
            CALLINGS.read,
            "педагог-методист или педагог-наставник",
            "",
            CALLINGS.show,
        ),
        Column("subjects", "Предметы", read_list, "через точку с запятой", "математика; физика", also=("Предмет",)),
        Column(
            "has_teaching_load", "Ведёт уроки", read_answer, "да или нет", "да", show_answer, also=("Учебная нагрузка",)
        ),
        Column("email", "Рабочая почта", read_email, "если есть", "", also=("Электронная почта", "E-mail")),
        Column("phone", "Рабочий телефон", read_text(60), "если есть", "", also=("Телефон",)),
    ),
    (
        RowCheck(("starts_on", "ends_on"), _days_in_order),
        RowCheck(("birth_year", "teaching_from"), _teaching_after_birth),
        RowCheck(("category", "category_on"), _category_has_its_day),
    ),
)

#: Which of the columns are facts of the person; the others are of the position, but for the place and the subjects.
PERSON = (
    "last_name",
    "first_name",
    "patronymic",
    "birth_year",
    "teaching_from",
    "has_teaching_load",
    "category",
    "category_on",
    "category_until",
    "calling",
    "email",
    "phone",
)
POSITION = ("number", "title", "engagement", "starts_on", "ends_on")
