"""One row made two, many rows changed at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kit.forms import RecordsField, portal_helper
from roadmaps.models import Roadmap, RoadmapItem

TEXT = {"rows": 4}


class SplitForm(forms.Form):
    """One text made two; carries the text that was on the screen when the form was opened."""

    was = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    stays = forms.CharField(label="Останется в этом мероприятии", widget=forms.Textarea(attrs=TEXT))
    moves = forms.CharField(
        label="Станет новым мероприятием ниже",
        widget=forms.Textarea(attrs=TEXT),
        help_text="Срок и ответственные у него будут те же, потом их можно изменить",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Разделить мероприятие")


class ManyForm(forms.Form):
    """Rows of one roadmap and what to write into them; an empty field changes nothing."""

    items = RecordsField(
        label="Мероприятия",
        queryset=RoadmapItem.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одно мероприятие."},
    )
    phrase = forms.CharField(label="Новый срок", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    responsible = forms.CharField(
        label="Новые ответственные", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Через запятую"
    )
    form = forms.CharField(label="Новая форма", required=False, max_length=300)
    participants = forms.CharField(label="Новые участники", required=False, max_length=300)

    CELLS = ("phrase", "responsible", "form", "participants")

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = RoadmapItem.objects.filter(section__roadmap=roadmap).living().in_order()
        self.fields["items"].queryset = rows  # type: ignore[attr-defined]
        self.fields["items"].label_from_instance = lambda item: f"{item.number} {item.text}"  # type: ignore[attr-defined]
        self.helper = portal_helper("Изменить отмеченные")

    def cells(self) -> dict[str, str]:
        return {cell: self.cleaned_data[cell] for cell in self.CELLS if self.cleaned_data[cell]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.cells():
            raise ValidationError("Заполните хотя бы одно поле: что записать в отмеченные мероприятия.")
        return cleaned
