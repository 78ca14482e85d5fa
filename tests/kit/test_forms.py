"""Our crispy pack: labels, help, errors and their ties for those who listen to a page."""

import pytest
from crispy_forms.bootstrap import AppendedText
from crispy_forms.layout import Fieldset, Layout, Row
from crispy_forms.utils import render_crispy_form
from django import forms

from directory.models import Subject
from kit.forms import CHOOSE, DateInput, ask_to_choose, portal_helper


class PlanForm(forms.Form):
    title = forms.CharField(label="Название", help_text="Как в документе")
    due_on = forms.DateField(label="Срок", widget=DateInput(), required=False)
    basis = forms.ChoiceField(label="Год", choices=[("a", "учебный"), ("c", "календарный")], widget=forms.RadioSelect)
    share = forms.IntegerField(label="Доля", required=False)
    agrees = forms.BooleanField(label="Прислать письмо", required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = portal_helper("Сохранить план", back="/plans/", multipart=True)
        self.helper.layout = Layout(
            "title", Fieldset("Когда", Row("due_on", "basis")), AppendedText("share", "%"), "agrees"
        )


@pytest.fixture
def drawn():
    return render_crispy_form(PlanForm(initial={"version": "7"}))


@pytest.fixture
def refused():
    return render_crispy_form(PlanForm({"title": "", "basis": "", "due_on": "завтра"}))


def test_the_form_guards_what_is_typed_and_takes_files(drawn):
    assert '<form data-unsaved="" enctype="multipart/form-data" novalidate="" method="post">' in drawn


def test_required_is_said_in_words(drawn):
    assert (
        '<label class="field__label" for="id_title">Название <span class="field__must">обязательно</span></label>'
        in drawn
    )
    assert '<label class="field__label" for="id_due_on">Срок</label>' in drawn


def test_help_is_tied_to_its_field(drawn):
    assert 'aria-describedby="id_title_helptext"' in drawn
    assert '<div class="field__help" id="id_title_helptext">Как в документе</div>' in drawn


def test_a_choice_among_several_is_a_group_with_a_legend(drawn):
    assert '<legend class="field__label">Год' in drawn
    assert drawn.count('type="radio"') == 2


def test_hidden_fields_outside_the_layout_are_not_lost(drawn):
    assert '<input type="hidden" name="version" value="7" id="id_version">' in drawn


def test_the_buttons_say_the_verb_and_the_way_back(drawn):
    assert "Сохранить план</button>" in drawn
    assert '<a class="button button--quiet" href="/plans/">Отменить</a>' in drawn


def test_a_day_is_typed_in_the_browsers_own_field(drawn):
    assert '<input type="date" name="due_on"' in drawn


def test_a_unit_stands_beside_its_field(drawn):
    assert '<span class="field__affix">%</span>' in drawn


def test_the_summary_takes_focus_and_leads_to_every_field(refused):
    assert '<div class="summary" role="alert" tabindex="-1" autofocus>' in refused
    assert [name for name in ("title", "due_on", "basis_0") if f'<a href="#id_{name}">' in refused] == [
        "title",
        "due_on",
        "basis_0",
    ]


def test_an_error_is_tied_to_its_field(refused):
    assert 'aria-invalid="true" aria-describedby="id_title_helptext id_title_error"' in refused
    assert '<div class="field__error" id="id_title_error">' in refused


def test_a_refusal_says_what_to_do():
    errors = PlanForm({"title": "", "basis": "x", "due_on": "31.02.2026", "share": "1"}).errors

    assert errors == {
        "title": ["Заполните это поле."],
        "basis": ["Выберите из списка."],
        "due_on": ["Введите день так: 15.09.2026."],
    }


def test_an_empty_choice_asks_only_where_one_has_to_be_made():
    class ChoiceForm(forms.Form):
        level = forms.ChoiceField(choices=[("", "---------"), ("city", "город")])
        place = forms.ModelChoiceField(queryset=Subject.objects.none())
        only = forms.ModelChoiceField(queryset=Subject.objects.none(), empty_label=None)
        other = forms.ChoiceField(choices=[("", "нет"), ("city", "город")], required=False)

    form = ChoiceForm()
    ask_to_choose(form)

    assert [list(form.fields[name].choices) for name in ("level", "other")] == [
        [("", CHOOSE), ("city", "город")],
        [("", "нет"), ("city", "город")],
    ]
    assert [form.fields[name].empty_label for name in ("place", "only")] == [CHOOSE, None]
