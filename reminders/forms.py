"""How a person wants to be reminded."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms

from kit.forms import DayField, portal_helper
from reminders.models import Preference
from reminders.plan import DAYS_BEFORE

BEFORE = {14: "за две недели", 7: "за неделю", 3: "за три дня", 1: "накануне", 0: "в день срока"}


class PreferenceForm(forms.ModelForm):
    """What is late is not asked about: it is always recalled."""

    by_mail = forms.TypedChoiceField(
        label="Где напоминать",
        choices=[(1, "письмом и в портале"), (0, "только в портале")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        help_text="Письмо приходит одно в день и только когда есть о чём напомнить",
    )
    days_before = forms.TypedMultipleChoiceField(
        label="Заранее",
        choices=[(days, BEFORE[days]) for days in DAYS_BEFORE],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="О просроченном портал напоминает всегда",
    )
    away_from = DayField(label="В отпуске с", required=False, help_text="В эти дни писем не будет")
    away_until = DayField(label="В отпуске по", required=False, help_text="Всё придёт в день выхода")

    class Meta:
        model = Preference
        fields = ["by_mail", "days_before", "away_from", "away_until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["by_mail"] = int(self.instance.by_mail)
        self.helper = portal_helper("Сохранить настройки")
        self.helper.layout = Layout("by_mail", "days_before", Row("away_from", "away_until"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("away_from"), cleaned.get("away_until")
        if first and last and last < first:
            self.add_error("away_until", "Окончание раньше начала. Проверьте обе даты.")
        if bool(first) != bool(last) and not {"away_from", "away_until"} & set(self.errors):
            self.add_error("away_until" if first else "away_from", "Укажите оба дня отпуска, первый и последний.")
        return cleaned
