"""The staff of the invented city: a cast that the roadmaps name, and everybody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from directory.models import Organisation
from portal.demo.places import AUTHORITY, CENTRE, Place, places, school


@dataclass(frozen=True)
class Person:
    """A staff member with one position; ``years`` is how long they have held it."""

    last_name: str
    first_name: str
    patronymic: str
    position: str
    place: str
    years: int


#: Those whom roadmaps and logins name; their surnames belong to nobody else.
CAST = {
    "manager": Person("Воронцов", "Андрей", "Николаевич", "начальник управления", AUTHORITY, 6),
    "vice": Person("Самсонова", "Ирина", "Львовна", "заместитель начальника управления", AUTHORITY, 9),
    "specialist": Person("Уварова", "Дарья", "Олеговна", "главный специалист", AUTHORITY, 4),
    "adviser": Person("Нечаев", "Роман", "Витальевич", "ведущий специалист", AUTHORITY, 3),
    "director": Person("Гордеева", "Людмила", "Анатольевна", "директор", CENTRE, 11),
    "head": Person("Шилова", "Марина", "Борисовна", "начальник отдела методического сопровождения", CENTRE, 8),
    "methodist": Person("Кузьмина", "Ольга", "Викторовна", "методист", CENTRE, 7),
    "second": Person("Кравцова", "Инна", "Олеговна", "методист", CENTRE, 5),
    "third": Person("Белоусова", "Елена", "Геннадьевна", "методист", CENTRE, 10),
    "fourth": Person("Дорохов", "Павел", "Степанович", "методист", CENTRE, 3),
    "fifth": Person("Ларина", "Анна", "Валерьевна", "методист по дошкольному образованию", CENTRE, 6),
    "administrator": Person("Фомин", "Артём", "Игоревич", "специалист по информационным системам", CENTRE, 4),
    "deputy": Person(
        "Мельникова", "Татьяна", "Юрьевна", "заместитель директора по учебно-методической работе", school(9), 8
    ),
    "leader": Person("Тихонова", "Наталья", "Сергеевна", "учитель математики", school(2), 15),
    "teacher": Person("Соколов", "Илья", "Дмитриевич", "учитель физики", school(9), 12),
    "expert": Person("Рябинина", "Елена", "Павловна", "учитель русского языка и литературы", school(5), 19),
}

SURNAMES = (
    "Крылов", "Ефимов", "Орлов", "Голубев", "Зуев", "Панфилов", "Рожков", "Медведев", "Киселёв", "Ширяев", "Логинов",
    "Абрамов", "Сорокин", "Третьяков", "Ушаков", "Беляев", "Никонов", "Жданов", "Власов", "Пахомов", "Игнатьев",
    "Суханов", "Моисеев", "Черкасов", "Еремин", "Лапин", "Хохлов", "Одинцов", "Баранов", "Вишняков", "Тарасов",
    "Якушев", "Дементьев", "Коновалов", "Русаков", "Шестаков", "Антипов", "Филатов", "Горбунов", "Носков", "Маслов",
    "Симонов", "Ермаков", "Данилов", "Блинов", "Субботин", "Копылов", "Лыткин", "Широков", "Авдеев", "Пестов",
    "Назаров", "Гуляев", "Трофимов", "Кудрявцев", "Овчинников", "Быков", "Родионов", "Стрелков", "Завьялов", "Калинин",
    "Мухин", "Федосеев", "Печёнкин", "Устинов", "Захаров", "Борисов", "Щербаков", "Климов", "Рогов", "Чернышёв",
    "Лазарев", "Осипов",
)  # fmt: skip

WOMEN = (
    "Светлана", "Надежда", "Юлия", "Галина", "Оксана", "Вера", "Екатерина", "Лариса", "Мария", "Алла", "Ксения",
    "Валентина", "Полина", "Любовь", "Евгения", "Зоя", "Виктория", "Ирина", "Тамара", "Анастасия", "Елена", "Наталья",
    "Дарья",
)  # fmt: skip

MEN = ("Сергей", "Дмитрий", "Алексей", "Олег", "Михаил", "Константин", "Егор", "Владимир", "Никита", "Юрий", "Максим")

PATRONYMICS = (
    "Александров", "Петров", "Михайлов", "Владимиров", "Алексеев", "Константинов", "Иванов", "Васильев", "Николаев",
    "Геннадьев", "Андреев", "Викторов", "Евгеньев", "Леонидов", "Павлов", "Станиславов", "Аркадьев",
)  # fmt: skip

#: «Учитель химии» teaches «химия».
SUBJECTS = {
    "начальных классов": "начальные классы", "русского языка и литературы": "русский язык и литература",
    "математики": "математика", "английского языка": "английский язык",
    "истории и обществознания": "история и обществознание", "химии": "химия", "информатики": "информатика",
    "биологии": "биология", "географии": "география", "физической культуры": "физическая культура",
    "физики": "физика", "технологии": "технология", "музыки": "музыка",
}  # fmt: skip

#: Every seventh of the staff is a man, as it happens in education.
ONE_MAN_IN = 7


def staff() -> Iterator[Person]:
    """The cast, then the people of every school, kindergarten and house of creativity; the same at each load."""
    yield from CAST.values()
    turn, subject = count(), count()
    for place in places():
        for position in _positions(place, subject):
            yield _person(next(turn), position, place.short_title)


def _positions(place: Place, subject: Iterator[int]) -> Iterator[str]:
    kind = Organisation.Kind
    if place.kind == kind.SCHOOL:
        yield "директор"
        yield "заместитель директора по учебно-воспитательной работе"
        for _ in range(3):
            yield f"учитель {tuple(SUBJECTS)[next(subject) % len(SUBJECTS)]}"
    elif place.kind == kind.KINDERGARTEN:
        yield "заведующий"
        yield "старший воспитатель"
    elif place.kind == kind.EXTRA:
        yield "директор"
        yield "методист"
        yield "педагог дополнительного образования"


def _person(turn: int, position: str, place: str) -> Person:
    """The lists have lengths without a common factor, so nobody's full name comes twice."""
    surname, patronymic = SURNAMES[turn % len(SURNAMES)], PATRONYMICS[turn % len(PATRONYMICS)]
    years = 1 + turn * 5 % 23
    if turn % ONE_MAN_IN == ONE_MAN_IN - 1:
        first_name = MEN[turn // ONE_MAN_IN % len(MEN)]
        return Person(surname, first_name, f"{patronymic}ич", position, place, years)
    return Person(f"{surname}а", WOMEN[turn % len(WOMEN)], f"{patronymic}на", position, place, years)
