"""Lists of figures and what they count: «1-15 сентября», «I и II квартал», «вторая декада мая», «третья среда»."""

from calendar import monthrange
from collections.abc import Iterable

from deadlines.atoms import FOLLOWING, Atom, Every, Halves, Loose, MonthDays, MonthWeekday, Warned, Window
from deadlines.cursor import Cursor
from deadlines.lexicon import LAST, MONTHS_IN, Tag, Unit
from deadlines.parts import LAST_DAY, NthWeekday, Stretch, exists, quarter
from deadlines.span import Kind
from deadlines.tokens import Shape
from deadlines.wording import MONTHS, day_and_month

#: First and last figure of a range; the same twice for a single one.
Range = tuple[int, int]

#: More figures than months in a year are no list of dates; a bound keeps any text quick to read.
LONGEST_LIST = 12

_COMMON_YEAR = 2025
_WEEK = 7
_HALF_MONTH = 15
_EVERY_OTHER = "прочитано как второй такой день месяца; если через неделю, напишите «раз в две недели»"
#: How many of each unit there are in what holds them.
_COUNTS = {Unit.QUARTER: 4, Unit.HALF: 2, Unit.HALF_OF: 2, Unit.DECADE: 3, Unit.WEEK: 5, Unit.NUMBER: 31}


def counted(cursor: Cursor) -> list[Atom] | None:
    """Figures, then what they count."""
    every = cursor.take_tag(Tag.EVERY) is not None
    start = cursor.position
    ranges = figure_ranges(cursor)
    if not ranges:
        return None
    if cursor.sense().tag is Tag.MONTH:
        return _named_months(cursor, ranges)
    if cursor.sense().tag is Tag.WEEKDAY:
        return _weekdays(cursor, ranges, every=every)
    if cursor.sense().tag is Tag.EVENT:
        cursor.take()
        return [Loose(Kind.BY_SCHEDULE, cursor.words(start, cursor.position))]
    return _units(cursor, ranges)


def numbered_after(cursor: Cursor) -> list[Atom] | None:
    """«Квартал I», «кв. 1, 3», «полугодие 2»: the unit before its figures."""
    unit = cursor.take_unit(Unit.QUARTER, Unit.HALF)
    cursor.take_any(":")
    ranges = figure_ranges(cursor) if unit else []
    if not unit or not ranges or cursor.peek().shape is Shape.WORD:
        return None
    ranges = [_meant(pair, unit) for pair in ranges]
    return _parts_of_year(ranges, unit) if _all_exist(ranges, unit) else None


def figure_ranges(cursor: Cursor) -> list[Range]:
    """«1, 3-5 и 7»: every figure up to the counted word; «с 1 по 15» too."""
    ranges: list[Range] = []
    start = cursor.position
    cursor.take_any("с", "со", "от")
    opened = cursor.position > start
    while len(ranges) < LONGEST_LIST and (figure := _figure(cursor)) is not None:
        last = figure
        if _is_link(cursor, opened=opened) and _figure_at(cursor, 1) is not None:
            cursor.take()
            last = _figure(cursor) or figure
        elif opened:
            # «С 1 сентября по 15 мая» is no list of figures: its ends are named apart.
            return []
        ranges.append((figure, last))
        if not (cursor.word() in {",", "и", "/"} and _figure_at(cursor, 1) is not None):
            break
        cursor.take()
    return ranges


def _is_link(cursor: Cursor, *, opened: bool) -> bool:
    return cursor.peek().shape is Shape.DASH or (opened and cursor.word() in {"по", "до"})


def _figure(cursor: Cursor) -> int | None:
    tens = cursor.take_tag(Tag.TENS)
    figure = _figure_at(cursor, 0)
    if figure is not None:
        cursor.take()
    return figure if tens is None or figure is None or not isinstance(tens.value, int) else tens.value + figure


def _figure_at(cursor: Cursor, ahead: int) -> int | None:
    token = cursor.peek(ahead)
    if token.sense.tag is Tag.TENS:
        return _figure_at(cursor, ahead + 1)
    if token.shape is Shape.NUMBER:
        return token.numbers[0]
    if token.sense.tag is Tag.ORDINAL and isinstance(token.sense.value, int):
        return token.sense.value
    return None


