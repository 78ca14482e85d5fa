"""What became of a control point: done, not done, postponed."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from kit.forms import DayField, portal_helper
from kit.uploads import UploadRefused, check_upload, safe_name
from roadmaps.actions.execution import Evidence
from roadmaps.models import ControlPoint

PROOF_BYTES = 20 * 2**20


class CompleteForm(forms.Form):
    done_on = DayField(label="Когда выполнено")
    note = forms.CharField(
        label="Что сделано",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Одной фразой, например: «Провели 3 семинара, 64 участника»",
    )
    file = forms.FileField(
        label="Файл-подтверждение",
        required=False,
        help_text="PDF, Word, Excel, OpenDocument, JPEG, PNG или текст, до 20 МБ",
    )
    link = forms.CharField(
        label="или ссылка",
        required=False,
        max_length=1000,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text="На страницу с новостью, протокол или папку с материалами",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["done_on"].initial = today
        self.helper = portal_helper("Отметить выполненным", multipart=True)

    def clean_done_on(self) -> date:
        done_on: date = self.cleaned_data["done_on"]
        if done_on > self.today:
            raise ValidationError("Этот день ещё не наступил. Укажите день, когда работа была закончена.")
        return done_on

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"].strip()
        if link:
            URLValidator(schemes=["http", "https"], message="Ссылка должна начинаться с http:// или https://")(link)
        return link

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            try:
                self.content_type = check_upload(file, max_bytes=PROOF_BYTES)
            except UploadRefused as refusal:
                raise ValidationError(str(refusal)) from refusal
        return file

    def evidence(self) -> list[Evidence]:
        """What was attached: a file, a link, both or nothing."""
        attached = []
        if file := self.cleaned_data["file"]:
            attached.append(Evidence(file=file, filename=safe_name(file.name), content_type=self.content_type))
        if link := self.cleaned_data["link"]:
            attached.append(Evidence(link=link))
        return attached


class BecauseForm(forms.Form):
    """A verb that wants its reason: not done, not applicable, a refusal."""

    because = forms.CharField(
        label="Причина", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text="Останется в истории"
    )

    def __init__(self, *args: Any, submit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper(submit)


class PostponeForm(forms.Form):
    new_due_on = DayField(label="Новый срок")
    because = forms.CharField(
        label="Почему нужно перенести",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Прочитает тот, кто контролирует исполнение",
    )

    def __init__(self, *args: Any, point: ControlPoint, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.point, self.today = point, today
        self.helper = portal_helper("Попросить перенос")

    def clean_new_due_on(self) -> date:
        day: date = self.cleaned_data["new_due_on"]
        if day == self.point.due_on:
            raise ValidationError("Это и есть нынешний срок. Укажите другой день.")
        if day < self.today:
            raise ValidationError("Новый срок уже прошёл. Укажите день не раньше сегодняшнего.")
        return day


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label="Решение",
        choices=[("grant", "Разрешить перенос"), ("refuse", "Оставить прежний срок")],
        widget=forms.RadioSelect,
    )
    reply = forms.CharField(
        label="Ответ",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="При отказе объясните, почему",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить решение")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "refuse" and not cleaned.get("reply"):
            self.add_error("reply", "Напишите, почему срок остаётся прежним.")
        return cleaned
