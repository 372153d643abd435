"""Addresses of 查核缺失: the list of a plan, one of them, its rounds, the report."""

from django.urls import path

from .views import defect_acts, defect_report, defects

_PLAN = "plans/<int:pk>/defects/"
_TARGET = f"{_PLAN}units/<int:target_pk>/"

DEFECTS = [
    path(_PLAN, defects.defect_list, name="defects"),
    path(f"{_PLAN}new/", defects.defect_create, name="defect_create"),
    path(f"{_PLAN}report/", defect_report.defect_report, name="defect_report"),
    path(f"{_PLAN}<int:defect_pk>/", defects.defect_detail, name="defect"),
    path(f"{_PLAN}<int:defect_pk>/edit/", defects.defect_edit, name="defect_edit"),
    path(f"{_TARGET}answer/", defect_acts.defect_answer, name="defect_answer"),
    path(f"{_TARGET}review/", defect_acts.defect_review, name="defect_review"),
    path(f"{_TARGET}due/", defect_acts.defect_due, name="defect_due"),
    path(f"{_TARGET}reopen/", defect_acts.defect_reopen, name="defect_reopen"),
]
