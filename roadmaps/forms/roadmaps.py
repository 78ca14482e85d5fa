"""The head of a roadmap, its text part and its sections."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from kit.clashes import ClashMixin, GuardedFormMixin
from kit.forms import DayField, DaysInOrderMixin, portal_helper
from roadmaps.actions.lines import passages_as_lines
from roadmaps.models import Passage, Roadmap, Section

STAGE_HELP = "Каждый с новой строки, дни в конце: «Основной этап | 01.09.2026 – 31.05.2027»"


#: Fields of the head that an order prints, and those that tell of the order itself.
PRINTED = ("title", "kind", "starts_on", "ends_on", "goal")
OF_THE_ORDER = ("document_kind", "document_number", "document_on", "issuer", "signatory")


class RoadmapForm(GuardedFormMixin, DaysInOrderMixin, forms.ModelForm):
    class Meta:
        model = Roadmap
        fields = [
            "title", "kind", "state", "starts_on", "ends_on", "basis", "watched_from",
            "document_kind", "document_number", "document_on", "issuer", "signatory", "goal",
        ]  # fmt: skip
        widgets = {
            "title": forms.Textarea(attrs={"rows": 3}),
            "goal": forms.Textarea(attrs={"rows": 3}),
        }
        field_classes = dict.fromkeys(("starts_on", "ends_on", "watched_from", "document_on"), DayField)
        help_texts = {
            "title": "Как в документе, например: Дорожная карта развития наставничества на 2026–2028 годы",
            "basis": "Год кончается 31 декабря (календарный) или 31 августа (учебный): от этого зависит «ежегодно».",
            "document_number": "Как в реестре, например: 38-од",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить")
        self.helper.layout = Layout(
            "title",
            Row("kind", "state"),
            Fieldset("Срок действия", Row("starts_on", "ends_on"), Row("basis", "watched_from")),
            Fieldset("Документ", Row("document_kind", "document_number", "document_on"), "issuer", "signatory"),
            "goal",
        )
        self._keep_what_an_order_says()
        self.guard()

    def _keep_what_an_order_says(self) -> None:
        """An order's own number and date are never typed; what it approved waits for an amending one."""
        text_state = self.instance.text_state
        if text_state == Roadmap.TextState.FREE:
            return
        for name in OF_THE_ORDER if text_state == Roadmap.TextState.AMENDED else PRINTED + OF_THE_ORDER:
            self.fields[name].disabled = True
            self.fields[name].help_text = "Как в зарегистрированном приказе."
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (state, label) for state, label in Roadmap.State.choices if state != Roadmap.State.DRAFT
        ]


class SectionForm(GuardedFormMixin, forms.ModelForm):
    class Meta:
        model = Section
        fields = ["title"]
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"title": "Вместе с номером, если он печатается: «1. Информационная поддержка»"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.helper = portal_helper("Сохранить раздел")
        self.guard()


class PassagesForm(ClashMixin, forms.Form):
    """The text part of a roadmap: one field a kind, one line a statement; a stage ends with its days."""

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить текст")
        now = passages_as_lines(roadmap)
        for kind, text in now.items():
            self.fields[kind] = forms.CharField(
                label=Passage.PLURALS[Passage.Kind(kind)],
                required=False,
                max_length=50_000,
                initial=text,
                widget=forms.Textarea(attrs={"rows": max(3, text.count("\n") + 1)}),
                help_text=STAGE_HELP if kind == Passage.Kind.STAGE else "Каждая с новой строки",
            )
        self.remember(now)

    def clean_stage(self) -> str:
        text: str = self.cleaned_data["stage"]
        for line in filter(None, text.splitlines()):
            try:
                Passage.parse_line(Passage.Kind.STAGE, line)
            except ValueError as error:
                raise ValidationError(f"Не удалось прочитать дни этапа «{line[:60]}». {STAGE_HELP}.") from error
        return text
