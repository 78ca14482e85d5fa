"""The smallest valid records of papers, and an order that is ready to be registered."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

from model_bakery import baker

from directory.models import Organisation
from reports.models import Bundle, BundledOrder, Clause, Order, Register, Wording
from tests.factories import directory, roadmaps

A_MOMENT = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)

_numbers = itertools.count(1)


def order(**fields: Any) -> Order:
    """A draft without clauses."""
    if "roadmap" not in fields:
        fields["roadmap"] = roadmaps.roadmap()
    municipality = fields.setdefault("municipality", fields["roadmap"].municipality)
    if "issuer" not in fields:
        fields["issuer"] = directory.organisation(municipality=municipality, kind=Organisation.Kind.CENTRE)
    defaults = {"kind": Order.Kind.APPROVE, "heading": "Об утверждении дорожной карты", "created_at": A_MOMENT}
    return baker.make(Order, **defaults | fields)


def ready_order(**fields: Any) -> Order:
    """A draft that nothing speaks against: signed by somebody, with its clauses, over a roadmap with one dated row."""
    made = order(**{"signatory_post": "Директор", "signatory_name": "Д.С. Липова"} | fields)
    roadmaps.item(section=roadmaps.section(roadmap=made.roadmap), number="1.", phrase="март")
    clause(order=made, text="Утвердить дорожную карту (приложение).")
    clause(order=made, text="Контроль за исполнением приказа оставляю за собой.", is_control=True)
    return made


def registered_order(**fields: Any) -> Order:
    """An order with its number and edition, and a file that nobody has drawn."""
    draft = order(**{key: fields.pop(key) for key in ("roadmap", "municipality", "issuer") if key in fields})
    sequence = fields.setdefault("sequence", next(_numbers))
    usual = {
        "state": Order.State.REGISTERED,
        "number": f"{sequence}-од",
        "dated_on": date(2026, 11, 18),
        "registered_at": A_MOMENT,
        "digest": f"{sequence:064}",
        "pdf": f"orders/{sequence}.pdf",
    }
    if "register" not in fields:
        fields["register"] = register(organisation=draft.issuer)
    if "edition" not in fields:
        fields["edition"] = roadmaps.edition(roadmap=draft.roadmap)
    for name, value in (usual | fields).items():
        setattr(draft, name, value)
    draft.save()
    return draft


def clause(**fields: Any) -> Clause:
    if "order" not in fields:
        fields["order"] = order()
    return baker.make(Clause, **{"position": next(_numbers), "text": "Утвердить дорожную карту."} | fields)


def register(**fields: Any) -> Register:
    if "organisation" not in fields:
        fields["organisation"] = directory.organisation(kind=Organisation.Kind.CENTRE)
    return baker.make(Register, **{"year": 2026, "pattern": "{number}-од"} | fields)


def wording(**fields: Any) -> Wording:
    if "municipality" not in fields:
        fields["municipality"] = directory.municipality()
    defaults = {"nominative": "МКУ", "case": Wording.Case.GENITIVE, "form": "муниципального учреждения"}
    return baker.make(Wording, **defaults | fields)


def bundle(**fields: Any) -> Bundle:
    if "municipality" not in fields:
        fields["municipality"] = directory.municipality()
    return baker.make(Bundle, **{"requested_at": A_MOMENT, "total": 1} | fields)


def bundled_order(**fields: Any) -> BundledOrder:
    if "order" not in fields:
        fields["order"] = order()
    if "bundle" not in fields:
        fields["bundle"] = bundle(municipality=fields["order"].municipality)
    return baker.make(BundledOrder, **{"position": 1, "try_at": A_MOMENT} | fields)
