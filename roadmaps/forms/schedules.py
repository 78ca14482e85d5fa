"""External schedules and their windows."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from directory.models import Account
from kit.clashes import GuardedFormMixin
from kit.forms import DayField, DaysInOrderMixin, portal_helper
from roadmaps.models import Schedule, ScheduleWindow


class ScheduleForm(GuardedFormMixin, forms.ModelForm):
    class Meta:
        model = Schedule
        fields = ["title"]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.helper = portal_helper("Сохранить график")
        self.guard()

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        others = Schedule.objects.visible_to(self.account).exclude(pk=self.instance.pk)
        if others.filter(title=title).exists():
            raise ValidationError("График с таким названием уже есть.")
        return title


class ScheduleWindowForm(GuardedFormMixin, DaysInOrderMixin, forms.ModelForm):
    class Meta:
        model = ScheduleWindow
        fields = ["starts_on", "ends_on"]
        field_classes = {"starts_on": DayField, "ends_on": DayField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить окно")
        self.guard()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if ends_on := cleaned.get("ends_on"):
            others = ScheduleWindow.objects.filter(schedule=self.instance.schedule).exclude(pk=self.instance.pk)
            if others.filter(ends_on=ends_on).exists():
                self.add_error("ends_on", "Окно с этим последним днём уже есть.")
        return cleaned


class DayForm(forms.Form):
    """The day a school names inside a window."""

    day = DayField(label="День вашей школы")

    def __init__(self, *args: Any, window: ScheduleWindow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.window = window
        self.fields["day"].help_text = f"С {window.starts_on:%d.%m.%Y} по {window.ends_on:%d.%m.%Y}"
        self.helper = portal_helper("Назвать день")

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not self.window.starts_on <= day <= self.window.ends_on:
            raise ValidationError("Этот день не попадает в окно графика.")
        return day
