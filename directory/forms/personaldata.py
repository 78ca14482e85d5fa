"""Consents given and withdrawn, and the last word before data goes for good."""

from datetime import date
from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from directory.models import Consent, StaffMember
from kit.forms import DayField, ask_to_choose, portal_helper
from kit.sorting import searchable
from kit.texts import tidy
from kit.uploads import UploadRefused, check_upload, safe_name

SCAN_BYTES = 10 * 2**20
SCANS = ("application/pdf", "image/jpeg", "image/png")
#: A commission is at least two, or nobody checks the other.
SMALLEST_COMMISSION, LARGEST_COMMISSION = 2, 15
LONGEST_LINE = 200


class ConsentForm(forms.ModelForm):
    """A signed paper: its number, its scan or both."""

    class Meta:
        model = Consent
        fields = ["kind", "given_on", "until", "number", "file"]
        field_classes = {"given_on": DayField, "until": DayField}
        help_texts = {
            "kind": "С 01.09.2025 каждое согласие оформляют отдельным документом",
            "until": "Пусто: до отзыва",
            "number": "Например: 17 или б/н, если есть скан",
            "file": "PDF, JPEG или PNG, до 10 МБ",
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_to_choose(self)
        self.today = today
        self.helper = portal_helper("Сохранить согласие", multipart=True)
        self.helper.layout = Layout("kind", Row("given_on", "until"), "number", "file")

    def clean_given_on(self) -> date:
        day: date = self.cleaned_data["given_on"]
        if day > self.today:
            raise ValidationError("Эта дата ещё не наступила. Проверьте её по документу.")
        return day

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            try:
                self.instance.content_type = check_upload(file, max_bytes=SCAN_BYTES, allowed=SCANS)
            except UploadRefused as refusal:
                raise ValidationError(str(refusal)) from refusal
            self.instance.filename = safe_name(file.name)
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given_on, until = cleaned.get("given_on"), cleaned.get("until")
        if given_on and until and until < given_on:
            self.add_error("until", "Окончание раньше даты согласия. Проверьте обе даты.")
        if not self.errors and not cleaned.get("number") and not cleaned.get("file"):
            self.add_error("number", "Укажите номер документа или приложите скан.")
        return cleaned


class ConsentWithdrawForm(forms.Form):
    withdrawn_on = DayField(label="Дата отзыва", help_text="С этого дня согласие не действует")
    because = forms.CharField(
        label="Причина", max_length=300, help_text="Например: заявление от 12.10.2026. Останется в истории"
    )

    def __init__(self, *args: Any, consent: Consent, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["withdrawn_on"].initial = today
        self.consent, self.today = consent, today
        self.helper = portal_helper("Отозвать согласие")

    def clean_withdrawn_on(self) -> date:
        day: date = self.cleaned_data["withdrawn_on"]
        if day < self.consent.given_on:
            raise ValidationError(f"Согласие дано позже: {self.consent.given_on:%d.%m.%Y}. Проверьте дату.")
        if day > self.today:
            raise ValidationError("Эта дата ещё не наступила. Проверьте её по заявлению.")
        return day


class DepersonaliseForm(forms.Form):
    """The reason, the people who answer for it, and the surname typed by hand: nothing can be given back."""

    because = forms.CharField(
        label="Причина уничтожения", max_length=300, help_text="Например: достигнута цель обработки, договор расторгнут"
    )
    commission = forms.CharField(
        label="Комиссия",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Каждый с новой строки: фамилия, имя, отчество и должность. Не меньше двух человек",
    )
    surname = forms.CharField(label="Фамилия сотрудника", max_length=100)

    def __init__(self, *args: Any, person: StaffMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["surname"].help_text = "Наберите её ещё раз, чтобы подтвердить: вернуть данные будет нельзя"
        self.helper = portal_helper("Обезличить навсегда")

    def clean_because(self) -> str:
        because = tidy(self.cleaned_data["because"])
        if f" {searchable(self.person.last_name)} " in f" {searchable(because)} ":
            raise ValidationError("Не называйте сотрудника: причина останется в портале, имя — только в акте.")
        return because

    def clean_commission(self) -> list[str]:
        members = [" ".join(line.split()) for line in self.cleaned_data["commission"].splitlines() if line.strip()]
        if len(members) < SMALLEST_COMMISSION:
            raise ValidationError("В комиссии не меньше двух человек, каждый с новой строки.")
        if len(members) > LARGEST_COMMISSION or any(len(member) > LONGEST_LINE for member in members):
            raise ValidationError("Не больше 15 человек и 200 знаков в строке.")
        return members

    def clean_surname(self) -> str:
        typed: str = self.cleaned_data["surname"]
        if searchable(typed) != searchable(self.person.last_name):
            raise ValidationError("Фамилия не совпадает с карточкой. Ничего не изменено.")
        return typed
