"""What becomes of a control point: closed with evidence, or moved to another day by request and decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from directory.models import Account
from roadmaps.models import ControlPoint, Postponement, Proof


class AlreadyClosed(Exception):
    """Somebody closed the point first."""


class Gone(Exception):
    """The point is no more: somebody has changed the deadline from which it followed."""


class AlreadyDecided(Exception):
    """Somebody decided the request first."""


@dataclass(frozen=True)
class Evidence:
    """A checked file with its safe name and detected type, or a link; never both."""

    file: UploadedFile | None = None
    filename: str = ""
    content_type: str = ""
    link: str = ""


def _locked(point: ControlPoint) -> ControlPoint:
    """The point as it stands now, held until the transaction ends; raises ``Gone``."""
    try:
        return ControlPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    except ControlPoint.DoesNotExist as error:
        raise Gone from error


def _open_and_locked(point: ControlPoint) -> ControlPoint:
    current = _locked(point)
    if current.state != ControlPoint.State.OPEN:
        raise AlreadyClosed
    return current


@transaction.atomic
def complete(
    point: ControlPoint, *, on: date, by: Account, at: datetime, note: str = "", evidence: Sequence[Evidence] = ()
) -> None:
    """Mark done on a day with its evidence; raises ``AlreadyClosed`` or ``Gone``, as every verb on an open point."""
    current = _open_and_locked(point)
    proofs = [attach(current, proof, by=by, at=at) for proof in evidence]
    current.complete(on=on, by=by, at=at, note=note, proved_by=[str(proof) for proof in proofs])
    _settle_requests(current, by=by, at=at)


@transaction.atomic
def decline(point: ControlPoint, *, because: str, by: Account, at: datetime) -> None:
    current = _open_and_locked(point)
    current.decline(because=because, by=by, at=at)
    _settle_requests(current, by=by, at=at)


@transaction.atomic
def dismiss(point: ControlPoint, *, because: str, by: Account, at: datetime) -> None:
    current = _open_and_locked(point)
    current.dismiss(because=because, by=by, at=at)
    _settle_requests(current, by=by, at=at)


@transaction.atomic
def reopen(point: ControlPoint, *, by: Account) -> None:
    _locked(point).reopen(by=by)


def attach(point: ControlPoint, evidence: Evidence, *, by: Account, at: datetime) -> Proof:
    proof = Proof(
        point=point,
        filename=evidence.filename,
        content_type=evidence.content_type,
        link=evidence.link,
        added_by=by,
        added_at=at,
    )
    if evidence.file:
        proof.file.save(evidence.filename, evidence.file, save=False)
    proof.save()
    return proof


@transaction.atomic
def request_postponement(point: ControlPoint, *, to: date, because: str, by: Account, at: datetime) -> Postponement:
    current = _open_and_locked(point)
    request, _ = Postponement.objects.get_or_create(
        point=current,
        decision=Postponement.Decision.WAITING,
        defaults={
            "was_due_on": current.due_on,
            "new_due_on": to,
            "because": because,
            "requested_by": by,
            "requested_at": at,
        },
    )
    return request


@transaction.atomic
def grant(request: Postponement, *, by: Account, at: datetime, reply: str = "") -> None:
    """Allow the postponement and move the point; raises ``AlreadyDecided`` or ``AlreadyClosed``."""
    current = _waiting_and_locked(request)
    _decide(current, Postponement.Decision.GRANTED, by=by, at=at, reply=reply)
    _open_and_locked(current.point).move(to=current.new_due_on, by=by, because=f"Перенос: {current.because}")


@transaction.atomic
def refuse(request: Postponement, *, by: Account, at: datetime, reply: str) -> None:
    _decide(_waiting_and_locked(request), Postponement.Decision.REFUSED, by=by, at=at, reply=reply)


def _waiting_and_locked(request: Postponement) -> Postponement:
    """The request as it stands now, held after its point: who closes a point holds both in this order too."""
    _locked(request.point)
    current = Postponement.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if current.decision != Postponement.Decision.WAITING:
        raise AlreadyDecided
    return current


def _decide(request: Postponement, decision: str, *, by: Account, at: datetime, reply: str) -> None:
    request.decision, request.decided_by, request.decided_at, request.reply = decision, by, at, reply
    request.save(update_fields=["decision", "decided_by", "decided_at", "reply"])


def _settle_requests(point: ControlPoint, *, by: Account, at: datetime) -> None:
    """A closed point has nothing left to postpone."""
    for request in point.postponements.waiting():
        _decide(request, Postponement.Decision.REFUSED, by=by, at=at, reply="Срок закрыт, переносить нечего.")
