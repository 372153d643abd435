"""Addresses of a plan's control table, and of one's own items."""

from django.urls import path

from . import report_urls
from .defects_urls import DEFECTS
from .scoring_urls import SCORING
from .views import (
    coverage,
    feeds,
    files,
    grid,
    handover,
    importing,
    indicators,
    items,
    links,
    methods,
    mine,
    points,
    settings,
    year,
)

app_name = "schedule"
urlpatterns = [
    *report_urls.urlpatterns,
    path("plans/<int:pk>/schedule/", grid.grid_page, name="grid"),
    path(
        "plans/<int:pk>/schedule/confirm/", grid.months_confirm, name="months_confirm"
    ),
    path(
        "plans/<int:pk>/schedule/methods/<int:method_pk>/months/",
        grid.months_save,
        name="months",
    ),
    path(
        "plans/<int:pk>/schedule/methods/<int:method_pk>/",
        methods.method_edit,
        name="method",
    ),
    path(
        "plans/<int:pk>/schedule/methods/<int:method_pk>/delete/",
        methods.method_delete,
        name="method_delete",
    ),
    path("plans/<int:pk>/schedule/items/new/", items.item_create, name="item_create"),
    path("plans/<int:pk>/schedule/items/<int:item_pk>/", items.item_page, name="item"),
    path(
        "plans/<int:pk>/schedule/items/<int:item_pk>/edit/",
        items.item_edit,
        name="item_edit",
    ),
    path(
        "plans/<int:pk>/schedule/items/<int:item_pk>/indicators/",
        indicators.indicators_edit,
        name="indicators",
    ),
    path(
        "plans/<int:pk>/schedule/items/<int:item_pk>/points/",
        points.points_edit,
        name="points",
    ),
    path(
        "plans/<int:pk>/schedule/items/<int:item_pk>/methods/new/",
        methods.method_create,
        name="method_create",
    ),
    path(
        "plans/<int:pk>/schedule/items/<int:item_pk>/move/<slug:direction>/",
        items.item_move,
        name="item_move",
    ),
    path(
        "plans/<int:pk>/schedule/items/<int:item_pk>/delete/",
        items.item_delete,
        name="item_delete",
    ),
    path(
        "plans/<int:pk>/schedule/items/<int:item_pk>/restore/",
        items.item_restore,
        name="item_restore",
    ),
    path("plans/<int:pk>/schedule/removed/", items.removed_list, name="removed"),
    path(
        "plans/<int:pk>/schedule/fragments/",
        importing.fragment_settle,
        name="fragment",
    ),
    path("plans/<int:pk>/schedule/export/", files.export_page, name="export"),
    path(
        "plans/<int:pk>/schedule/table.<slug:extension>",
        files.sheet_file,
        name="file",
    ),
    path("plans/<int:pk>/schedule/import/", importing.sheet_import, name="import"),
    path(
        "plans/<int:pk>/schedule/import/<int:import_pk>/",
        importing.import_confirm,
        name="import_confirm",
    ),
    path(
        "plans/<int:pk>/schedule/import/<int:import_pk>/discard/",
        importing.import_discard,
        name="import_discard",
    ),
    path("plans/<int:pk>/schedule/handover/", handover.handover, name="handover"),
    path(
        "plans/<int:pk>/schedule/settings/",
        settings.schedule_settings,
        name="settings",
    ),
    path("offices/<int:office_pk>/method-kinds/", settings.kinds, name="kinds"),
    path("calendar/", feeds.feed_list, name="feeds"),
    path("calendar/new/", feeds.feed_create, name="feed_create"),
    path("calendar/<int:pk>/revoke/", feeds.feed_revoke, name="feed_revoke"),
    path("calendar/<slug:secret>.ics", feeds.feed_calendar, name="feed"),
    path("my/items/", mine.my_items_page, name="my_items"),
    path("plans/<int:pk>/schedule/year/", year.year_page, name="year"),
    path("plans/<int:pk>/schedule/coverage/", coverage.coverage_page, name="coverage"),
    path(
        "plans/<int:pk>/schedule/coverage/<slug:key>/",
        links.carriers_edit,
        name="carriers",
    ),
    path(
        "plans/<int:pk>/schedule/items/<int:item_pk>/links/",
        links.links_edit,
        name="links",
    ),
    *SCORING,
    *DEFECTS,
]
