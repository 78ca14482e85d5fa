"""The head of a roadmap and its sections."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms

from kit.forms import DateInput, portal_helper
from roadmaps.models import Roadmap, Section


class RoadmapForm(forms.ModelForm):
    class Meta:
        model = Roadmap
        fields = [
            "title", "kind", "state", "starts_on", "ends_on", "basis", "watched_from",
            "document_kind", "document_number", "document_on", "issuer", "signatory", "goal",
        ]  # fmt: skip
        widgets = {
            "title": forms.Textarea(attrs={"rows": 3}),
            "goal": forms.Textarea(attrs={"rows": 3}),
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "watched_from": DateInput(),
            "document_on": DateInput(),
        }
        help_texts = {
            "title": "Как в документе, например: Дорожная карта развития наставничества на 2026–2028 годы",
            "basis": "Календарный год кончается 31 декабря, учебный начинается 1 сентября. От этого зависит «ежегодно».",
            "document_number": "Как в реестре, например: 38-од",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить")
        self.helper.layout = Layout(
            "title",
            Row("kind", "state"),
            Fieldset("Срок действия", Row("starts_on", "ends_on"), Row("basis", "watched_from")),
            Fieldset(
                "Документ", Row("document_kind", "document_number", "document_on"), "issuer", "signatory"
            ),
            "goal",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "Окончание раньше начала. Проверьте обе даты.")
        return cleaned


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = ["title"]
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"title": "Вместе с номером, если он печатается: «1. Информационная поддержка»"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.helper = portal_helper("Сохранить раздел")
