"""The letter: what it says, and how it is put on its way."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator

from deadlines import wording
from deadlines.workdays import Workdays
from reminders import entrances
from reminders.models import Letter
from reminders.plan import Duty, Occasion, occasion
from reminders.sources import Reader

Deliver = Callable[[Letter], None]


@dataclass(frozen=True)
class Line:
    """One duty as the letter tells it."""

    title: str
    within: str
    address: str
    when: str


@dataclass(frozen=True)
class Section:
    """Duties of one urgency: as many lines as a letter holds, and how many more there are."""

    title: str
    tone: str
    lines: list[Line]
    more: int


#: In the order of the letter: title, the word of the subject, the most lines. Forty in all: nobody reads more.
SECTIONS = (
    (Occasion.LATE, "Просрочено", "просрочено", 12),
    (Occasion.TODAY, "Сегодня", "сегодня", 12),
    (Occasion.COMING, "Скоро", "скоро", 8),
    (Occasion.WATCHED, "Просрочено у исполнителей", "у исполнителей", 8),
)

#: Some items are paragraphs; a letter names them.
LONGEST_TITLE, LONGEST_WITHIN = 200, 140


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    html: str


def words(reader: Reader, duties: Iterable[Duty], workdays: Workdays, *, today: date) -> Words:
    """The letter of one day to one reader with all these duties."""
    found: dict[Occasion, list[Duty]] = {which: [] for which, *_ in SECTIONS}
    for duty in duties:
        found[occasion(duty, workdays, today)].append(duty)
    counts = [f"{word} {len(found[which])}" for which, _, word, _ in SECTIONS if found[which]]
    subject = f"Сроки на {wording.day(today, today)}: {', '.join(counts)}"
    context = {
        "subject": subject,
        "greeting": " ".join(filter(None, (reader.first_name, reader.patronymic))),
        "sections": [
            _section(which, title, found[which], most, today=today)
            for which, title, _, most in SECTIONS
            if found[which]
        ],
        "home": settings.SITE_URL + reverse("reminders:agenda"),
        "preferences": preferences_address(),
    }
    return Words(subject, render_to_string("mail/digest.txt", context), render_to_string("mail/digest.html", context))


def _section(which: Occasion, title: str, duties: list[Duty], most: int, *, today: date) -> Section:
    # What has just become late stands first, and so does what comes next.
    is_over = which in {Occasion.LATE, Occasion.WATCHED}
    duties.sort(key=lambda duty: (duty.due_on, duty.source), reverse=is_over)
    lines = [
        Line(
            plain(duty.title, most=LONGEST_TITLE),
            plain(duty.within, most=LONGEST_WITHIN),
            settings.SITE_URL + duty.url,
            _when(duty.due_on, today),
        )
        for duty in duties[:most]
    ]
    return Section(f"{title}: {len(duties)}", which, lines, max(0, len(duties) - most))


def plain(text: str, *, most: int) -> str:
    """The text in one line, without characters that are not seen but work, and not longer than ``most``."""
    visible = "".join(" " if unicodedata.category(character)[0] in "CZ" else character for character in text)
    return Truncator(" ".join(visible.split())).chars(most)


def _when(due_on: date, today: date) -> str:
    """«до 24 ноября, через 2 дня»; a deadline of the day itself needs no second word."""
    day = f"до {wording.day(due_on, today)}"
    return f"{day}, {wording.left(due_on, today)}"


def preferences_address() -> str:
    return settings.SITE_URL + reverse("reminders:preferences")


class Sealed(EmailMultiAlternatives):
    """A message whose parts are divided by the same line on every try, so that every try sends the same bytes."""

    def message(self, **options: Any) -> EmailMessage:
        message = super().message(**options)
        if message.is_multipart():
            message.set_boundary(sha256(self.extra_headers["Message-ID"].encode()).hexdigest()[:32])
        return message


def message(letter: Letter, connection: Any = None) -> Sealed:
    """The letter as it goes out; nothing in it depends on the try."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    text, html = entrances.filled(letter)
    made = Sealed(
        subject=letter.subject,
        body=text,
        to=[letter.address],
        connection=connection,
        headers={
            "Message-ID": f"<{sha256(letter.key.encode()).hexdigest()[:40]}@{host}>",
            "Date": format_datetime(letter.written_at),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{preferences_address()}>",
        },
    )
    if html:
        made.attach_alternative(html, "text/html")
    return made


@contextmanager
def post() -> Iterator[Deliver]:
    """A way to deliver letters, over one connection that is opened with the first of them."""
    connection = get_connection()
    try:
        yield lambda letter: _deliver(letter, connection)
    finally:
        connection.close()


def _deliver(letter: Letter, connection: Any) -> None:
    if not letter.address:
        raise ValueError("у читателя нет адреса электронной почты")
    connection.open()
    message(letter, connection).send()
