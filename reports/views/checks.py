"""The public check of a paper: its code tells whether it is authentic and in force, its file whether it is ours."""

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.generic import FormView
from django.views.generic.detail import SingleObjectMixin

from reports.forms.checks import CheckForm
from reports.models import Order


@method_decorator(login_not_required, name="dispatch")
class OrderCheck(SingleObjectMixin, FormView):
    """Public: who holds the paper holds its code. A draft has no paper yet, so its code leads nowhere."""

    model = Order
    queryset = Order.objects.registered().select_related("issuer", "roadmap", "edition")
    slug_field = slug_url_kwarg = "code"
    form_class = CheckForm
    template_name = "reports/order_check.html"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = self.object
        return super().get_context_data(**kwargs) | {
            "order": order,
            "issuer": order.issuer.named_on(order.dated_on),
            "amendments": self.amendments(),
        }

    def amendments(self) -> list[Order]:
        """Registered orders that changed the same roadmap after this one."""
        later = Order.objects.registered().filter(
            roadmap=self.object.roadmap_id, kind=Order.Kind.AMEND, edition__number__gt=self.object.edition.number
        )
        return list(later.order_by("edition__number"))

    def form_valid(self, form: CheckForm) -> HttpResponse:
        """The file is read through once and kept nowhere."""
        fingerprint = hashlib.sha256()
        for chunk in form.cleaned_data["file"].chunks():
            fingerprint.update(chunk)
        is_ours = fingerprint.hexdigest() == self.object.digest
        return self.render_to_response(self.get_context_data(form=form, is_compared=True, is_ours=is_ours))
