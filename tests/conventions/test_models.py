"""Habits of models that are checked instead of remembered."""

import inspect
import re

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, get_resolver
from simple_history.models import HistoricalChanges

from directory.models import Account
from tests.factories import directory, journal, reminders, reports, roadmaps

OURS = [
    model
    for label in ("journal", "directory", "roadmaps", "reminders", "reports")
    for model in apps.get_app_config(label).get_models()
    if not issubclass(model, HistoricalChanges)
]
#: Django's own, of which Account is made.
INHERITED = {"id", "password", "last_login"}
CAPITALS = re.compile(r"^[А-ЯЁ]")
LATIN = re.compile(r"[A-Za-z]")


def names_of(model):
    """Every name a reader may meet: of the model, of one and of many, and of its own fields."""
    fields = [field for field in model._meta.concrete_fields if field.name not in INHERITED]
    return [model._meta.verbose_name, model._meta.verbose_name_plural, *(field.verbose_name for field in fields)]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_names_are_russian_and_lower_case(model):
    strange = [name for name in map(str, names_of(model)) if LATIN.search(name) or CAPITALS.search(name)]

    assert strange == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_who_did_it_stands_beside_when(model):
    fields = {field.name for field in model._meta.concrete_fields}
    alone = [name for name in fields if name.endswith("_by") and not {name[:-2] + "on", name[:-2] + "at"} & fields]

    assert alone == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_days_moments_and_people_are_named_so(model):
    kinds = {"_on": models.DateField, "_at": models.DateTimeField, "_by": models.ForeignKey}
    wrong = [
        field.name
        for field in model._meta.concrete_fields
        for ending, kind in kinds.items()
        if field.name.endswith(ending) and type(field) is not kind
    ]

    assert wrong == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_person_who_leaves_takes_no_record_along(model):
    people = [field for field in model._meta.concrete_fields if field.is_relation and field.related_model is Account]
    taken = [
        field.name for field in people if field.name.endswith("_by") and field.remote_field.on_delete is models.CASCADE
    ]

    assert taken == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_constraints_say_what_they_mean(model):
    names = [constraint.name for constraint in model._meta.constraints]

    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+){2,}", name)] == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_order_is_hidden_in_the_model(model):
    assert model._meta.ordering == []


def test_each_model_has_a_factory_whose_record_is_valid(db):
    makers = [
        maker
        for module in (journal, directory, roadmaps, reminders, reports)
        for _, maker in inspect.getmembers(module, inspect.isfunction)
        if maker.__module__ == module.__name__ and not inspect.signature(maker).parameters.keys() - {"fields"}
    ]
    made = [maker() for maker in makers]

    for record in made:
        # The portal may do things by itself, so nobody is a possible author though no form leaves authors empty.
        record.full_clean(exclude=[field.name for field in record._meta.fields if not field.editable or field.null])

    assert {type(record) for record in made} == set(OURS)


def shown_models():
    """Models that some view looks up."""
    found = set()

    def walk(resolver):
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                found.add(getattr(getattr(pattern.callback, "view_class", None), "model", None))
            else:
                walk(pattern)

    walk(get_resolver())
    return sorted(found - {None}, key=lambda model: model._meta.label)


def test_every_shown_model_says_who_sees_which():
    models_shown = shown_models()

    assert len(models_shown) > 8
    assert [model for model in models_shown if not hasattr(model._default_manager, "visible_to")] == []
