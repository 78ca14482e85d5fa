"""A sheet as a file, and a refused row of it mended."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from directory.sheets.columns import Column
from directory.sheets.reading import MOST_BYTES
from kit.forms import portal_helper


class SheetLoadForm(forms.Form):
    """The file itself; what it holds is read behind walls, so that only its size matters here."""

    file = forms.FileField(label="Файл", help_text="таблица Excel (.xlsx), OpenDocument (.ods) или CSV, до 20 МБ")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Проверить таблицу", multipart=True)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(f"Файл больше {MOST_BYTES // 2**20} МБ. Разделите таблицу на несколько файлов.")
        return file


class SheetMendForm(forms.Form):
    """What should stand in the refused cells of one row."""

    def __init__(self, columns: Sequence[tuple[Column, str, str]], *args: Any, **kwargs: Any) -> None:
        """``columns`` are with what stands in the cell and why it is refused."""
        super().__init__(*args, **kwargs)
        for column, value, why in columns:
            self.fields[column.key] = forms.CharField(
                label=column.head, initial=value, required=False, max_length=500, help_text=why
            )
        self.helper = portal_helper("Исправить")
