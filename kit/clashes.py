"""Fields that remember what stood in them when the form was opened, so that no editor writes over another."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.forms.models import model_to_dict
from django.http import QueryDict

from kit.texts import tidy


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
        if not clashes:
            return
        data = QueryDict(mutable=True)
        data.update(self.data)
        for name, theirs in clashes.items():
            data[f"was_{name}"] = theirs
            words = f"Пока вы правили, здесь написали: «{theirs}». Ваш текст остался в поле."
            self.add_error(name, words)  # type: ignore[attr-defined]
        self.data = data


class GuardedFormMixin(ClashMixin):
    """A model form that writes only what its editor changed, and only over what its editor saw.

    Call ``guard`` at the end of ``__init__``. A field changed by somebody else meanwhile keeps that change unless
    this editor changed it too: then both are shown.
    """

    instance: Any
    _meta: Any

    def guard(self) -> None:
        if self.instance.pk:
            self.remember(self._words(self.instance))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        if not self.instance.pk:
            return cleaned
        current = type(self.instance)._default_manager.get(pk=self.instance.pk)  # noqa: SLF001 - Django documents it
        now, clashes = self._words(current), {}
        for name in [name for name in now if f"was_{name}" in self.data and name in cleaned]:
            was, typed = tidy(self.data[f"was_{name}"]), tidy(str(self.data.get(name, "")))
            if typed == was:
                cleaned[name] = getattr(current, name)
            elif tidy(now[name]) not in (was, typed):
                clashes[name] = now[name]
        self.show_clashes(clashes)
        return cleaned

    def _words(self, record: models.Model) -> dict[str, str]:
        """What each field of the form shows for a record, as the browser will send it back."""
        words = {}
        for name, value in model_to_dict(record, self._meta.fields).items():
            shown = self.fields[name].widget.format_value(value)
            words[name] = str((shown[0] if shown else "") if isinstance(shown, list) else shown or "")
        return words
