"""An invitation, a forgotten password, and the new password that either of their letters leads to."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField

from directory.models import Account, Invitation, Organisation, StaffMember
from directory.policy import INVITED_BY_DEPUTIES
from directory.roles import Permission, Role
from kit.forms import CHOOSE, ask_to_choose, portal_helper

#: More people than that are looked for by name.
LONGEST_LIST = 100


class InvitationForm(forms.ModelForm):
    """Whom, into which role, where, by which address."""

    class Meta:
        model = Invitation
        fields = ["staff_member", "role", "organisation", "email"]
        help_texts = {"email": "На неё придёт письмо, с ней человек будет входить. Например: petrova@школа.рф"}

    def __init__(self, *args: Any, by: Account, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_to_choose(self)
        fields: Any = self.fields
        places: Any = Organisation.objects.visible_to(by).filter(closed_on=None)
        if not by.holds(Permission.ACCOUNT_EDIT):
            places = places.filter(pk=by.organisation_id)
            fields["role"].choices = [(role.value, role.label) for role in INVITED_BY_DEPUTIES]
        fields["organisation"].queryset = places.in_natural_order()
        people = StaffMember.objects.visible_to(by)
        fields["staff_member"].queryset = people
        fields["staff_member"].widget.choices = self._offered(people, words)
        self.helper = portal_helper("Пригласить")

    def _offered(self, people: Any, words: str) -> list[tuple[Any, str]]:
        """As many of those found as a list can be read, and whoever is chosen already.

        Those who sign in already are found by name only: a second role is the exception.
        """
        chosen = self["staff_member"].value()
        offered = people.found_by(words) if words else people.filter(account=None)
        found = list(offered.in_natural_order()[:LONGEST_LIST])
        if chosen and str(chosen).isdecimal() and not any(str(person.pk) == str(chosen) for person in found):
            found += people.filter(pk__in=[min(int(chosen), BigIntegerField.MAX_BIGINT)])
        return [("", CHOOSE), *((person.pk, person.full_name) for person in found)]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def clean_staff_member(self) -> StaffMember:
        person: StaffMember = self.cleaned_data["staff_member"]
        if person.invitations.unanswered().exists():
            raise ValidationError("Этот сотрудник уже приглашён: отправьте приглашение ещё раз или отзовите.")
        return person

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if {"staff_member", "role", "organisation", "email"} <= cleaned.keys():
            self._check_taker(cleaned)
        return cleaned

    def _check_taker(self, cleaned: dict[str, Any]) -> None:
        """Refuse now what the link would refuse to the invited person."""
        invitation = Invitation(**cleaned)
        taker = invitation.taker()
        if taker is None:
            return
        if not taker.is_active:
            self.add_error("staff_member", "Вход этого сотрудника закрыт: сначала его открывает администратор.")
        elif not invitation.suits(taker):
            self.add_error("email", "С этой почтой на портал входит другой сотрудник: у каждого своя почта.")
        elif taker.appointments.filter(
            role=cleaned["role"], organisation=cleaned["organisation"], ends_on=None
        ).exists():
            self.add_error("role", "Эта роль у сотрудника уже есть.")


class FirstPasswordForm(SetPasswordForm):
    """The password twice, held against what its owner is called."""

    error_messages = SetPasswordForm.error_messages | {"password_mismatch": "Пароли не совпадают."}

    def __init__(self, *args: Any, submit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "Пароль"
        self.fields["new_password1"].help_text = "Не короче 10 знаков, не только цифры и не из самых частых"
        self.fields["new_password2"].label = "Пароль ещё раз"
        self.fields["new_password2"].help_text = ""
        self.helper = portal_helper(submit)


class ForgottenForm(forms.Form):
    email = forms.EmailField(
        label="Электронная почта",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        help_text="Та, с которой вы входите на портал",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Прислать ссылку")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()
