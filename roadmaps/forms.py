"""What is typed about roadmaps, turned into clean values."""

from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from directory.models import Account
from kit.forms import DateInput, portal_helper
from kit.uploads import UploadRefused, check_upload, safe_name
from roadmaps.actions.execution import Evidence
from roadmaps.models import ControlPoint, Roadmap, RoadmapItem, Schedule, ScheduleWindow, Section

PROOF_BYTES = 20 * 2**20
IMPORT_BYTES = 20 * 2**20
PASTE_CHARACTERS = 2_000_000


class RoadmapForm(forms.ModelForm):
    class Meta:
        model = Roadmap
        fields = [
            "title", "kind", "state", "starts_on", "ends_on", "basis", "watched_from",
            "document_kind", "document_number", "document_on", "issuer", "signatory", "goal",
        ]  # fmt: skip
        widgets = {
            "title": forms.Textarea(attrs={"rows": 3}),
            "goal": forms.Textarea(attrs={"rows": 3}),
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "watched_from": DateInput(),
            "document_on": DateInput(),
        }
        help_texts = {
            "title": "Как в документе, например: Дорожная карта развития наставничества на 2026–2028 годы",
            "basis": "Календарный год кончается 31 декабря, учебный начинается 1 сентября. От этого зависит «ежегодно».",
            "document_number": "Как в реестре, например: 38-од",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить")
        self.helper.layout = Layout(
            "title",
            Row("kind", "state"),
            Fieldset("Срок действия", Row("starts_on", "ends_on"), Row("basis", "watched_from")),
            Fieldset(
                "Документ", Row("document_kind", "document_number", "document_on"), "issuer", "signatory"
            ),
            "goal",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "Окончание раньше начала. Проверьте обе даты.")
        return cleaned


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = ["title"]
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"title": "Вместе с номером, если он печатается: «1. Информационная поддержка»"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.helper = portal_helper("Сохранить раздел")


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


class CompleteForm(forms.Form):
    done_on = forms.DateField(label="Когда выполнено", widget=DateInput())
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
    new_due_on = forms.DateField(label="Новый срок", widget=DateInput())
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
        label="Решение", choices=[("grant", "Разрешить перенос"), ("refuse", "Оставить прежний срок")],
        widget=forms.RadioSelect,
    )
    reply = forms.CharField(
        label="Ответ", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
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


class ImportHeadForm(forms.Form):
    """Head of the understood document, mended by a person before it becomes a roadmap."""

    title = forms.CharField(label="Название", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    starts_on = forms.DateField(label="Начало", widget=DateInput())
    ends_on = forms.DateField(label="Окончание", widget=DateInput())
    basis = forms.ChoiceField(label="Счёт годов", choices=Roadmap.BASES)
    document_kind = forms.ChoiceField(label="Документ", choices=Roadmap.DocumentKind.choices, required=False)
    document_number = forms.CharField(label="Номер", max_length=50, required=False)
    document_on = forms.DateField(label="Дата", widget=DateInput(), required=False)
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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "Окончание раньше начала. Проверьте обе даты.")
        return cleaned


class ScheduleForm(forms.ModelForm):
    class Meta:
        model = Schedule
        fields = ["title"]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.helper = portal_helper("Сохранить график")

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        others = Schedule.objects.visible_to(self.account).exclude(pk=self.instance.pk)
        if others.filter(title=title).exists():
            raise ValidationError("График с таким названием уже есть.")
        return title


class ScheduleWindowForm(forms.ModelForm):
    class Meta:
        model = ScheduleWindow
        fields = ["starts_on", "ends_on"]
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить окно")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "Окно кончается раньше, чем начинается.")
        elif ends_on:
            others = ScheduleWindow.objects.filter(schedule=self.instance.schedule).exclude(pk=self.instance.pk)
            if others.filter(ends_on=ends_on).exists():
                self.add_error("ends_on", "Окно с этим последним днём уже есть.")
        return cleaned


class FollowForm(forms.Form):
    """Which schedule an item follows."""

    schedule = forms.ModelChoiceField(
        label="График", queryset=Schedule.objects.none(), required=False, empty_label="без графика"
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["schedule"].queryset = Schedule.objects.visible_to(account).order_by("title", "pk")  # type: ignore[attr-defined]
        self.helper = portal_helper("Назначить график")
