"""Fields that remember what stood in them when the form was opened, so that no editor writes over another."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict


class ClashMixin:
    """Each remembered field has a hidden twin ``was_…``; a clash shows the other text beside the field."""

    fields: dict[str, forms.Field]
    data: Any

    def remember(self, texts: Mapping[str, str]) -> None:
        """Add the hidden twins with what stands there now."""
        for name, text in texts.items():
            self.fields[f"was_{name}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=text, strip=False
            )

    def was(self, name: str) -> str:
        return str(self.cleaned_data[f"was_{name}"])  # type: ignore[attr-defined]

    def show_clashes(self, clashes: Mapping[str, str]) -> None:
        """Show beside each field what somebody else has written there; the next try is made against that."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for name, theirs in clashes.items():
            data[f"was_{name}"] = theirs
            words = f"Пока вы правили, здесь написали: «{theirs}». Ваш текст остался в поле."
            self.add_error(name, words)  # type: ignore[attr-defined]
        self.data = data
