"""Addresses of reporting: periods, one's own rows, the matrix, and evidence."""

from django.urls import path

from .views import evidence, periods, report_rows, reporting

REPORT = "plans/<int:pk>/schedule/report/"
ROW = f"{REPORT}<int:period_pk>/<int:share_pk>/"
PERIODS = "plans/<int:pk>/schedule/periods/"

urlpatterns = [
    path(REPORT, reporting.reporting, name="reporting"),
    path(f"{REPORT}<int:period_pk>/", reporting.report_period, name="report_period"),
    path(
        f"{REPORT}<int:period_pk>/matrix/", periods.report_matrix, name="report_matrix"
    ),
    path(ROW, report_rows.report_row, name="report_row"),
    path(f"{ROW}confirm/", report_rows.report_confirm, name="report_confirm"),
    path(f"{ROW}return/", report_rows.report_return, name="report_return"),
    path(f"{ROW}supplement/", report_rows.supplement_ask, name="supplement_ask"),
    path(f"{ROW}evidence/", evidence.evidence_add, name="evidence_add"),
    path(
        f"{REPORT}supplements/<int:supplement_pk>/",
        report_rows.supplement_decide,
        name="supplement_decide",
    ),
    path(PERIODS, periods.periods, name="periods"),
    path(f"{PERIODS}<int:period_pk>/", periods.period_edit, name="period"),
    path(f"{PERIODS}<int:period_pk>/close/", periods.period_close, name="period_close"),
    path(
        f"{PERIODS}<int:period_pk>/reopen/", periods.period_reopen, name="period_reopen"
    ),
    path(
        f"{PERIODS}<int:period_pk>/remind/", periods.period_remind, name="period_remind"
    ),
    path(
        f"{PERIODS}<int:period_pk>/delete/", periods.period_delete, name="period_delete"
    ),
    path(
        "plans/<int:pk>/schedule/items/<int:item_pk>/evidence/",
        evidence.item_evidence,
        name="item_evidence",
    ),
    path(
        "plans/<int:pk>/schedule/evidence/<int:evidence_pk>/",
        evidence.evidence_file,
        name="evidence",
    ),
    path(
        "plans/<int:pk>/schedule/evidence/<int:evidence_pk>/delete/",
        evidence.evidence_delete,
        name="evidence_delete",
    ),
    path(
        "offices/<int:office_pk>/reporting/",
        periods.report_settings,
        name="report_settings",
    ),
]
