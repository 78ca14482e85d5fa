"""A day of the municipality's own, and a sheet of such days."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from directory.actions.calendars import Change
from directory.models import Account, CalendarDay, Organisation
from directory.resources.calendars import SheetRefused, read_days
from kit.clashes import GuardedFormMixin
from kit.forms import DayField, portal_helper
from kit.uploads import UploadRefused, check_upload

SHEET_BYTES = 2**20

#: So many wrong rows of a sheet are told at once.
TOLD = 20


class CalendarDayForm(GuardedFormMixin, forms.ModelForm):
    is_working = forms.TypedChoiceField(
        label="Какой это день",
        choices=[("False", "выходной"), ("True", "рабочий")],
        coerce=lambda answer: answer == "True",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = CalendarDay
        fields = ["day", "is_working", "title"]
        field_classes = {"day": DayField}
        help_texts = {"title": "например: День города"}

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.helper = portal_helper("Сохранить день")
        self.guard()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        others = CalendarDay.objects.visible_to(self.account).exclude(pk=self.instance.pk)
        if (day := cleaned.get("day")) and others.filter(day=day).exists():
            self.refuse_twin()
        return cleaned

    def refuse_twin(self) -> None:
        self.add_error("day", "Этот день уже есть в календаре. Измените его там.")


class CalendarLoadForm(forms.Form):
    """A sheet of days as a file; ``cleaned_data["text"]`` is what it holds, ``["days"]`` what that means."""

    file = forms.FileField(
        label="Файл", help_text="таблица CSV: день;рабочий;почему. Например: 07.08.2026;нет;День города"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Показать, что изменится", multipart=True)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            check_upload(file, max_bytes=SHEET_BYTES, allowed={"text/plain"})
        except UploadRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "file" in cleaned:
            cleaned["text"] = _decoded(cleaned["file"].read())
            cleaned["days"] = self._read(cleaned["text"])
        return cleaned

    def _read(self, text: str) -> Any:
        try:
            return read_days(text)
        except SheetRefused as refusal:
            told = list(refusal.complaints[:TOLD])
            if left := len(refusal.complaints) - len(told):
                told.append(f"Неверных строк ещё {left}.")
            self.add_error("file", told)
            return []


def _decoded(content: bytes) -> str:
    """A spreadsheet saves texts in UTF-8 with its mark, or in the old Windows alphabet."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


class CalendarConfirmForm(forms.Form):
    """The sheet once more, and by what the reader has seen that it would change."""

    text = forms.CharField(widget=forms.HiddenInput, max_length=SHEET_BYTES, strip=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            cleaned["days"] = read_days(cleaned.get("text", ""))
        except SheetRefused as refusal:
            raise ValidationError(list(refusal.complaints)) from refusal
        return cleaned


def mark_of(changes: list[Change]) -> str:
    """Tells two previews apart: the calendar may change between the preview and the press."""
    return hashlib.sha256(repr(changes).encode()).hexdigest()


class ShiftForm(GuardedFormMixin, forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ["shift"]
        widgets = {"shift": forms.RadioSelect}
        help_texts = {"shift": "когда напоминать и проверять, если срок выпал на нерабочий день; сам срок не меняется"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить")
        self.guard()
