"""The words of an order: headings, preambles, clauses, the mark of the annex, spaces and dashes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.declension import Case, Form
from reports.wording import (
    NBSP,
    Act,
    Document,
    Kind,
    Subject,
    annex_mark,
    approve,
    control,
    day_in_words,
    heading_amending,
    heading_approving,
    inform,
    instruct,
    make_responsible,
    period,
    preamble_amending,
    preamble_approving,
    publish,
    quoted,
)

NEW_YEAR, LAST_DAY = date(2026, 1, 1), date(2028, 12, 31)
ORDER = Act("приказ", date(2026, 12, 30), "73-од", "МКУ «ИМЦ»")


def spaced(text: str) -> str:
    return text.replace(NBSP, " ")


def subject(title: str, kind: Kind = Kind.ROADMAP) -> Subject:
    return Subject(kind, title, NEW_YEAR, LAST_DAY)


@pytest.mark.parametrize(
    ("kind", "title", "heading"),
    [
        (Kind.ROADMAP, "Дорожная карта по развитию ШМО", "дорожной карты по развитию ШМО на 2026–2028 годы"),
        (
            Kind.ROADMAP,
            "Дорожная карта по развитию ШМО на 2021-2024 годы",
            "дорожной карты по развитию ШМО на 2021-2024 годы",
        ),
        (
            Kind.ROADMAP,
            "Дорожная карта работы на 2026/2027 учебный год.",
            "дорожной карты работы на 2026/2027 учебный год",
        ),
        (Kind.PROGRAMME, "Программа поддержки ШМО на 2024-2027 гг.", "программы поддержки ШМО на 2024-2027 гг."),
        (
            Kind.PROGRAMME,
            "Муниципальная программа / дорожная карта по развитию",
            "муниципальной программы / дорожной карты по развитию на 2026–2028 годы",
        ),
        (
            Kind.ROADMAP,
            "План мероприятий («дорожная карта») развития",
            "плана мероприятий («дорожная карта») развития на 2026–2028 годы",
        ),
        (Kind.PLAN, "Комплексный план по профилактике", "комплексного плана по профилактике на 2026–2028 годы"),
        (Kind.PROGRAMME, "ПРОГРАММА ПОДДЕРЖКИ педагогов", "ПРОГРАММЫ ПОДДЕРЖКИ педагогов на 2026–2028 годы"),
        (Kind.ROADMAP, "По развитию ШМО", "дорожной карты по развитию ШМО на 2026–2028 годы"),
        (Kind.ROADMAP, "Развитие «Школы наставника»", "дорожной карты «Развитие „Школы наставника“» на 2026–2028 годы"),
        (Kind.PLAN, "«Шаг вперёд»", "плана мероприятий «Шаг вперёд» на 2026–2028 годы"),
        (Kind.PLAN, "Планирование работы", "плана мероприятий «Планирование работы» на 2026–2028 годы"),
        (Kind.PROGRAMME, "", "программы на 2026–2028 годы"),
        (Kind.ROADMAP, "Школа 2030", "дорожной карты «Школа 2030» на 2026–2028 годы"),
    ],
)
def test_the_heading_declines_the_document_and_says_its_years_once(kind, title, heading):
    assert spaced(heading_approving(subject(title, kind))) == f"Об утверждении {heading}"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "academic", "words"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), False, f"на 2026{NBSP}год"),
        (date(2026, 3, 1), date(2027, 2, 28), False, f"на 2026–2027{NBSP}годы"),
        (date(2026, 9, 1), date(2027, 8, 31), True, "на 2026/2027 учебный год"),
        (date(2026, 9, 1), date(2029, 5, 31), True, "на 2026/2027–2028/2029 учебные годы"),
    ],
)
def test_the_years_of_a_roadmap(starts_on, ends_on, academic, words):
    assert period(starts_on, ends_on, academic=academic) == words


@pytest.mark.parametrize(
    ("kind", "clause", "mark", "heading"),
    [
        (
            Kind.ROADMAP,
            "Утвердить прилагаемую дорожную карту «Рост» на 2026–2028 годы (приложение).",
            "УТВЕРЖДЕНА",
            "О внесении изменений в дорожную карту «Рост» на 2026–2028 годы, утверждённую приказом МКУ «ИМЦ» от 30.12.2026 № 73-од",
        ),
        (
            Kind.PLAN,
            "Утвердить прилагаемый план мероприятий «Рост» на 2026–2028 годы (приложение).",
            "УТВЕРЖДЕН",
            "О внесении изменений в план мероприятий «Рост» на 2026–2028 годы, утверждённый приказом МКУ «ИМЦ» от 30.12.2026 № 73-од",
        ),
        (
            Kind.PROGRAMME,
            "Утвердить прилагаемую программу «Рост» на 2026–2028 годы (приложение).",
            "УТВЕРЖДЕНА",
            "О внесении изменений в программу «Рост» на 2026–2028 годы, утверждённую приказом МКУ «ИМЦ» от 30.12.2026 № 73-од",
        ),
    ],
)
def test_everything_agrees_with_the_document(kind, clause, mark, heading):
    growth = subject("Рост", kind)

    assert spaced(approve(growth)) == clause
    assert annex_mark(growth, ORDER)[2] == mark
    assert spaced(heading_amending(growth, ORDER)) == heading


def test_a_title_that_names_its_document_wins_over_the_kind():
    assert annex_mark(subject("План мероприятий («дорожная карта»)", Kind.ROADMAP), ORDER)[2] == "УТВЕРЖДЕН"


def test_the_mark_of_an_annex():
    lines = annex_mark(subject("Рост"), ORDER, number=2, edition=Act("распоряжение", date(2027, 3, 15), "12"))

    assert [spaced(line) for line in lines] == [
        "Приложение № 2",
        "",
        "УТВЕРЖДЕНА",
        "приказом МКУ «ИМЦ»",
        "от 30.12.2026 № 73-од",
        "(в редакции распоряжения от 15.03.2027 № 12)",
    ]


def test_lines_are_ruled_for_a_number_that_is_still_to_come():
    assert spaced(annex_mark(subject("Рост"), Act("решение"))[-1]) == "от ____________ № ________"


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (Act("приказ"), "приказом"),
        (Act("распоряжение", number="5"), "распоряжением № 5"),
        (Act("постановление", date(2026, 2, 1)), "постановлением от 01.02.2026"),
        (Act("решение", issuer="методического совета"), "решением методического совета"),
        (Act(""), "документом"),
    ],
)
def test_what_is_unknown_of_an_act_is_left_out(act, words):
    assert spaced(act.by) == words


@pytest.mark.parametrize(
    ("bases", "preamble"),
    [
        ([], Form("В целях планирования методической работы", sure=True)),
        ([" ; "], Form("В целях планирования методической работы", sure=True)),
        (
            [
                "1) Федеральный закон от 29.12.2012 № 273-ФЗ «Об образовании»;",
                "Приказ Минпросвещения России от 06.11.2024 № 779.",
            ],
            Form(
                "В соответствии с Федеральным законом от 29.12.2012 № 273-ФЗ «Об образовании», приказом Минпросвещения России от 06.11.2024 № 779",
                sure=True,
            ),
        ),
        (["Стратегия развития воспитания"], Form("В соответствии со Стратегией развития воспитания", sure=True)),
        (["Методические рекомендации"], Form("В соответствии с Методическими рекомендациями", sure=True)),
        (["ФГОС", "Устав центра"], Form("В соответствии с ФГОС, уставом центра", sure=True)),
        (
            ["ст. 28 закона", "Устав центра"],
            Form("На основании нормативных правовых актов (ст. 28 закона; устав центра)", sure=False),
        ),
    ],
)
def test_the_preamble_names_the_legal_bases(bases, preamble):
    assert preamble_approving(bases) == preamble


def test_the_preamble_of_an_amendment():
    assert preamble_amending(subject("Рост")).text == "В связи с уточнением мероприятий дорожной карты"
    assert preamble_amending(subject("Рост", Kind.PLAN)).text == "В связи с уточнением плана мероприятий"
    assert preamble_amending(subject("Рост"), ["Письмо министерства"]).text == "В соответствии с письмом министерства"


def test_clauses_end_in_one_full_stop_even_after_initials():
    assert [
        make_responsible(subject("Рост"), ["методиста Иванову А. П."]),
        make_responsible(subject("Рост"), ["Иванову", "Петрова", "Кима"]),
        instruct("методисту Ивановой А. П.", "Обеспечить сопровождение."),
        inform(Document.DIRECTIVE),
        publish(Document.ORDER, "МКУ «ИМЦ»"),
        publish(Document.ORDER),
        control(Document.ORDER, "заместителя начальника Петрову Е. Н."),
        control(Document.ORDER),
        control(Document.DIRECTIVE),
    ] == [
        "Назначить ответственным за реализацию дорожной карты методиста Иванову А. П.",
        "Назначить ответственными за реализацию дорожной карты Иванову, Петрова и Кима.",
        "Методисту Ивановой А. П. обеспечить сопровождение.",
        "Довести настоящее распоряжение до сведения руководителей образовательных организаций.",
        "Разместить настоящий приказ на официальном сайте МКУ «ИМЦ».",
        "Разместить настоящий приказ на официальном сайте.",
        "Контроль за исполнением настоящего приказа возложить на заместителя начальника Петрову Е. Н.",
        "Контроль за исполнением настоящего приказа оставляю за собой.",
        "Контроль за исполнением настоящего распоряжения оставляю за собой.",
    ]


def test_the_commanding_word():
    assert [document.command_word for document in Document] == ["ПРИКАЗЫВАЮ", "ОБЯЗЫВАЮ"]


def test_a_day_in_words():
    assert day_in_words(date(2026, 12, 30)) == f"30{NBSP}декабря{NBSP}2026{NBSP}г."


@given(st.text(max_size=80), st.sampled_from(Kind), st.sampled_from(Case))
@settings(deadline=None)
def test_any_title_stands_in_a_sentence_on_one_line(title, kind, case):
    words = subject(title, kind).in_case(case)

    assert words.strip() == words
    assert len(words.splitlines()) == 1


@given(st.lists(st.text(max_size=40), max_size=4))
@settings(deadline=None)
def test_any_bases_make_a_preamble(bases):
    assert preamble_approving(bases).text.startswith(("В соответствии с", "В целях", "На основании"))


@given(st.text(max_size=40))
def test_quotation_marks_close(text):
    inside = quoted(text)[1:-1]

    assert not set("«»") & set(inside)
