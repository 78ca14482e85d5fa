"""The card of a person, the positions, and the end of work."""

from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import capfirst

from directory.models import Account, Organisation, Position, StaffMember, Subject
from journal.models import REASON_LENGTH
from kit.clashes import GuardedFormMixin
from kit.forms import CHOOSE, DayField, DaysInOrderMixin, RecordsField, portal_helper
from kit.texts import tidy

#: Nobody works before this age, and nobody born earlier works on.
YOUNGEST, OLDEST = 14, 100

NAMES = ["last_name", "first_name", "patronymic"]
WORK = [
    "birth_year", "teaching_from", "has_teaching_load", "category", "category_on", "category_until", "calling",
    "email", "phone",
]  # fmt: skip
PLACE = ["organisation", "title", "engagement", "number", "starts_on", "ends_on"]


class StaffMemberForm(GuardedFormMixin, forms.ModelForm):
    """The card; a day stands for today, by which an impossible year of birth is told."""

    birth_year = forms.IntegerField(label="Год рождения", required=False, help_text="Например: 1994")
    teaching_from = DayField(
        label="Педагогическая работа с", required=False, help_text="Первый день педагогического стажа"
    )
    subjects = RecordsField(
        label="Предметы", queryset=Subject.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    subject_added = forms.CharField(
        label="Ещё предмет", max_length=120, required=False, help_text="Если в списке его нет. Например: астрономия"
    )

    class Meta:
        model = StaffMember
        fields = [*NAMES, *WORK]
        field_classes = {"category_on": DayField, "category_until": DayField}
        help_texts = {
            "category_on": "День решения комиссии",
            "category_until": "Для категорий до 01.09.2023; более поздние бессрочны",
            "calling": "Даётся только имеющим высшую категорию",
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["birth_year"].validators += [
            MinValueValidator(today.year - OLDEST, "Проверьте год рождения: он слишком давний."),
            MaxValueValidator(today.year - YOUNGEST, "Проверьте год рождения: он слишком близкий."),
        ]
        known = Subject.objects.filter(municipality=self.instance.municipality_id).order_by("title", "pk")
        self.fields["subjects"].queryset = known  # type: ignore[attr-defined]
        self.helper = portal_helper("Сохранить карточку")
        self.helper.layout = Layout(
            Fieldset("Кто", Row(*NAMES), "birth_year"),
            Fieldset("Работа", "teaching_from", "has_teaching_load", "subjects", "subject_added"),
            Fieldset("Аттестация", "category", Row("category_on", "category_until"), "calling"),
            Fieldset("Как связаться", Row("email", "phone")),
        )
        if self.instance.pk:
            self.initial["subjects"] = [subject.pk for subject in self.instance.subjects.all()]
        self.guard()
        if self.instance.pk:
            self.remember({"subjects": _keys(self.instance.subjects.all())})

    def clean_subject_added(self) -> str:
        return " ".join(tidy(self.cleaned_data["subject_added"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("calling") and cleaned.get("category") != StaffMember.Category.HIGHEST:
            self.add_error("calling", "Дополнительную категорию дают только имеющим высшую.")
        on, until = cleaned.get("category_on"), cleaned.get("category_until")
        if on and until and until < on:
            self.add_error("category_until", "Окончание раньше присвоения. Проверьте обе даты.")
        if self.instance.pk and "subjects" in cleaned:
            self._settle_subjects(cleaned)
        return cleaned

    def _settle_subjects(self, cleaned: dict[str, Any]) -> None:
        """As with the other fields: what somebody else has changed is kept unless this editor changed it too."""
        current = StaffMember.objects.get(pk=self.instance.pk).subjects.order_by("title", "pk")
        now, typed, was = _keys(current), _keys(cleaned["subjects"]), self.data.get("was_subjects", "")
        if typed == was:
            cleaned["subjects"] = current
        elif now not in (was, typed):
            theirs = ", ".join(subject.title for subject in current) or "ни одного"
            self.data = self.data.copy()
            self.data["was_subjects"] = now
            self.add_error("subjects", f"Пока вы правили, здесь отметили: {theirs}. Ваш выбор остался в поле.")

    def chosen_subjects(self, *, by: Account) -> list[Subject]:
        """The ticked subjects and the one that was typed, made if the municipality has not got it."""
        chosen = list(self.cleaned_data["subjects"])
        if title := self.cleaned_data["subject_added"]:
            same = [each for each in self.fields["subjects"].queryset if each.title.casefold() == title.casefold()]  # type: ignore[attr-defined]
            municipality = self.instance.municipality
            if not same:
                same = [Subject(municipality=municipality, title=title)]
                same[0].sign(by=by)
                same[0].save()
            chosen.append(same[0])
        return chosen


def _keys(subjects: Any) -> str:
    return ",".join(str(key) for key in sorted(subject.pk for subject in subjects))


class PositionForm(GuardedFormMixin, DaysInOrderMixin, forms.ModelForm):
    """One job; ``places`` are the organisations in which this editor may give it."""

    class Meta:
        model = Position
        fields = PLACE
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        help_texts = {
            "title": "Например: учитель математики",
            "starts_on": "Первый день работы в должности; пусто, если неизвестен",
            "ends_on": "Последний день; пусто, если работает",
        }
        labels = {"starts_on": "С какого дня", "ends_on": "По какой день"}

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.queryset, organisation.empty_label = places, CHOOSE
        if places.count() == 1:
            organisation.initial = places[0].pk
            organisation.empty_label = None
        self.helper = portal_helper("Сохранить должность")
        self.helper.layout = Layout("organisation", "title", "engagement", "number", Row("starts_on", "ends_on"))
        self.guard()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        number, organisation = cleaned.get("number"), cleaned.get("organisation")
        if number and organisation and not cleaned.get("ends_on"):
            twins = Position.objects.filter(organisation=organisation, number=number, ends_on=None)
            if twin := twins.exclude(pk=self.instance.pk).select_related("staff_member").first():
                self.add_error("number", f"Этот номер в организации уже есть: {twin.staff_member}")
        return cleaned


class FirstPositionForm(PositionForm):
    """The job under the card of a new person: its fields have names of their own, its buttons are the card's."""

    class Meta(PositionForm.Meta):
        fields = ["organisation", "title", "engagement", "number", "starts_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="position", **kwargs)
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.inputs = []
        self.helper.layout = Layout(
            Fieldset("Первая должность", "organisation", "title", "engagement", Row("number", "starts_on"))
        )


class DismissalForm(forms.Form):
    """The last day of work; from one organisation or, where this editor may, from all of them."""

    organisation = forms.ModelChoiceField(label="Откуда", queryset=Organisation.objects.none(), required=False)
    on = DayField(
        label="Последний рабочий день",
        help_text="Сегодняшний или прошедший закроет вход сразу, будущий — когда этот день закончится.",
    )
    because = forms.CharField(
        label="Основание", max_length=300, required=False, help_text="Например: приказ от 30.08.2026 № 118-к"
    )

    def __init__(self, *args: Any, person: StaffMember, places: Any, may_everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        organisation: Any = self.fields["organisation"]
        organisation.queryset = places
        organisation.empty_label = "отовсюду" if may_everywhere else None
        organisation.required = not may_everywhere
        self.helper = portal_helper("Уволить сотрудника")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, at = cleaned.get("on"), cleaned.get("organisation")
        if not day or self.errors:
            return cleaned
        positions = self.person.positions.filter(organisation=at) if at else self.person.positions.all()
        later = positions.filter(starts_on__gt=day).order_by("-starts_on").first()
        if later:
            self.add_error("on", f"Должность «{later}» начинается {later.starts_on:%d.%m.%Y}, позже этого дня.")
        return cleaned


class PositionRemoveForm(forms.Form):
    because = forms.CharField(
        label="Причина", max_length=REASON_LENGTH, help_text="Её увидят в истории. Например: внесена дважды"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Убрать должность")


class MergeForm(forms.Form):
    """What stays where two records of one person differ, and why they are one."""

    because = forms.CharField(label="Почему это один человек", max_length=300, help_text="Например: сменила фамилию")
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, choices: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, ours, theirs) in choices.items():
            self.fields[name] = forms.ChoiceField(
                label=capfirst(label),
                choices=[("kept", ours), ("swallowed", theirs)],
                initial="kept",
                widget=forms.RadioSelect,
            )
        self.order_fields([*choices, "because", "seen"])
        self.helper = portal_helper("Объединить записи")

    def taken(self) -> set[str]:
        """The fields in which the record that goes is right."""
        return {name for name, answer in self.cleaned_data.items() if answer == "swallowed" and name != "because"}
