"""Papers for the tests of paper: an invented centre, orders of every shape."""

from dataclasses import replace

from reports.paper import (
    Annex,
    Clause,
    Column,
    Command,
    Group,
    Head,
    Layout,
    Paper,
    Passage,
    Signature,
    Table,
)

HEAD = Head(
    founder="Управление образования администрации Заречного городского округа",
    full_title="Муниципальное казённое учреждение «Информационно-методический центр»",
    short_title="МКУ «ИМЦ»",
    place="г. Заречный",
    contacts=(
        "ул. Лесная, д. 5, г. Заречный, Заречная область, 600001",
        "тел. (00000) 2-34-56, imc@zarechny.example, ОГРН 1000000000001, ИНН/КПП 1000000001/100000001",
    ),
)

COLUMNS = (
    Column("№ п/п", 6),
    Column("Мероприятия", 32),
    Column("Сроки", 16),
    Column("Ответственные", 22),
    Column("Планируемый результат", 20),
)
WIDE = (*COLUMNS, Column("Форма проведения", 14), Column("Участники", 14), Column("Примечание", 14))

CLAUSES = (
    Clause("1.", "Утвердить дорожную карту развития школьных методических объединений на 2026-2029 годы (приложение)."),
    Clause(
        "2.",
        "Руководителям общеобразовательных организаций обеспечить выполнение мероприятий дорожной карты в сроки, "
        "которые в ней указаны.",
    ),
    Clause("2.1.", "Назначить ответственных за выполнение мероприятий до 15 сентября 2026 г."),
    Clause("3.", "Методисту Берёзовой А. П. разместить дорожную карту на сайте центра до 10 сентября 2026 г."),
    Clause("4.", "Контроль исполнения приказа оставляю за собой."),
)


def rows(count, columns, first=1):
    texts = (
        "Семинар-практикум «Как готовить заседание школьного методического объединения»: разбор занятий, обмен опытом",
        "Октябрь, ежегодно",
        "Берёзова А. П., методист; руководители объединений",
        "Методические рекомендации, не менее 12 открытых занятий",
        "Очная",
        "Учителя-предметники 5-9 классов",
        "По согласованию",
    )
    return tuple((f"{number}.", *texts[: columns - 1]) for number in range(first, first + count))


def table(count, columns=COLUMNS, a_section=10):
    groups = tuple(
        Group(
            f"Раздел {place}. Сопровождение профессионального роста педагогов",
            rows(min(a_section, count - start), len(columns), start + 1),
        )
        for place, start in enumerate(range(0, count, a_section), start=1)
    )
    return Table(columns, groups)


def annex(count, columns=COLUMNS, passages=()):
    return Annex(
        mark=("Приложение", "", "УТВЕРЖДЕНА", "приказом МКУ «ИМЦ»", "от 01.09.2026 № 73-од"),
        title="Дорожная карта развития школьных методических объединений\nна 2026-2029 годы",
        passages=passages,
        tables=(table(count, columns),) if count else (),
    )


PASSAGES = (
    Passage(
        "1. Цель и задачи",
        (
            "Цель: создать в округе единое методическое пространство, в котором каждый педагог находит поддержку.",
            "Задачи: выявить дефициты; обучить руководителей объединений; распространить лучший опыт.",
        ),
    ),
)


def order(count=0, columns=COLUMNS, **changes):
    paper = Paper(
        layout=Layout.GOST_2025,
        kind="ПРИКАЗ",
        head=HEAD,
        dated="01.09.2026",
        number="73-од",
        heading="Об утверждении дорожной карты развития школьных методических объединений на 2026-2029 годы",
        preamble="В целях развития школьных методических объединений, в соответствии с планом работы "
        "МКУ «ИМЦ» на 2026 год",
        command=Command.LINE,
        command_word="ПРИКАЗЫВАЮ",
        clauses=CLAUSES,
        signature=Signature("Директор", "И. О. Соколова"),
        performer=("Берёзова Анна Павловна, методист", "2-34-57"),
        annexes=(annex(count, columns),) if count else (),
        code="https://portal.example/orders/8f2c1d/",
    )
    return replace(paper, **changes)
