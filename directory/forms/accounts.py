"""What is typed at the door, and what an administrator types about accounts and roles."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError

from directory.models import Account, Appointment, Organisation
from kit.forms import DayField, DaysInOrderMixin, ask_to_choose, portal_helper

#: What a history row holds of a reason.
REASON_LENGTH = 100


class SignInForm(AuthenticationForm):
    """E-mail and password; the answer does not tell which of the two is wrong."""

    username = forms.EmailField(
        label="Электронная почта", widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"})
    )
    error_messages = {
        "invalid_login": "Почта или пароль не подходят. Проверьте раскладку клавиатуры и попробуйте ещё раз.",
        "inactive": "Вход для этой учётной записи закрыт.",
    }

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()

    def get_invalid_login_error(self) -> ValidationError:
        return ValidationError(self.error_messages["invalid_login"], code="invalid_login")


class NewPasswordForm(PasswordChangeForm):
    """The old password and the new one twice."""

    error_messages = PasswordChangeForm.error_messages | {
        "password_incorrect": "Нынешний пароль введён неверно.",
        "password_mismatch": "Новые пароли не совпадают.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Нынешний пароль"
        self.fields["new_password1"].label = "Новый пароль"
        self.fields["new_password1"].help_text = "Не короче 10 знаков, не только цифры и не из самых частых"
        self.fields["new_password2"].label = "Новый пароль ещё раз"
        self.fields["new_password2"].help_text = ""
        self.helper = portal_helper("Изменить пароль")


class ReasonForm(forms.Form):
    """Why: the history of the account keeps it."""

    because = forms.CharField(
        label="Причина", max_length=REASON_LENGTH, help_text="Её увидят в истории. Например: перешёл в другой город"
    )

    def __init__(self, *args: Any, submit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper(submit)


class AppointmentForm(DaysInOrderMixin, forms.ModelForm):
    """A role at an organisation of the giver's municipality, both days included."""

    starts_on = DayField(label="С какого дня", required=False, help_text="Пусто: уже сейчас")
    ends_on = DayField(label="По какой день", required=False, help_text="Пусто: без срока")

    class Meta:
        model = Appointment
        fields = ["role", "organisation", "starts_on", "ends_on"]

    def __init__(self, *args: Any, by: Account, to: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_to_choose(self)
        self.to = to
        self.fields["organisation"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.visible_to(by).filter(closed_on=None).in_natural_order()
        )
        self.helper = portal_helper("Дать роль")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if {"role", "organisation"} <= cleaned.keys() and not self.errors:
            same = self.to.appointments.filter(role=cleaned["role"], organisation=cleaned["organisation"])
            if any(_overlap(cleaned, held) for held in same):
                self.add_error("role", "Эта роль в этой организации в эти дни уже есть.")
        return cleaned


def _overlap(wanted: dict[str, Any], held: Appointment) -> bool:
    begins_later = wanted["starts_on"] and held.ends_on and held.ends_on < wanted["starts_on"]
    ends_earlier = wanted["ends_on"] and held.starts_on and held.starts_on > wanted["ends_on"]
    return not (begins_later or ends_earlier)


class AppointmentEndForm(forms.Form):
    ends_on = DayField(label="Последний день", help_text="Этот день ещё рабочий: роль закроется на следующий")
    because = forms.CharField(
        label="Причина", max_length=REASON_LENGTH, help_text="Её увидят в истории. Например: новый руководитель"
    )

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.appointment = appointment
        self.helper = portal_helper("Завершить роль")

    def clean_ends_on(self) -> Any:
        day, begun = self.cleaned_data["ends_on"], self.appointment.starts_on
        if begun and day < begun:
            raise ValidationError(f"Роль началась {begun:%d.%m.%Y}: последний день не может быть раньше.")
        return day
