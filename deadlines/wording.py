"""Days, spans and readings in Russian words."""

from collections.abc import Sequence
from datetime import date

from deadlines.span import Kind, Point, Reading

#: From this many days ahead a deadline is said to be near, on every page.
NEAR_DAYS = 14
#: In the genitive, by number.
MONTHS = ("", "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
          "декабря")  # fmt: skip
NOMINATIVE = ("", "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь",
              "ноябрь", "декабрь")  # fmt: skip


def plural(number: int, forms: str) -> str:
    """The form that goes with the number, out of «one, two, five» in one string.

    >>> [plural(n, "срок,срока,сроков") for n in (1, 3, 5, 11, 21, 112)]
    ['срок', 'срока', 'сроков', 'сроков', 'срок', 'сроков']
    """
    one, few, many = (form.strip() for form in forms.split(","))
    tens, units = abs(number) % 100, abs(number) % 10
    if tens in range(11, 15):
        return many
    return one if units == 1 else few if units in range(2, 5) else many


def day(of: date, today: date | None = None) -> str:
    """«31 октября 2026»; the year is left out when it is that of ``today``.

    >>> day(date(2026, 10, 31), date(2026, 9, 1))
    '31 октября'
    """
    words = day_and_month(of.day, of.month)
    return words if today and today.year == of.year else f"{words} {of.year}"


def day_and_month(day_number: int, month: int) -> str:
    return f"{day_number} {MONTHS[month]}"


def span(point: Point, today: date | None = None) -> str:
    """«15 сентября 2026», or «с 1 мая по 30 июня 2026»."""
    if point.starts_on == point.due_on:
        return day(point.due_on, today)
    same_year = point.starts_on.year == point.due_on.year
    start = day_and_month(point.starts_on.day, point.starts_on.month) if same_year else day(point.starts_on)
    return f"с {start} по {day(point.due_on, today if same_year else None)}"


def left(due_on: date, today: date) -> str:
    """How far the day is.

    >>> left(date(2026, 9, 30), today=date(2026, 9, 17))
    'через 13 дней'
    >>> left(date(2026, 8, 26), today=date(2026, 9, 17))
    'просрочено на 22 дня'
    """
    days = (due_on - today).days
    if days in {0, 1}:
        return ("сегодня", "завтра")[days]
    count = f"{abs(days)} {plural(days, 'день,дня,дней')}"
    return f"через {count}" if days > 0 else f"просрочено на {count}"


#: So many dates are listed before «ещё».
LISTED = 5

_RHYTHMS = {
    Kind.HALF_YEARLY: "раз в полугодие",
    Kind.QUARTERLY: "раз в квартал",
    Kind.MONTHLY: "раз в месяц",
    Kind.WEEKLY: "раз в неделю",
}


_WITHOUT_DATES = {
    Kind.UNKNOWN: "не понято",
    Kind.ON_REQUEST: "по запросу, без дат",
    Kind.BY_SCHEDULE: "даты появятся, когда назначат график «{}»",
}


def understood(reading: Reading, today: date | None = None) -> str:
    """The reading in one short line, for the preview beside the field."""
    if reading.kind is Kind.ONGOING:
        return _check_ins(reading.points, today)
    if reading.kind in _WITHOUT_DATES:
        return _WITHOUT_DATES[reading.kind].format(reading.schedule)
    if not reading.points:
        return "в период дорожной карты ничего не попадает"
    if len(reading.points) == 1 and reading.kind in {Kind.ONCE, Kind.PERIOD}:
        return span(reading.points[0], today)
    return f"{_recurrence(reading)}: {_listed(reading.points)}".removeprefix(": ")


def _check_ins(points: Sequence[Point], today: date | None) -> str:
    ahead = [point.due_on for point in points if today is None or point.due_on >= today]
    if today is None:
        return f"отметка раз в год: {_listed(points)}" if points else "без срока"
    return f"отметка раз в год, ближайшая {_figures(ahead[0])}" if ahead else "без срока"


def _recurrence(reading: Reading) -> str:
    """How the points repeat: the days they share, when they do."""
    if reading.kind is Kind.ONCE:
        return ""
    if reading.kind is not Kind.YEARLY:
        return _RHYTHMS.get(reading.kind, "")
    shared = {_without_year(point) for point in reading.points}
    return f"{shared.pop()} каждый год" if len(shared) == 1 else "каждый год"


def _without_year(point: Point) -> str:
    due = day_and_month(point.due_on.day, point.due_on.month)
    if point.starts_on == point.due_on:
        return due
    return f"с {day_and_month(point.starts_on.day, point.starts_on.month)} по {due}"


def _listed(points: Sequence[Point]) -> str:
    dates = [_figures(point.due_on) for point in points]
    if len(dates) <= LISTED + 1:
        return ", ".join(dates)
    return f"{', '.join(dates[:LISTED])}, ещё {len(dates) - LISTED}"


def _figures(of: date) -> str:
    return f"{of.day:02}.{of.month:02}.{of.year}"


def understood_points(kind: str, due: Sequence[str], schedule: str | None) -> str:
    """The same for a reading that was kept as plain data: its kind, due days as 2026-09-15, and schedule."""
    days = [date.fromisoformat(each) for each in due]
    return understood(Reading("", Kind(kind), schedule, tuple(Point(each, each) for each in days)))
