"""What is typed at the door."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError

from kit.forms import portal_helper


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