def month_list(cursor: Cursor) -> list[int]:
    """The month that stands here and those leaning on the same word: «сентября, октября и мая»."""
    months = [_month(cursor)]
    while cursor.word() in {",", "и"} and cursor.sense(1).tag is Tag.MONTH and cursor.sense(1).bound:
        cursor.take()
        months.append(_month(cursor))
    return months


def _month(cursor: Cursor) -> int:
    value = cursor.take().sense.value
    if cursor.is_unit(Unit.MONTH):
        cursor.take()
    return value if isinstance(value, int) else 0


def _named_months(cursor: Cursor, ranges: Iterable[Range]) -> list[Atom] | None:
    """«1, 15 сентября», «5-10 октября»."""
    if any(LAST in pair for pair in ranges):
        return None
    return [days(pair, month) for month in month_list(cursor) for pair in ranges]


def days(pair: Range, month: int) -> Window | Warned:
    """From one day of a month to another, or the warning that there is no such day."""
    impossible = next((day for day in pair if not exists(day, month)), None)
    if impossible is not None:
        return Warned(f"{impossible} {MONTHS[month]} не бывает")
    first, last = pair
    if last < first:
        return Warned(f"{first}-{last} {MONTHS[month]}: начало позже конца")
    return Window(Stretch((month, first), (month, last)), is_span=first != last)


def _weekdays(cursor: Cursor, ranges: Iterable[Range], *, every: bool) -> list[Atom] | None:
    """«Третья среда месяца», «последняя пятница сентября, ноября»."""
    weekday = cursor.take().sense.value
    numbers = [number for first, last in ranges for number in ((LAST,) if first == LAST else range(first, last + 1))]
    if not isinstance(weekday, int) or not all(
        number == LAST or 1 <= number <= _COUNTS[Unit.WEEK] for number in numbers
    ):
        return None
    cursor.take_any("в", "во")
    if cursor.sense().tag is Tag.MONTH:
        return [Window(NthWeekday(month, number, weekday)) for month in month_list(cursor) for number in numbers]
    _, rhythm = of_unit(cursor)
    is_doubtful = every and numbers == [2] and not (rhythm or cursor.is_unit(Unit.MONTH, -1))
    note: list[Atom] = [Warned(_EVERY_OTHER)] if is_doubtful else []
    return [*rhythm, *(MonthWeekday(number, weekday) for number in numbers), *note]


def of_unit(cursor: Cursor) -> tuple[int | None, list[Atom]]:
    """What follows days without a month: «каждого месяца», «последнего месяца квартала», «следующего за отчётным».

    Gives the month of a quarter when one is named, and the rhythm said by the way.
    """
    start = cursor.position
    number: int | None = None
    while cursor.sense().tag in {Tag.EVERY, Tag.THIS, Tag.ORDINAL}:
        if cursor.sense().tag is Tag.ORDINAL:
            value = cursor.sense().value
            number = 3 if value == LAST else value if isinstance(value, int) else None
        cursor.take()
    unit = cursor.take_unit(Unit.MONTH, Unit.QUARTER, Unit.HALF)
    if unit is None:
        cursor.position = start
        return None, []
    longer = _following(cursor)
    if longer:
        number = FOLLOWING
    unit = longer or unit
    found: list[Atom] = [] if unit is Unit.MONTH else [Every(unit)]
    if number and unit is Unit.MONTH:
        cursor.take_tag(Tag.EVERY, Tag.THIS)
        found = [Every(Unit.QUARTER)] if cursor.take_unit(Unit.QUARTER) else found
    return number, found


def _following(cursor: Cursor) -> Unit | None:
    """Pass «, следующего за отчётным (кварталом)» and say after what: a month unless another unit is named."""
    start = cursor.position
    cursor.take_any(",")
    if cursor.take_tag(Tag.THIS) and cursor.take_any("за", "после"):
        cursor.take_tag(Tag.THIS)
        bracket = cursor.take_any("(")
        unit = cursor.take_unit(Unit.MONTH, Unit.QUARTER, Unit.HALF)
        cursor.take_tag(Tag.TERM)
        if bracket:
            cursor.take_any(")")
        return unit or Unit.MONTH
    cursor.position = start
    return None


