"""Codes typed at the second step of signing in, and what turns that step off."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from directory.models import Account
from kit.forms import portal_helper

WRONG_CODE = (
    "Код не подошёл. Дождитесь следующего кода в приложении и введите его; после каждой ошибки портал ждёт дольше."
)


class CodeForm(forms.Form):
    data: Any
    code = forms.CharField(
        label="Код",
        max_length=20,
        help_text="Шесть цифр из приложения",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )

    def __init__(self, *args: Any, submit: str = "Подтвердить", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper(submit)
        # A code is good for half a minute or for once: kept in the browser it helps only the next one at the desk.
        del self.helper.attrs["data-unsaved"]

    def refuse(self) -> None:
        """Tell that the code is wrong, and leave the field empty for the next one."""
        self.data = self.data.copy()
        self.data["code"] = ""
        self.add_error("code", WRONG_CODE)


class SignInCodeForm(CodeForm):
    """At the door a recovery code is as good, so the keyboard of the telephone offers letters too."""

    code = forms.CharField(
        label="Код",
        max_length=20,
        help_text="Шесть цифр из приложения или один из кодов восстановления",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class TurnOffForm(SignInCodeForm):
    password = forms.CharField(
        label="Пароль", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    field_order = ["password", "code"]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["code"].widget.attrs.pop("autofocus")

    def clean_password(self) -> str:
        if not self.account.check_password(self.cleaned_data["password"]):
            raise ValidationError("Пароль введён неверно.")
        return str(self.cleaned_data["password"])
