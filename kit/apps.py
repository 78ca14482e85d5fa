"""The kit as an app: its template tags, and the words with which every form refuses."""

from django.apps import AppConfig
from django.forms import ChoiceField, DateField, Field, ModelChoiceField, ModelMultipleChoiceField

#: Django's own words say what is wrong with a field; ours say what to do. Fields with words of their own keep them.
REFUSALS: dict[tuple[type[Field], str], str] = {
    (Field, "required"): "Заполните это поле.",
    (DateField, "invalid"): "Введите день так: 15.09.2026.",
    (ChoiceField, "invalid_choice"): "Выберите из списка.",
    (ModelChoiceField, "invalid_choice"): "Выберите из списка.",
    (ModelMultipleChoiceField, "invalid_choice"): "Выберите из списка.",
    (ModelMultipleChoiceField, "invalid_pk_value"): "Выберите из списка.",
}


class KitConfig(AppConfig):
    name = "kit"

    def ready(self) -> None:
        for (field, code), words in REFUSALS.items():
            field.default_error_messages[code] = words
