"""Who is told what on a plan's way to its approval."""

from __future__ import annotations

from collections.abc import Sequence

from offices.models import Role, User
from offices.notices.sending import notify

from .chain import reviewers_of
from .models import Approval, Plan, Submission, SubmissionStep


def submitted(submission: Submission) -> None:
    """To those whose turn it is."""
    _tell_reviewers(
        submission, f"「{submission.plan}」輪到您審核：{submission.submitted_by}送核"
    )


def moved_on(submission: Submission) -> None:
    """A step was taken: to those whose turn it is now."""
    _tell_reviewers(submission, f"「{submission.plan}」輪到您審核")


def commented(submission: Submission, step: SubmissionStep) -> None:
    """To the submitter and to those who decide next."""
    text = f"{step.by} 已就「{submission.plan}」表示會辦意見"
    deciders = [user for s in _open(submission) for user in reviewers_of(s)]
    _tell(submission, [submission.submitted_by, *deciders], text)


def sent_back(submission: Submission, reason: str) -> None:
    """To the submitter and 研考, at once."""
    text = f"「{submission.plan}」已退回修正：{reason}"
    url = submission.get_absolute_url()
    notify(
        [submission.submitted_by, *_coordinators(submission.plan)],
        office=submission.plan.office,
        text=text,
        url=url,
        urgent=True,
    )


def withdrawn(submission: Submission, by: User) -> None:
    """To those who were about to review it."""
    _tell_reviewers(submission, f"{by} 撤回「{submission.plan}」的送核")


def approved(approval: Approval) -> None:
    """To the submitter and 研考."""
    submission = approval.submission
    people = _coordinators(approval.plan)
    if submission is not None:
        people.append(submission.submitted_by)
    reference = f"（{approval.reference}）" if approval.reference else ""
    notify(
        people,
        office=approval.plan.office,
        text=f"「{approval.plan}」已核定{reference}",
        url=approval.get_absolute_url(),
    )


def _open(submission: Submission) -> list[SubmissionStep]:
    steps = list(submission.steps.filter(state=SubmissionStep.State.CURRENT))
    for step in steps:
        step.submission = submission
    return steps


def _tell_reviewers(submission: Submission, text: str) -> None:
    reviewers = [user for step in _open(submission) for user in reviewers_of(step)]
    _tell(submission, reviewers, text)


def _tell(submission: Submission, users: Sequence[User | None], text: str) -> None:
    notify(
        users,
        office=submission.plan.office,
        text=text,
        url=submission.get_absolute_url(),
    )


def _coordinators(plan: Plan) -> list[User | None]:
    members = plan.office.members.active().filter(roles__role=Role.COORDINATOR)
    return [member.user for member in members.select_related("user")]
