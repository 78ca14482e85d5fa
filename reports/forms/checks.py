"""The file that somebody holds, to be compared with the registered one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kit.forms import portal_helper
from kit.uploads import UploadRefused, check_upload

#: An order with the longest of annexes takes less than one megabyte.
MAX_BYTES = 20 * 2**20


class CheckForm(forms.Form):
    file = forms.FileField(
        label="Файл приказа", help_text="PDF, который у вас на руках. Портал сравнит его с подлинником и не сохранит."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сравнить файл", multipart=True)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            check_upload(file, max_bytes=MAX_BYTES, allowed=("application/pdf",))
        except UploadRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return file
