"""What becomes of many cards at once."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms

from directory.actions.bulk import Decision
from directory.models import Account, StaffMember, Subject
from kit.forms import DayField, portal_helper

#: An empty choice leaves the category; this one takes it away.
NO_CATEGORY = "none"
CATEGORIES = [("", "не менять"), (NO_CATEGORY, "нет"), *StaffMember.Category.choices[1:]]


class BulkEditForm(forms.Form):
    """Empty fields leave what stands in the cards; ``seen`` is the mark of what has been shown."""

    added = forms.ModelChoiceField(
        label="Добавить предмет", queryset=Subject.objects.none(), required=False, empty_label="не добавлять"
    )
    removed = forms.ModelChoiceField(
        label="Убрать предмет", queryset=Subject.objects.none(), required=False, empty_label="не убирать"
    )
    category = forms.ChoiceField(label="Категория", choices=CATEGORIES, required=False)
    category_on = DayField(label="Присвоена", required=False, help_text="День решения комиссии")
    load = forms.ChoiceField(
        label="Ведёт уроки или занятия", choices=[("", "не менять"), ("yes", "да"), ("no", "нет")], required=False
    )
    because = forms.CharField(
        label="Причина", max_length=300, help_text="Останется в истории каждой карточки. Например: приказ от 12.11.2026"
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Subject.objects.visible_to(account).order_by("title", "pk")
        for name in ("added", "removed"):
            self.fields[name].queryset = known  # type: ignore[attr-defined]
        self.helper = portal_helper("Показать, что изменится")
        self.helper.layout = Layout(Row("added", "removed"), Row("category", "category_on"), "load", "because", "seen")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("added") and cleaned.get("added") == cleaned.get("removed"):
            self.add_error("removed", "Один и тот же предмет нельзя добавить и убрать.")
        category = cleaned.get("category")
        if category and category != NO_CATEGORY and not cleaned.get("category_on"):
            self.add_error("category_on", "Укажите день присвоения категории.")
        if not category and cleaned.get("category_on"):
            self.add_error("category", "Выберите категорию, которую присвоили в этот день.")
        if not self.errors and not any(cleaned.get(name) for name in ("added", "removed", "category", "load")):
            raise forms.ValidationError("Выберите, что изменить.")
        return cleaned

    @property
    def decision(self) -> Decision:
        cleaned = self.cleaned_data
        category = cleaned["category"]
        return Decision(
            added=cleaned["added"],
            removed=cleaned["removed"],
            category=None if not category else "" if category == NO_CATEGORY else category,
            category_on=None if category == NO_CATEGORY else cleaned["category_on"],
            has_teaching_load=cleaned["load"] == "yes" if cleaned["load"] else None,
        )
