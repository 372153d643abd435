"""Addresses of 考核: rounds of a plan, their sheets and results, an office's grades."""

from django.urls import path

from .views import grade_scales, results, rounds, scoring

_PLAN = "plans/<int:pk>/rounds/"
_ROUND = f"{_PLAN}<int:round_pk>/"
_OFFICE = "offices/<int:office_pk>/grade-scales/"

SCORING = [
    path(_PLAN, rounds.round_list, name="rounds"),
    path(f"{_PLAN}new/", rounds.round_create, name="round_create"),
    path(_ROUND, scoring.sheet, name="round"),
    path(f"{_ROUND}scores/", scoring.scores_save, name="scores"),
    path(f"{_ROUND}edit/", rounds.round_edit, name="round_edit"),
    path(f"{_ROUND}delete/", rounds.round_delete, name="round_delete"),
    path(f"{_ROUND}close/", rounds.round_close, name="round_close"),
    path(f"{_ROUND}reopen/", rounds.round_reopen, name="round_reopen"),
    path(f"{_ROUND}assessors/", rounds.assessors, name="assessors"),
    path(
        f"{_ROUND}assessors/<int:assessor_pk>/remove/",
        rounds.assessor_remove,
        name="assessor_remove",
    ),
    path(f"{_ROUND}results/", results.round_results, name="results"),
    path(f"{_ROUND}compare/", results.round_compare, name="round_compare"),
    path(_OFFICE, grade_scales.scale_list, name="grade_scales"),
    path(f"{_OFFICE}new/", grade_scales.scale_create, name="grade_scale_create"),
    path(f"{_OFFICE}<int:scale_pk>/", grade_scales.scale_edit, name="grade_scale"),
    path(
        f"{_OFFICE}<int:scale_pk>/delete/",
        grade_scales.scale_delete,
        name="grade_scale_delete",
    ),
]
