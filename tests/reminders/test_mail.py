"""What a letter says, and that nothing typed anywhere can change how it travels."""

from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest
from django.conf import settings

from deadlines.workdays import Shift, Workdays
from reminders import mail
from reminders.models import Letter
from reminders.plan import Duty
from reminders.sources import Reader
from tests.factories.reminders import A_MOMENT

TODAY = date(2026, 11, 23)
READER = Reader(1, 1, "reader@example.org", "Дарья", "Павловна", Shift.BACKWARD)


def duty(days, title="Сдать отчёт", **fields):
    usual = {"account": 1, "source": f"point:{days}", "url": "/roadmaps/items/1/#point-1", "within": "Карта"}
    return Duty(**usual | {"title": title, "due_on": TODAY + timedelta(days=days)} | fields)


def words(*duties):
    return mail.words(READER, duties, Workdays(), today=TODAY)


def test_the_letter_of_a_day_reads_like_this():
    told = words(duty(7, "Провести семинар"), duty(-10), duty(0, "Собрать отзывы"), duty(-20, "Чужое", is_watched=True))

    assert told.subject == "Сроки на 23 ноября: просрочено 1, сегодня 1, скоро 1, у исполнителей 1"
    address = f"{settings.SITE_URL}/roadmaps/items/1/#point-1"
    assert told.text.startswith(
        f"""Дарья Павловна, здравствуйте!

ПРОСРОЧЕНО: 1

- Сдать отчёт
  до 13 ноября, просрочено на 10 дней · Карта
  {address}

СЕГОДНЯ: 1

- Собрать отзывы
  до 23 ноября, сегодня · Карта
  {address}

СКОРО: 1

- Провести семинар
  до 30 ноября, через 7 дней · Карта
  {address}

ПРОСРОЧЕНО У ИСПОЛНИТЕЛЕЙ: 1

- Чужое
  до 3 ноября, просрочено на 20 дней · Карта
  {address}
"""
    )
    assert told.html.count(f'href="{address}"') == 4


def test_a_letter_holds_forty_lines_and_says_how_many_are_left_out():
    many = [
        duty(days, source=f"{days}:{number}", is_watched=watched)
        for number in range(30)
        for days, watched in ((-1, False), (0, False), (9, False), (-30, True))
    ]

    told = words(*many)

    assert told.text.count("- Сдать отчёт") == told.html.count("Сдать отчёт") == 40
    assert [told.text.count(f"и ещё {count} — в портале") for count in (18, 22)] == [2, 2]


def test_the_newest_late_and_the_next_to_come_stand_first():
    told = words(duty(-3, "третий"), duty(-1, "первый"), duty(4, "дальний"), duty(2, "ближний"))

    assert [line[2:] for line in told.text.splitlines() if line.startswith("- ")] == [
        "первый",
        "третий",
        "ближний",
        "дальний",
    ]


HOSTILE = [
    "Отчёт\r\nBcc: everybody@example.org\r\n\r\nтекст",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ settings.SECRET_KEY }}{% now 'Y' %}",
    '"><a href="https://example.org">сюда</a>',
    "а\x00б\u2028в\u202eг",
    "я" * 5000,
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_stays_a_title(title):
    told = words(duty(0, title, within=title))

    sent = message_from_bytes(
        mail.message(a_letter(subject=told.subject, text=told.text, html=told.html)).message().as_bytes(),
        policy=policy.default,
    )
    plain, html = (sent.get_body([kind]).get_content() for kind in ("plain", "html"))

    assert sent.keys() == [
        "Content-Type", "MIME-Version", "Subject", "From", "To",
        "Message-ID", "Date", "Auto-Submitted", "List-Unsubscribe",
    ]  # fmt: skip
    assert sent["Subject"].strip() == "Сроки на 23 ноября: сегодня 1"
    assert len([line for line in plain.splitlines() if line.startswith("- ")]) == 1
    assert settings.SECRET_KEY not in plain + html
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("<a ") == 3
    assert len(plain) < 1500


def a_letter(**fields):
    usual = {"key": "digest:2026-11-23:1", "address": "reader@example.org", "subject": "Сроки"}
    return Letter(**usual | {"text": "Отчёт", "html": "<p>Отчёт</p>", "written_at": A_MOMENT} | fields)


def test_every_try_sends_the_same_bytes():
    first, second = (mail.message(a_letter(attempts=attempts)).message().as_bytes() for attempts in (1, 7))
    other = mail.message(a_letter(key="digest:2026-11-24:1")).message()

    assert first == second
    sent = message_from_bytes(first, policy=policy.default)
    assert sent["Message-ID"].endswith("@localhost>")
    assert sent["Message-ID"] != other["Message-ID"]
    assert sent["Date"].datetime == A_MOMENT
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["List-Unsubscribe"] == f"<{mail.preferences_address()}>"
