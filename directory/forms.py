"""What is typed at the door."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError


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
