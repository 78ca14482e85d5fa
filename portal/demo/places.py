"""The organisations of the invented city."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from directory.models import Organisation

CITY = "Заречинск"
CITY_GENITIVE = "Заречинска"
CITY_DAY = "День города"

AUTHORITY = "Управление образования"
CENTRE = "МКУ «ЦРО»"

GYMNASIUMS = (2, 18)
LYCEUMS = (5, 21)
SCHOOLS = 25

KINDERGARTENS = (
    "Солнышко", "Теремок", "Ручеёк", "Колосок", "Алёнушка", "Светлячок", "Рябинка", "Журавушка", "Золотой ключик",
    "Радуга", "Сказка", "Росинка", "Дюймовочка", "Кораблик", "Василёк", "Снегирёк", "Лесная полянка", "Пчёлка",
    "Незабудка", "Огонёк", "Родничок", "Ладушки", "Звёздочка", "Ивушка", "Чебурашка", "Жемчужинка", "Одуванчик",
    "Соловушка", "Земляничка", "Аистёнок", "Семицветик", "Подснежник", "Лучик", "Капелька", "Ласточка", "Берёзка",
    "Умка", "Веснушки", "Гномик", "Островок детства",
)  # fmt: skip

EXTRAS = (
    ("Дворец творчества", "МАУ ДО «Дворец детского и юношеского творчества»"),
    ("Станция юных натуралистов", "МБУ ДО «Станция юных натуралистов»"),
    ("Школа искусств № 1", "МБУ ДО «Детская школа искусств № 1»"),
    ("Центр «Меридиан»", "МБУ ДО «Центр технического творчества «Меридиан»"),
)


@dataclass(frozen=True)
class Place:
    kind: str
    short_title: str
    title: str


def places() -> Iterator[Place]:
    """Every organisation of the city, the education authority and the methodical centre first."""
    kind = Organisation.Kind
    yield Place(kind.AUTHORITY, AUTHORITY, f"Управление образования администрации города {CITY_GENITIVE}")
    yield Place(
        kind.CENTRE, CENTRE, f"Муниципальное казённое учреждение «Центр развития образования города {CITY_GENITIVE}»"
    )
    for number in range(1, SCHOOLS + 1):
        yield Place(kind.SCHOOL, school(number), _school_title(number))
    for number, name in enumerate(KINDERGARTENS, start=1):
        yield Place(kind.KINDERGARTEN, f"Детский сад № {number} «{name}»", f"МБДОУ «Детский сад № {number} «{name}»")
    for short_title, title in EXTRAS:
        yield Place(kind.EXTRA, short_title, title)


def school(number: int) -> str:
    """The short title of a school by its number.

    >>> school(2), school(9)
    ('Гимназия № 2', 'Школа № 9')
    """
    if number in GYMNASIUMS:
        return f"Гимназия № {number}"
    return f"Лицей № {number}" if number in LYCEUMS else f"Школа № {number}"


def _school_title(number: int) -> str:
    if number in GYMNASIUMS or number in LYCEUMS:
        return f"МАОУ «{school(number)}»"
    return f"МБОУ «Средняя общеобразовательная школа № {number}»"


def city_day(year: int) -> date:
    """The first Friday of August: a day off that the country does not have."""
    first = date(year, 8, 1)
    return first + timedelta(days=(4 - first.weekday()) % 7)
