"""Numbers and dates of Excel in the words its reader sees: «85%», «апрель 2025», not 0.85 and 45748."""

import re
from datetime import date, datetime, time, timedelta

#: Formats that Excel knows by number and does not write into the file; the others without an entry are plain.
BUILT_IN = {
    2: "0.00", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd.mm.yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "dd.mm.yyyy h:mm",
}  # fmt: skip
_MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
           "декабрь")  # fmt: skip
_MONTHS_OF_A_DAY = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
                    "ноября", "декабря")  # fmt: skip
_NOT_LETTERS_OF_A_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_MINUTES = re.compile(r"h+[^a-z]*m+|m+(?=[^a-z]*s)", re.IGNORECASE)
_DECIMALS = re.compile(r"[0#]\.(0+)")

Value = str | float | bool | date | datetime | time | timedelta


def printed(value: Value, code: str = "") -> str:
    """``value`` as the sheet shows it under the number format ``code``, decimals with a comma.

    >>> [printed(287.0), printed(0.85, "0%"), printed(1.5), printed(1.5, "0.00"), printed(True)]
    ['287', '85%', '1,5', '1,50', 'ИСТИНА']
    >>> printed(date(2025, 4, 1), "mmm yy"), printed(date(2025, 9, 15), "d mmm"), printed(date(2025, 9, 15))
    ('апрель 2025', '15 сентября', '15.09.2025')
    """
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, int | float):
        return _number(value, code)
    if isinstance(value, date):
        return _date(value, code)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)


def _number(value: float, code: str) -> str:
    letters = _NOT_LETTERS_OF_A_FORMAT.sub("", code.partition(";")[0])
    percent = "%" if "%" in letters else ""
    shown = value * 100 if percent else value
    decimals = _DECIMALS.search(letters)
    written = f"{shown:.{len(decimals[1])}f}" if decimals else f"{shown:.12g}"
    return written.replace(".", ",") + percent


def _date(value: date, code: str) -> str:
    """Excel turns a typed «апрель 2025» or «15 сентября» into a full date; the format remembers what was typed."""
    letters = _MINUTES.sub("", _NOT_LETTERS_OF_A_FORMAT.sub("", code.partition(";")[0])).lower()
    if "m" in letters and "d" not in letters:
        month = _MONTHS[value.month - 1]
        return f"{month} {value.year}" if "y" in letters else month
    if "mmm" in letters and "y" not in letters:
        return f"{value.day} {_MONTHS_OF_A_DAY[value.month - 1]}"
    moment = f" {value:%H:%M}" if isinstance(value, datetime) and (value.hour or value.minute) else ""
    return f"{value:%d.%m.%Y}{moment}"
