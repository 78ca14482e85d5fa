"""The sheet of organisations: a row is known by its ИНН, or by its short name where the portal has no ИНН yet."""

from directory.sheets.cells import Choice, read_day, read_email, read_inn, read_text, show_day
from directory.sheets.columns import Column, Sheet

KINDS = Choice(
    {
        "authority": "управление образования",
        "centre": "методический центр",
        "school": "школа",
        "kindergarten": "детский сад",
        "extra": "учреждение дополнительного образования",
        "institute": "институт развития образования",
    },
    {
        "сош": "school",
        "общеобразовательная организация": "school",
        "гимназия": "school",
        "лицей": "school",
        "доу": "kindergarten",
        "д с": "kindergarten",
        "дошкольная организация": "kindergarten",
        "удо": "extra",
        "дополнительное образование": "extra",
        "иро": "institute",
    },
)

ORGANISATIONS = Sheet(
    "organisations",
    (
        Column("inn", "ИНН", read_inn, "по нему организацию находят в таблицах", "7707083893", is_key=True),
        Column(
            "short_title",
            "Короткое название",
            read_text(120),
            "как в списках портала",
            "Школа № 9",
            is_required=True,
            also=("Краткое название", "Краткое наименование"),
        ),
        Column(
            "title",
            "Полное название",
            read_text(400),
            "по уставу",
            "Средняя общеобразовательная школа № 9",
            is_required=True,
            also=("Полное наименование",),
        ),
        Column(
            "title_genitive",
            "Полное название в родительном падеже",
            read_text(400),
            "для приказов",
            "Средней общеобразовательной школы № 9",
        ),
        Column(
            "kind",
            "Вид",
            KINDS.read,
            "школа, детский сад, учреждение дополнительного образования…",
            "школа",
            KINDS.show,
            is_required=True,
            also=("Вид организации", "Тип"),
        ),
        Column("address", "Адрес", read_text(300), "с городом и улицей", "г. Заречинск, ул. Мира, 1"),
        Column("phone", "Телефон", read_text(60), "с кодом города", "8 (800) 000-00-00"),
        Column("email", "Электронная почта", read_email, "если есть", "school9@example.ru", also=("E-mail", "Почта")),
        Column("site", "Сайт", read_text(120), "если есть", "school9.example.ru"),
        Column("closed_on", "Закрыта с", read_day, "последний день; пусто: работает", "", show_day),
    ),
)
