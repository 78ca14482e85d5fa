"""Numbers that the state gives to an organisation: how long they are and which digit checks the others."""

import re
from collections.abc import Iterable

KPP_LENGTH = 9


class RequisiteWrong(Exception):
    """The number cannot be right; the message is Russian and says what to do."""


def check_inn(number: str) -> None:
    """ИНН: 10 digits of an organisation or 12 of an entrepreneur (приказ ФНС России № ЕД-7-14/559@).

    >>> check_inn("7707083893")
    """
    _want_digits("ИНН", number, (10, 12))
    weights = [(2, 4, 10, 3, 5, 9, 4, 6, 8)] if len(number) == 10 else _WEIGHTS_OF_TWELVE  # noqa: PLR2004 - its length
    for each in weights:
        place = len(each)
        _want("ИНН", number[place] == str(_weighed(number, each) % 11 % 10))


def check_ogrn(number: str) -> None:
    """ОГРН: 13 digits, or 15 of an entrepreneur; the last is the remainder of the others (ПП РФ № 438).

    >>> check_ogrn("1027700132195")
    """
    _want_digits("ОГРН", number, (13, 15))
    _want("ОГРН", number[-1] == str(int(number[:-1]) % (len(number) - 2) % 10))


def check_kpp(code: str) -> None:
    """КПП: nine signs, the fifth and the sixth may be letters; it has no check digit.

    >>> check_kpp("773601001")
    """
    if len(code) != KPP_LENGTH:
        raise RequisiteWrong(f"В КПП 9 знаков, здесь: {len(code)}. Например: 770701001.")
    if not re.fullmatch(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}", code):
        raise RequisiteWrong("КПП состоит из цифр; только пятый и шестой знаки могут быть латинскими буквами.")


def check_okpo(number: str) -> None:
    """ОКПО: 8 digits, or 10 of an entrepreneur (ПР 50.1.024).

    Weights grow from one; when the remainder is ten, from three.

    >>> check_okpo("00032537")
    """
    _want_digits("ОКПО", number, (8, 10))
    last = len(number) - 1
    remainder = _weighed(number, range(1, last + 1)) % 11
    if remainder == _TEN:
        remainder = _weighed(number, range(3, last + 3)) % 11 % 10
    _want("ОКПО", number[-1] == str(remainder))


_TEN = 10
_WEIGHTS_OF_TWELVE = [(7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)]


def _weighed(number: str, weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))


def _want_digits(name: str, number: str, lengths: tuple[int, int]) -> None:
    if not re.fullmatch(r"[0-9]+", number):
        raise RequisiteWrong(f"{name} состоит из одних цифр. Уберите остальное.")
    if len(number) not in lengths:
        of_organisation, of_person = lengths
        raise RequisiteWrong(
            f"В {name} организации {of_organisation} цифр (у предпринимателя {of_person}), здесь знаков: {len(number)}."
        )


def _want(name: str, is_right: bool) -> None:
    if not is_right:
        raise RequisiteWrong(f"Контрольная цифра {name} не сходится: в одной из цифр опечатка. Сверьте с документом.")
