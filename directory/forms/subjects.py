"""A subject under a better name."""

from typing import Any

from django import forms

from directory.models import Subject
from kit.clashes import GuardedFormMixin
from kit.forms import portal_helper
from kit.texts import tidy


class SubjectForm(GuardedFormMixin, forms.ModelForm):
    class Meta:
        model = Subject
        fields = ["title"]
        help_texts = {"title": "Например: информатика"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Переименовать")
        self.guard()

    def clean_title(self) -> str:
        return " ".join(tidy(self.cleaned_data["title"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        others = Subject.objects.filter(municipality=self.instance.municipality_id).exclude(pk=self.instance.pk)
        if (title := cleaned.get("title")) and others.called(title).exists():
            self.refuse_twin()
        return cleaned

    def refuse_twin(self) -> None:
        self.add_error("title", "Такой предмет уже есть: замените этот на него у сотрудников, а потом удалите.")
