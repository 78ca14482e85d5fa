"""A year's register: whose it is, how its numbers look, where the paper one has stopped."""

from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from directory.models import Account, Organisation
from kit.clashes import GuardedFormMixin
from kit.forms import ask_to_choose, portal_helper
from reports.models import Register


class RegisterForm(GuardedFormMixin, forms.ModelForm):
    class Meta:
        model = Register
        fields = ["pattern", "last_on_paper"]
        help_texts = {
            "pattern": "Где стоит число, напишите {number}. Например: {number}-од",
            "last_on_paper": "С него портал продолжит счёт. Если бумажного журнала в этом году нет, оставьте 0.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nobody writes a million orders in a year; a longer number would not stand on its line.
        self.fields["last_on_paper"].validators.append(MaxValueValidator(999_999, "Проверьте номер: он слишком велик."))
        self.helper = portal_helper("Сохранить журнал")
        self.guard()


class RegisterAddForm(RegisterForm):
    class Meta(RegisterForm.Meta):
        fields = ["organisation", "year", *RegisterForm.Meta.fields]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_to_choose(self)
        organisation = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        organisation.queryset = Organisation.objects.visible_to(account).in_natural_order()
        self.fields["year"].validators += [
            MinValueValidator(1990, "Проверьте год: он слишком давний."),
            MaxValueValidator(2099, "Проверьте год: он слишком далёкий."),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        organisation, year = cleaned.get("organisation"), cleaned.get("year")
        if organisation and year and Register.objects.filter(organisation=organisation, year=year).exists():
            self.add_error("year", "Журнал этого года у организации уже есть: откройте его в списке.")
        return cleaned
