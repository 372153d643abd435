"""送核前檢查: what is found in a plan now, less what was dismissed, graded its office's way.

What other apps keep for a plan they prove themselves: they register a Prover when
they are ready, as with annexes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from django.db import transaction

from offices.models import Office, User

from .annexes import kept_url
from .compose import compose
from .documents.model import Document
from .documents.proofs.catalogue import CATALOGUE
from .documents.proofs.finding import CheckInfo, Finding, Grade
from .documents.proofs.proof import findings as document_findings
from .models import Dismissal, GradeSetting, Plan
from .models.proof import OFF

MendUrl = Callable[[Finding], str | None]


class Prover(Protocol):
    """What an app finds in what it keeps for a plan."""

    @property
    def catalogue(self) -> Mapping[str, CheckInfo]:
        """Its checks by code; no other prover has the same codes."""

    def findings(self, plan: Plan) -> Iterable[Finding]:
        """In a number of queries that does not grow with the plan.

        Checks of the Document (words, years) may be told under their own codes.
        """

    def mend_urls(self, plan: Plan, user: User) -> MendUrl:
        """The page that mends one of its findings, or shows it to those who may not;
        None for a finding of somebody else.  A fixed number of queries."""


_provers: list[Prover] = []


def register(prover: Prover) -> None:
    """Called once by the app, when it is ready."""
    _provers.append(prover)


def catalogue() -> dict[str, CheckInfo]:
    """All checks by code: those of the document, then those of each prover."""
    checks = dict(CATALOGUE)
    for prover in _provers:
        checks |= prover.catalogue
    return checks


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A finding that stands, but that somebody decided to leave."""

    finding: Finding
    dismissal: Dismissal


@dataclass(frozen=True, slots=True)
class Proof:
    """``findings`` are open, in reading order; the document is the one proved."""

    document: Document
    findings: tuple[Finding, ...]
    dismissed: tuple[Dismissed, ...] = ()

    @property
    def counts(self) -> dict[Grade, int]:
        """How many are open of each grade, the gravest first."""
        found = Counter(one.grade for one in self.findings)
        return {grade: found[grade] for grade in Grade}

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What must be mended before the plan is sent up."""
        return tuple(one for one in self.findings if one.grade is Grade.ERROR)

    def find(self, key: str) -> Finding | None:
        """The open finding with this key."""
        return next((one for one in self.findings if one.key == key), None)


def findings_of(plan: Plan) -> Proof:
    """Everything found in the plan as it stands, in a fixed number of queries."""
    document = compose(plan)
    grades = grades_of(plan.office)
    found = [one for one in _all(plan, document) if grades[one.check] is not None]
    graded = (replace(one, grade=grades[one.check] or one.grade) for one in found)
    decided = {(d.code, d.place, d.digest): d for d in _dismissals(plan)}
    open_ones: list[Finding] = []
    dismissed: list[Dismissed] = []
    for one in graded:
        dismissal = decided.get((one.check, one.place, one.digest))
        if dismissal and one.grade is not Grade.ERROR:
            dismissed.append(Dismissed(one, dismissal))
        else:
            open_ones.append(one)
    return Proof(document, tuple(open_ones), tuple(dismissed))


def blocking(plan: Plan) -> tuple[Finding, ...]:
    """The errors that stop 送核, none where the plan may go up."""
    return findings_of(plan).blocking


def mend_urls(plan: Plan, user: User) -> MendUrl:
    """Where other apps have a finding mended; None for the plan's own text."""
    asked = [prover.mend_urls(plan, user) for prover in _provers]

    def mend_url(finding: Finding) -> str | None:
        urls = (ask(finding) for ask in asked)
        return next((url for url in urls if url is not None), None)

    return mend_url


def grades_of(office: Office) -> dict[str, Grade | None]:
    """How grave the office takes each check; None: not at all."""
    grades: dict[str, Grade | None] = {
        code: info.grade for code, info in catalogue().items()
    }
    for setting in office.proof_grades.all():
        if setting.code in grades:
            own = setting.grade
            grades[setting.code] = None if own == OFF else Grade(own)
    return grades


@transaction.atomic
def dismiss(plan: Plan, finding: Finding, *, reason: str, by: User) -> Dismissal:
    """Leave the finding as it is, as long as the same words stand there.

    Raises ValueError for an error: it can only be mended.
    """
    if finding.grade is Grade.ERROR:
        raise ValueError("errors are mended, not dismissed")
    dismissal, _ = Dismissal.objects.update_or_create(
        plan=plan,
        code=finding.check,
        place=finding.place,
        digest=finding.digest,
        defaults={"reason": reason, "by": by},
    )
    return dismissal


@transaction.atomic
def recall(dismissal: Dismissal, *, by: User) -> None:
    """Put the finding on the list again; the history keeps who dismissed it, and who
    took that back."""
    dismissal._history_user = by  # type: ignore[attr-defined]  # read by simple-history
    dismissal.delete()


@transaction.atomic
def set_grade(office: Office, code: str, grade: Grade | None, *, by: User) -> None:
    """From now on the office takes the check so (None: not at all).

    The catalogue's own grade needs no setting.  Raises KeyError for no such check.
    """
    usual = catalogue()[code].grade
    own = OFF if grade is None else grade.value
    setting = GradeSetting.objects.filter(office=office, code=code).first()
    if setting is None and own == usual.value:
        return
    setting = setting or GradeSetting(office=office, code=code)
    setting._history_user = by  # type: ignore[attr-defined]  # read by simple-history
    if own == usual.value:
        setting.delete()
    elif setting.grade != own:
        setting.grade = own
        setting.save()


def _all(plan: Plan, document: Document) -> Iterator[Finding]:
    """Those of the document, then those of each prover."""
    yield from document_findings(document, _kept(plan, document))
    for prover in _provers:
        yield from prover.findings(plan)


def _kept(plan: Plan, document: Document) -> Collection[str]:
    """The annexes that other apps keep, and prove."""
    return {a.id for a in document.annexes if kept_url(plan, a.id) is not None}


def _dismissals(plan: Plan) -> Iterable[Dismissal]:
    return plan.dismissals.select_related("by")
