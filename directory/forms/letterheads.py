"""The requisites that stand at the head of an organisation's papers."""

from collections.abc import Callable
from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from directory import requisites
from directory.models import Letterhead
from kit.clashes import GuardedFormMixin
from kit.forms import portal_helper


class LetterheadForm(GuardedFormMixin, forms.ModelForm):
    class Meta:
        model = Letterhead
        fields = [
            "founder", "full_title", "short_title", "place", "address", "phone", "email", "site",
            "okpo", "ogrn", "inn", "kpp", "layout",
        ]  # fmt: skip
        help_texts = {
            "founder": "Кому подчинена организация. Например: Управление образования города Заречинска",
            "full_title": "Дословно, как в уставе. Например: Муниципальное казённое учреждение «Центр развития»",
            "short_title": "Например: МКУ «Центр развития»",
            "place": "Стоит под датой приказа. Например: г. Заречинск",
            "address": "Например: 620000, г. Заречинск, ул. Садовая, д. 1",
            "phone": "Например: (343) 000-00-00",
            "email": "Например: center@example.org",
            "site": "Например: center.example.org",
            "okpo": "8 цифр. Например: 12345678",
            "ogrn": "13 цифр. Например: 1020000000019",
            "inn": "10 цифр. Например: 0012345673",
            "kpp": "9 знаков. Например: 001201001",
            "layout": "Обычно по дате документа: до 18.08.2025 по ГОСТ 2016 года, позже по ГОСТ 2025 года",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить бланк")
        self.helper.layout = Layout(
            Fieldset("Организация", "founder", "full_title", "short_title", "place"),
            Fieldset("Как связаться", "address", Row("phone", "email"), "site"),
            Fieldset("Номера", Row("okpo", "ogrn"), Row("inn", "kpp")),
            Fieldset("Оформление приказов", "layout"),
        )
        self.guard()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.instance.pk and Letterhead.objects.filter(organisation=self.instance.organisation).exists():
            raise ValidationError("Пока вы заполняли бланк, его завёл кто-то другой. Откройте страницу организации.")
        return cleaned

    def clean_inn(self) -> str:
        return self._checked("inn", requisites.check_inn)

    def clean_ogrn(self) -> str:
        return self._checked("ogrn", requisites.check_ogrn)

    def clean_kpp(self) -> str:
        return self._checked("kpp", requisites.check_kpp)

    def clean_okpo(self) -> str:
        return self._checked("okpo", requisites.check_okpo)

    def _checked(self, name: str, check: Callable[[str], None]) -> str:
        """The number without the spaces it is printed with; an empty one is not known yet."""
        number = "".join(str(self.cleaned_data[name]).split())
        try:
            if number:
                check(number)
        except requisites.RequisiteWrong as wrong:
            raise ValidationError(str(wrong)) from wrong
        return number
