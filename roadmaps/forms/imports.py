"""A document brought in, and the head of what was understood of it."""

from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from kit.forms import DayField, DaysInOrderMixin, portal_helper
from roadmaps.models import Roadmap

IMPORT_BYTES = 20 * 2**20
PASTE_CHARACTERS = 2_000_000


class ImportForm(forms.Form):
    """A document as a file, or its table pasted from Word or Excel."""

    file = forms.FileField(
        label="Файл", required=False, help_text="Word (.docx), Excel (.xlsx), PDF с текстом или текст, до 20 МБ"
    )
    pasted_html = forms.CharField(required=False, widget=forms.HiddenInput, max_length=PASTE_CHARACTERS)
    pasted = forms.CharField(
        label="или вставьте таблицу",
        required=False,
        max_length=PASTE_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-paste": "pasted_html"}),
        help_text="Выделите таблицу в Word или Excel, скопируйте и вставьте сюда",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Прочитать документ", multipart=True)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > IMPORT_BYTES:
            raise ValidationError("Файл больше 20 МБ. Оставьте в нём только дорожную карту и загрузите снова.")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not (cleaned.get("pasted") or "").strip():
            raise ValidationError("Выберите файл или вставьте таблицу.")
        return cleaned


class ImportHeadForm(DaysInOrderMixin, forms.Form):
    """Head of the understood document, mended by a person before it becomes a roadmap."""

    title = forms.CharField(label="Название", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    starts_on = DayField(label="Начало")
    ends_on = DayField(label="Окончание")
    basis = forms.ChoiceField(label="Счёт годов", choices=Roadmap.BASES)
    document_kind = forms.ChoiceField(label="Документ", choices=Roadmap.DocumentKind.choices, required=False)
    document_number = forms.CharField(label="Номер", max_length=50, required=False)
    document_on = DayField(label="Дата", required=False)
    issuer = forms.CharField(label="Кто утвердил", max_length=500, required=False)
    signatory = forms.CharField(label="Кто подписал", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить")
        self.helper.layout = Layout(
            "title",
            Row("starts_on", "ends_on", "basis"),
            Row("document_kind", "document_number", "document_on"),
            Row("issuer", "signatory"),
        )
