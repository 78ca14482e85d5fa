"""Target indicators of a section."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms

from kit.clashes import GuardedFormMixin
from kit.forms import ask_to_choose, portal_helper
from roadmaps.models import Indicator


class IndicatorForm(GuardedFormMixin, forms.ModelForm):
    class Meta:
        model = Indicator
        fields = ["text", "comparison", "target", "unit"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "text": "Как в документе, например: не менее 60 % педагогов участвуют в обмене опытом",
            "target": "Число без единицы; для роста и наличия оставьте пустым",
            "unit": "Например: %, чел.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_to_choose(self)
        self.helper = portal_helper("Сохранить показатель")
        self.helper.layout = Layout("text", Row("comparison", "target", "unit"))
        self.guard()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        counted = cleaned.get("comparison") not in (Indicator.Comparison.GROWTH, Indicator.Comparison.PRESENCE)
        if counted and cleaned.get("target") is None and "target" not in self.errors:
            self.add_error("target", "Для такого сравнения нужно число, к которому идём.")
        return cleaned
