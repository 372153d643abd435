"""An office's words for 狀態, and from where on its lights change."""

from __future__ import annotations

from collections.abc import Sequence

from offices.models import Office

from ..models import LightSettings, ReportStatus, Standing
from .lights import Thresholds

Named = tuple[str, str]

USUAL_STATUSES: tuple[Named, ...] = tuple(
    (standing.label, standing.value) for standing in Standing
)


def statuses_of(office: Office) -> tuple[Named, ...]:
    """(name, standing) in the office's order; the usual four until it names its own."""
    rows = office.report_statuses.values_list("name", "standing")
    return tuple(rows) or USUAL_STATUSES


def thresholds_of(office: Office) -> Thresholds:
    """No query where ``light_settings`` was selected with the office."""
    try:
        kept = office.light_settings
    except LightSettings.DoesNotExist:
        return Thresholds()
    return Thresholds(kept.ahead, kept.behind, kept.serious)


def save_settings(
    office: Office, *, statuses: Sequence[Named], thresholds: Thresholds
) -> None:
    """Make these the office's; reports keep the words that they have.

    The usual statuses are not stored: an office without its own has them anyway.
    """
    with office.locked():
        office.report_statuses.all().delete()
        if tuple(statuses) != USUAL_STATUSES:
            ReportStatus.objects.bulk_create(
                ReportStatus(
                    office=office, name=name, standing=standing, position=place
                )
                for place, (name, standing) in enumerate(statuses)
            )
        LightSettings.objects.update_or_create(
            office=office,
            defaults={
                "ahead": thresholds.ahead,
                "behind": thresholds.behind,
                "serious": thresholds.serious,
            },
        )
