"""What cannot be seen does not exist, what is refused says why."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.views.generic import DetailView

from directory.models import Organisation
from directory.roles import Role
from kit.access import PolicyMixin, VisibleMixin, require
from kit.verdicts import ALLOWED, denied
from kit.views import PressView
from tests.factories import directory


def test_a_refusal_is_raised_with_its_reason():
    with pytest.raises(PermissionDenied, match="Решает руководитель"):
        require(denied("Решает руководитель."))


def test_what_is_allowed_passes():
    require(ALLOWED)


class Passport(PolicyMixin, VisibleMixin, DetailView):
    model = Organisation
    policy = staticmethod(lambda account, record: denied("Школы закрыты.") if record.kind == "school" else ALLOWED)


@pytest.fixture
def ask(db, today):
    """Asks the passport for an organisation of the reader's municipality or of another one."""
    centre = directory.organisation(kind=Organisation.Kind.CENTRE)
    account = directory.reader(Role.METHODIST, centre).act(today)

    def ask(**fields):
        record = directory.organisation(**{"municipality": centre.municipality} | fields)
        view = Passport()
        view.setup(RequestFactory().get("/"), pk=record.pk)
        view.request.user = account
        return view.get_object()

    return ask


def test_a_visible_record_that_the_policy_allows_is_handed_over(ask):
    assert ask(kind=Organisation.Kind.CENTRE).kind == Organisation.Kind.CENTRE


def test_a_visible_record_may_be_refused_in_words(ask):
    with pytest.raises(PermissionDenied, match="Школы закрыты"):
        ask(kind=Organisation.Kind.SCHOOL)


def test_an_invisible_record_is_not_found_whatever_the_policy_says(ask):
    for kind in (Organisation.Kind.SCHOOL, Organisation.Kind.CENTRE):
        with pytest.raises(Http404):
            ask(kind=kind, municipality=directory.municipality())


def test_a_button_that_does_not_say_what_it_does_is_a_mistake_of_ours():
    with pytest.raises(NotImplementedError, match="PressView must say"):
        PressView().press(Organisation(short_title="Школа"))
