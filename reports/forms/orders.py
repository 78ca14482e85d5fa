"""What is asked of an order as a whole: the day of its registration, a word before a draft is given up."""

from typing import Any

from django import forms

from kit.forms import DayField, portal_helper


class RegisterOrderForm(forms.Form):
    dated_on = DayField(label="Дата приказа", help_text="День, которым приказ подписан.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Зарегистрировать приказ")


class DiscardForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Удалить черновик")