def _units(cursor: Cursor, ranges: list[Range]) -> list[Atom] | None:
    working = cursor.take_any("рабочий", "рабочего", "рабочие")
    until = cursor.word(-2) in {"до", "к", "по"} and _is_day_of_month(cursor.word(-1))
    unit = cursor.take_unit(*_COUNTS, Unit.DAY) or (Unit.NUMBER if until else None)
    if unit is Unit.DAY:
        return _nth_day(cursor, ranges, working=working)
    if unit is None or working:
        return None
    ranges = [_meant(pair, unit) for pair in ranges]
    if not _all_exist(ranges, unit):
        return [Warned(f"такого не бывает: {_figures(ranges)} {unit.value}")]
    if unit in {Unit.QUARTER, Unit.HALF}:
        return _parts_of_year(ranges, unit)
    return _numbers(cursor, ranges) if unit is Unit.NUMBER else _pieces(cursor, ranges, unit)


def _all_exist(ranges: Iterable[Range], unit: Unit) -> bool:
    return all(1 <= first <= last <= _COUNTS[unit] for first, last in ranges)


def _parts_of_year(ranges: list[Range], unit: Unit) -> list[Atom]:
    whole = Warned(f"{_figures(ranges)} {unit.value} — один срок; если их несколько, пишите через запятую")
    note: list[Atom] = [whole] if (1, _COUNTS[unit]) in ranges else []
    return [*note, *(_of_year(pair, unit) for pair in ranges)]


def _is_day_of_month(word: str) -> bool:
    """«До 10-го» is said of a day without «числа»."""
    return word[:1].isdigit() and word.endswith(("го", "му", "е"))


def _of_year(pair: Range, unit: Unit) -> Window:
    first, last = pair
    shape = Halves(first, last) if unit is Unit.HALF else Stretch(quarter(first).start, quarter(last).end)
    return Window(shape, is_span=first != last)


def _figures(ranges: Iterable[Range]) -> str:
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def _meant(pair: Range, unit: Unit) -> Range:
    """«Последний» by number, and «11», «111» for Roman II and III where so many cannot be."""
    typed_roman = {11: 2, 111: 3} if unit in MONTHS_IN else {}
    first, last = (_COUNTS[unit] if figure == LAST else typed_roman.get(figure, figure) for figure in pair)
    return first, last


def _nth_day(cursor: Cursor, ranges: list[Range], *, working: bool) -> list[Atom] | None:
    """«Последний день месяца», «последний рабочий день квартала», «первый рабочий день сентября»."""
    if ranges not in ([(LAST, LAST)], [(1, 1)]):
        return None
    day = 1 if ranges == [(1, 1)] else LAST_DAY
    note: list[Atom] = [Warned("рабочие дни учитываются в напоминаниях, срок — по календарю")] if working else []
    if cursor.sense().tag is Tag.MONTH:
        return [*note, *(Window(Stretch((month, day), (month, day))) for month in month_list(cursor))]
    month, every = of_unit(cursor)
    return [*note, *every, MonthDays(day, day, month or ((1 if day == 1 else 3) if every else None))]


def _numbers(cursor: Cursor, ranges: Iterable[Range]) -> list[Atom]:
    """«До 5 числа каждого месяца», «5 и 20 числа», «первые числа сентября»."""
    if vague := _vague_days(cursor):
        return vague
    cursor.take_any("числа")
    if cursor.sense().tag is Tag.MONTH:
        return [days(pair, month) for month in month_list(cursor) for pair in ranges]
    month, every = of_unit(cursor)
    note: list[Atom] = [
        Warned(f"{last}-го числа нет в коротких месяцах: там срок — последний день")
        for _, last in ranges if last >= 29  # noqa: PLR2004 - February has no such day
    ]  # fmt: skip
    return [*note, *every, *(MonthDays(first, last, month) for first, last in ranges)]


