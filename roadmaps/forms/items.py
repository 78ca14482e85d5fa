"""One row of the roadmap."""

from typing import Any

from django import forms

from directory.models import Account
from kit.clashes import ClashMixin
from kit.forms import portal_helper
from roadmaps.actions.lines import parts_as_lines
from roadmaps.models import RoadmapItem, Schedule


class ItemForm(ClashMixin, forms.ModelForm):
    """The whole row at once, for those who edit without scripts; carries what each cell held when it was opened."""

    class Meta:
        model = RoadmapItem
        fields = ["number", "text", "form", "participants", "phrase", "responsible", "note"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "phrase": forms.Textarea(attrs={"rows": 2}),
            "responsible": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "phrase": "Словами, как в документе: «Май–июнь, ежегодно», «до 15 сентября», «2025–2027»",
            "responsible": "Через запятую: «Методисты центра, руководители ШМО, Иванова А. П.»",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить мероприятие")
        self.remember({name: getattr(self.instance, name) for name in self._meta.fields or []})


class FollowForm(forms.Form):
    """Which schedule an item follows."""

    schedule = forms.ModelChoiceField(
        label="График", queryset=Schedule.objects.none(), required=False, empty_label="без графика"
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["schedule"].queryset = Schedule.objects.visible_to(account).order_by("title", "pk")  # type: ignore[attr-defined]
        self.helper = portal_helper("Назначить график")


class PartsForm(ClashMixin, forms.Form):
    """Sub-items of a row, one a line; a sub-item with a deadline of its own ends with it after a bar."""

    parts = forms.CharField(
        label="Подпункты",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Каждый с новой строки; свой срок через черту: «Приказ об итогах года | июль, ежегодно»",
    )

    def __init__(self, *args: Any, item: RoadmapItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = parts_as_lines(item)
        self.fields["parts"].initial = now
        self.remember({"parts": now})
        self.helper = portal_helper("Сохранить подпункты")
