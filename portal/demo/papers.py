"""The letterheads of the invented city: numbers that pass every check and belong to nobody."""

from dataclasses import dataclass, field

from portal.demo.places import AUTHORITY, CENTRE


@dataclass(frozen=True)
class Paper:
    """What stands at the head of the papers of one organisation, by the fields of a letterhead."""

    place: str
    requisites: dict[str, str] = field(hash=False)


#: No region has the number 00, no exchange the code 000, and example.org is kept for examples.
PAPERS = (
    Paper(
        AUTHORITY,
        {
            "founder": "Администрация города Заречинска",
            "full_title": "Управление образования администрации города Заречинска",
            "short_title": "Управление образования Заречинска",
            "place": "г. Заречинск",
            "address": "000001, г. Заречинск, пл. Ученическая, д. 1",
            "phone": "(000) 000-00-01",
            "email": "uo@example.org",
            "site": "uo.example.org",
            "okpo": "12345678",
            "ogrn": "1020000000019",
            "inn": "0012345673",
            "kpp": "001201001",
        },
    ),
    Paper(
        CENTRE,
        {
            "founder": "Управление образования администрации города Заречинска",
            "full_title": "Муниципальное казённое учреждение «Центр развития образования города Заречинска»",
            "short_title": "МКУ «ЦРО»",
            "place": "г. Заречинск",
            "address": "000001, г. Заречинск, ул. Тетрадная, д. 12",
            "phone": "(000) 000-00-12",
            "email": "centre@example.org",
            "site": "centre.example.org",
            "okpo": "76543217",
            "ogrn": "1020000000020",
            "inn": "0076543215",
            "kpp": "007601001",
        },
    ),
)