def _vague_days(cursor: Cursor) -> list[Atom] | None:
    """«Первые числа», «в двадцатых числах»: ten days of the month that follows."""
    named = cursor.word(-2)
    if cursor.word(-1) not in {"числа", "числах"} or not named.endswith(("ые", "ых", "ие", "их", "-е", "-х")):
        return None
    figure = _figure_at(cursor, -2)
    span = {1: (1, 10), 10: (10, 19), 20: (20, 29), LAST: (21, LAST_DAY)}.get(figure or 0)
    if span is None or cursor.sense().tag is not Tag.MONTH:
        return None
    words = f"{named} {cursor.word(-1)}"
    found = [piece_of(month, span, is_span=True) for month in month_list(cursor)]
    return [*found, Warned(f"«{words}» прочитаны как {_days_read(found)}")]


def _pieces(cursor: Cursor, ranges: list[Range], unit: Unit) -> list[Atom] | None:
    """Decades, weeks and halves of a month, or «первая половина года»."""
    cursor.take_any("в")
    spans = [(_piece(first, unit)[0], _piece(last, unit)[1]) for first, last in ranges]
    if cursor.sense().tag is Tag.MONTH:
        months = month_list(cursor)
        found = [piece_of(month, span, is_span=first != last) for month in months
                 for span, (first, last) in zip(spans, ranges, strict=True)]  # fmt: skip
        note = [Warned(f"неделя месяца прочитана как {_days_read(found)}")] if unit is Unit.WEEK else []
        return [*found, *note]
    if unit is Unit.HALF_OF and _is_year(cursor):
        return [Window(Halves(first, last), is_span=first != last) for first, last in ranges]
    month_number, every = of_unit(cursor)
    if unit is Unit.HALF_OF and cursor.word(-1).startswith("половин"):
        return None
    week = [Warned("неделя месяца прочитана по числам: первая — 1-7")] if unit is Unit.WEEK else []
    return [*every, *week, *(MonthDays(first, last, month_number) for first, last in spans)]


def half_of_month(cursor: Cursor, month: int) -> Window | None:
    """«Вторая половина» of a month named before."""
    start = cursor.position
    ranges = [_meant(pair, Unit.HALF_OF) for pair in figure_ranges(cursor)]
    if len(ranges) == 1 and cursor.take_unit(Unit.HALF_OF) and _all_exist(ranges, Unit.HALF_OF):
        first, last = ranges[0]
        span = (_piece(first, Unit.HALF_OF)[0], _piece(last, Unit.HALF_OF)[1])
        return piece_of(month, span, is_span=False)
    cursor.position = start
    return None


def _is_year(cursor: Cursor) -> bool:
    named = cursor.peek().shape in {Shape.YEAR, Shape.YEARS} or cursor.is_unit(Unit.YEAR)
    return named or cursor.sense().tag in {Tag.LEARNING, Tag.CALENDAR, Tag.THIS}


def _piece(number: int, unit: Unit) -> Range:
    length = {Unit.DECADE: 10, Unit.WEEK: _WEEK, Unit.HALF_OF: _HALF_MONTH}[unit]
    is_last = number == _COUNTS[unit]
    if unit is Unit.WEEK and is_last:
        return LAST_DAY - _WEEK + 1, LAST_DAY
    return (number - 1) * length + 1, LAST_DAY if is_last else number * length


def piece_of(month: int, span: Range, *, is_span: bool) -> Window:
    """A piece of one month; the last week ends with the month, whatever its length."""
    first, last = span
    if first == LAST_DAY - _WEEK + 1:
        first = monthrange(_COMMON_YEAR, month)[1] - _WEEK + 1
    return Window(Stretch((month, first), (month, last)), is_span=is_span)


def _days_read(windows: Iterable[Window]) -> str:
    shapes = (window.shape for window in windows)
    return ", ".join(
        f"{shape.start[1]}-{day_and_month(shape.end[1], shape.end[0])}"
        for shape in shapes
        if isinstance(shape, Stretch)
    )
