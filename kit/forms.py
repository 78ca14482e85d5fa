"""What every form of the portal starts from: crispy defaults and the browser's own date field."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

#: Stands in an empty choice that has to be made.
CHOOSE = "выберите"


class DateInput(forms.DateInput):
    """The browser's own date field; it wants days as YYYY-MM-DD."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class DayField(forms.DateField):
    """A day of people's work; a year mistyped as 0206 or 20226 is told beside the field."""

    widget = DateInput
    default_validators = [
        MinValueValidator(date(1990, 1, 1), "Проверьте год: он слишком давний."),
        MaxValueValidator(date(2099, 12, 31), "Проверьте год: он слишком далёкий."),
    ]


class RecordsField(forms.ModelMultipleChoiceField):
    """A choice of several records; a number too long for the database is refused as any other wrong one."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value") from error


class DaysInOrderMixin:
    """A form with ``starts_on`` and ``ends_on``: an end before its start is told beside the end."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "Окончание раньше начала. Проверьте обе даты.")  # type: ignore[attr-defined]
        return cleaned


def ask_to_choose(form: forms.BaseForm) -> None:
    """Let an empty choice that has to be made say so, where Django draws a row of hyphens."""
    for field in form.fields.values():
        if field.required and isinstance(field, forms.ModelChoiceField):
            field.empty_label = field.empty_label and CHOOSE
        elif field.required and isinstance(field, forms.ChoiceField):
            offered: Any = field.choices
            field.choices = [(key, label if key else CHOOSE) for key, label in offered]


def portal_helper(submit: str, *, back: str = "", multipart: bool = False) -> FormHelper:
    """A helper whose one strong button says the verb and the object; ``back`` is where «Отменить» leads.

    The browser's own bubbles are off: our summary names every error at once, in Russian, and stays.
    """
    helper = FormHelper()
    helper.attrs = {"novalidate": "", "data-unsaved": ""}
    if multipart:
        helper.attrs["enctype"] = "multipart/form-data"
    helper.render_hidden_fields = True
    helper.back = back
    helper.add_input(Submit("", submit))
    return helper
