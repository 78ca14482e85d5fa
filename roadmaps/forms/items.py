"""One row of the roadmap."""

from typing import Any

from django import forms
from django.http import QueryDict

from directory.models import Account
from kit.forms import portal_helper
from roadmaps.models import RoadmapItem, Schedule


class ItemForm(forms.ModelForm):
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
        for name in self._meta.fields or []:
            self.fields[f"was_{name}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=getattr(self.instance, name), strip=False
            )

    def show_clashes(self, clashes: dict[str, str]) -> None:
        """Show beside each cell what somebody else has written there; the next try is made against that."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for cell, theirs in clashes.items():
            data[f"was_{cell}"] = theirs
            self.add_error(cell, f"Пока вы правили, здесь написали: «{theirs}». Ваш текст остался в поле.")
        self.data = data


class FollowForm(forms.Form):
    """Which schedule an item follows."""

    schedule = forms.ModelChoiceField(
        label="График", queryset=Schedule.objects.none(), required=False, empty_label="без графика"
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["schedule"].queryset = Schedule.objects.visible_to(account).order_by("title", "pk")  # type: ignore[attr-defined]
        self.helper = portal_helper("Назначить график")


class PartsForm(forms.Form):
    """Sub-items of a row, one a line; a sub-item with a deadline of its own ends with it after a bar."""

    parts = forms.CharField(
        label="Подпункты",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Каждый с новой строки; свой срок через черту: «Приказ об итогах года | июль, ежегодно»",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить подпункты")

    def typed(self) -> list[tuple[str, str]]:
        """(text, phrase) of each line; a phrase may be empty."""
        lines = (line.strip() for line in self.cleaned_data["parts"].splitlines())
        found = []
        for line in filter(None, lines):
            text, _, phrase = line.partition("|")
            found.append((text.strip(), phrase.strip()))
        return found
