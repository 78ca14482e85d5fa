"""The passport of an organisation, its contacts, its names and its end."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from directory import requisites
from directory.models import Organisation
from directory.models.organisations import Name
from kit.clashes import GuardedFormMixin
from kit.forms import DayField, ask_to_choose, portal_helper

CONTACTS = ["address", "phone", "email", "site"]
CONTACTS_HELP = {
    "address": "Например: 620000, г. Заречинск, ул. Садовая, д. 1",
    "phone": "Например: (343) 000-00-00",
    "email": "Например: school9@example.org",
    "site": "Например: school9.example.org",
}


class TwinMixin:
    """Refuses what another organisation of the municipality bears already."""

    def refuse_twin(self, organisation: Organisation, field: str, value: str, words: str) -> None:
        others = Organisation.objects.filter(municipality=organisation.municipality_id).exclude(pk=organisation.pk)
        if value and others.filter(**{field: value}).exists():
            self.add_error(field, words)  # type: ignore[attr-defined]


class OrganisationForm(GuardedFormMixin, TwinMixin, forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ["kind", "title", "title_genitive", "short_title", "inn", *CONTACTS]
        help_texts = CONTACTS_HELP | {
            "title": "Исправьте здесь опечатку. Новое название дают кнопкой «Переименовать»: прежнее останется в старых"
            " документах.",
            "inn": "10 цифр, по ним организацию находят в таблицах",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_to_choose(self)
        if not self.instance.pk:
            self.fields["title"].help_text = "Как в уставе. Например: МБОУ «Средняя общеобразовательная школа № 9»"
        self.helper = portal_helper("Сохранить организацию")
        self.helper.layout = Layout(
            Fieldset("Название", "kind", "title", "title_genitive", "short_title"),
            Fieldset("Как связаться", "address", Row("phone", "email"), "site"),
            Fieldset("Номера", "inn"),
        )
        self.guard()

    def clean_inn(self) -> str:
        number = "".join(str(self.cleaned_data["inn"]).split())
        try:
            if number:
                requisites.check_inn(number)
        except requisites.RequisiteWrong as wrong:
            raise ValidationError(str(wrong)) from wrong
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        twin = "Организация с таким коротким названием уже есть."
        self.refuse_twin(self.instance, "short_title", cleaned.get("short_title", ""), twin)
        self.refuse_twin(self.instance, "inn", cleaned.get("inn", ""), "Этот ИНН уже записан за другой организацией.")
        return cleaned


class ContactsForm(GuardedFormMixin, forms.ModelForm):
    class Meta:
        model = Organisation
        fields = CONTACTS
        help_texts = CONTACTS_HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить контакты")
        self.guard()


class RenameForm(TwinMixin, forms.Form):
    """Another name and the first day on which it is borne."""

    title = forms.CharField(label="Полное название", max_length=400)
    title_genitive = forms.CharField(
        label="Полное название в родительном падеже",
        max_length=400,
        required=False,
        help_text="Например: Средней общеобразовательной школы № 9",
    )
    short_title = forms.CharField(label="Короткое название", max_length=120, help_text="Например: Школа № 9")
    on = DayField(label="С какого дня", help_text="Документы, датированные раньше, сохранят прежнее название.")
    because = forms.CharField(
        label="Основание", max_length=100, required=False, help_text="Например: постановление от 12.08.2026 № 914"
    )

    def __init__(self, *args: Any, organisation: Organisation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.today = organisation, today
        self.helper = portal_helper("Переименовать организацию")

    @property
    def name(self) -> Name:
        cleaned = self.cleaned_data
        return Name(cleaned["title"], cleaned["title_genitive"], cleaned["short_title"])

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError("Этот день ещё не наступил. Переименуйте, когда название сменится.")
        borne_until = self.organisation.former_names.order_by("-ends_on").values_list("ends_on", flat=True).first()
        if borne_until and day <= borne_until + timedelta(days=1):
            raise ValidationError(
                f"Нынешнее название появилось {borne_until + timedelta(days=1):%d.%m.%Y}: нужен день позже."
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        twin = "Организация с таким коротким названием уже есть."
        self.refuse_twin(self.organisation, "short_title", cleaned.get("short_title", ""), twin)
        if not self.errors and self.name == self.organisation.name:
            raise ValidationError("Название то же самое. Измените его или вернитесь назад.")
        return cleaned


class CloseForm(forms.Form):
    on = DayField(label="Последний день работы")
    because = forms.CharField(
        label="Основание", max_length=100, required=False, help_text="Например: постановление от 12.08.2026 № 914"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Закрыть организацию")
