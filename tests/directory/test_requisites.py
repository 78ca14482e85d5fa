"""Numbers of an organisation: right ones pass, and any one mistyped digit is told."""

import pytest

from directory.requisites import RequisiteWrong, check_inn, check_kpp, check_ogrn, check_okpo

# Published requisites of a large bank and of the tax service, and invented ones of each length.
RIGHT = [
    (check_inn, "7707083893"),
    (check_inn, "7707329152"),
    (check_inn, "500100732259"),
    (check_ogrn, "1027700132195"),
    (check_ogrn, "304500116000157"),
    (check_okpo, "00032537"),
    (check_okpo, "0123456789"),
]


@pytest.mark.parametrize(("check", "number"), RIGHT)
def test_a_right_number_passes(check, number):
    assert check(number) is None


@pytest.mark.parametrize(("check", "number"), RIGHT)
def test_a_wrong_last_digit_is_told(check, number):
    wrong = [number[:-1] + digit for digit in "0123456789" if digit != number[-1]]

    for each in wrong:
        with pytest.raises(RequisiteWrong, match="Контрольная цифра"):
            check(each)


@pytest.mark.parametrize(
    ("check", "number", "says"),
    [
        (check_inn, "770708389", "В ИНН организации 10 цифр (у предпринимателя 12), здесь знаков: 9."),
        (check_inn, "77O7083893", "ИНН состоит из одних цифр. Уберите остальное."),
        (check_inn, "٧٧٠٧٠٨٣٨٩٣", "ИНН состоит из одних цифр. Уберите остальное."),
        (check_ogrn, "102770013219", "В ОГРН организации 13 цифр (у предпринимателя 15), здесь знаков: 12."),
        (check_okpo, "0003253", "В ОКПО организации 8 цифр (у предпринимателя 10), здесь знаков: 7."),
        (check_kpp, "77360100", "В КПП 9 знаков, здесь: 8. Например: 770701001."),
        (check_kpp, "7736Я1001", "КПП состоит из цифр; только пятый и шестой знаки могут быть латинскими буквами."),
    ],
)
def test_a_number_of_another_shape_is_told_in_words(check, number, says):
    with pytest.raises(RequisiteWrong) as refusal:
        check(number)

    assert str(refusal.value) == says


@pytest.mark.parametrize("code", ["773601001", "7736AB001"])
def test_a_kpp_may_hold_two_letters(code):
    assert check_kpp(code) is None
