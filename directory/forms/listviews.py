"""The name of a saved view, and for whom it is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from directory.models import SavedView
from directory.models.listviews import LONGEST_QUERY
from kit.forms import portal_helper
from kit.verdicts import Verdict


class SavedViewForm(forms.ModelForm):
    """The query comes with the address of the page; sharing is offered to those who may."""

    class Meta:
        model = SavedView
        fields = ["title", "is_default", "is_shared"]

    def __init__(self, *args: Any, may_share: Verdict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]
        self.helper = portal_helper("Сохранить вид")

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"].strip()
        twins = SavedView.objects.filter(
            kept_for=self.instance.kept_for, list_name=self.instance.list_name, title=title
        )
        if twins.exists():
            raise ValidationError("Вид с таким названием у вас уже есть. Назовите иначе.")
        return title

    def clean(self) -> dict[str, Any]:
        if len(self.instance.query) > LONGEST_QUERY:
            raise ValidationError("Отбор слишком длинный: сократите слова в нём.")
        cleaned: dict[str, Any] = super().clean() or {}
        return cleaned
