"""The e-mail to sign in with: a new one of one's own, or one that an administrator puts right."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from directory.forms.accounts import ReasonForm
from directory.models import Account
from kit.clashes import ClashMixin
from kit.forms import portal_helper


class EmailField(forms.EmailField):
    """An address as accounts keep it: in lower case."""

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).strip().lower()


class EmailForm(forms.Form):
    email = EmailField(
        label="Новая почта",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="На неё придёт письмо со ссылкой. Например: petrova@школа.рф",
    )
    password = forms.CharField(
        label="Пароль",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Тот, с которым вы входите сейчас",
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.helper = portal_helper("Прислать ссылку")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if email == self.account.email:
            raise ValidationError("Вы и так входите с этой почтой.")
        return email

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not self.account.check_password(password):
            raise ValidationError("Пароль введён неверно.")
        return password


class EmailCorrectForm(ClashMixin, ReasonForm):
    email = EmailField(label="Электронная почта", help_text="С ней человек будет входить; пароль останется прежним")
    field_order = ["email", "because"]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("email", account.email)
        self.remember({"email": account.email})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("email") and cleaned["email"] == cleaned.get("was_email"):
            self.add_error("email", "Это нынешняя почта: напишите другую.")
        return cleaned
