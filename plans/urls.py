from django.urls import path

from .views import (
    blocks,
    importing,
    layouts,
    masthead,
    outline,
    paper,
    pasting,
    removals,
    revisions,
    rows,
    tables,
)

app_name = "plans"
urlpatterns = [
    path("", masthead.plan_list, name="list"),
    path("plans/new/", masthead.plan_create, name="create"),
    path("plans/import/", importing.plan_import, name="import"),
    path("drafts/<int:pk>/", importing.draft_confirm, name="draft"),
    path("drafts/<int:pk>/settings/", importing.draft_settings, name="draft_settings"),
    path(
        "drafts/<int:pk>/pieces/<slug:key>/", importing.draft_piece, name="draft_piece"
    ),
    path("drafts/<int:pk>/apply/", importing.draft_apply, name="draft_apply"),
    path("drafts/<int:pk>/discard/", importing.draft_discard, name="draft_discard"),
    path("plans/<int:pk>/", outline.plan_detail, name="detail"),
    path("plans/<int:pk>/settings/", masthead.plan_settings, name="settings"),
    path("plans/<int:pk>/delete/", masthead.plan_delete, name="delete"),
    path("plans/<int:pk>/revisions/", revisions.revision_list, name="revisions"),
    path(
        "plans/<int:pk>/revisions/<int:line_pk>/",
        revisions.revision_edit,
        name="revision",
    ),
    path(
        "plans/<int:pk>/revisions/<int:line_pk>/move/<slug:direction>/",
        revisions.revision_move,
        name="revision_move",
    ),
    path(
        "plans/<int:pk>/revisions/<int:line_pk>/delete/",
        revisions.revision_delete,
        name="revision_delete",
    ),
    path("plans/<int:pk>/removed/", removals.removal_list, name="removals"),
    path(
        "plans/<int:pk>/removed/<int:removed_pk>/restore/",
        removals.removal_restore,
        name="restore",
    ),
    path(
        "plans/<int:pk>/blocks/add/<slug:kind>/",
        blocks.block_append,
        name="block_append",
    ),
    path("plans/<int:pk>/blocks/<int:block_pk>/", blocks.block_edit, name="block"),
    path(
        "plans/<int:pk>/blocks/<int:block_pk>/add/<slug:addition>/",
        blocks.block_add,
        name="block_add",
    ),
    path(
        "plans/<int:pk>/blocks/<int:block_pk>/move/<slug:direction>/",
        blocks.block_move,
        name="block_move",
    ),
    path(
        "plans/<int:pk>/blocks/<int:block_pk>/level/",
        blocks.block_level,
        name="block_level",
    ),
    path(
        "plans/<int:pk>/blocks/<int:block_pk>/place/",
        blocks.block_place,
        name="block_place",
    ),
    path(
        "plans/<int:pk>/blocks/<int:block_pk>/reference/",
        blocks.block_reference,
        name="block_reference",
    ),
    path(
        "plans/<int:pk>/blocks/<int:block_pk>/delete/",
        blocks.block_delete,
        name="block_delete",
    ),
    path("plans/<int:pk>/tables/new/", layouts.table_create, name="table_create"),
    path("plans/<int:pk>/tables/<int:block_pk>/", tables.table_edit, name="table"),
    path(
        "plans/<int:pk>/tables/<int:block_pk>/layout/",
        layouts.table_layout,
        name="table_layout",
    ),
    path(
        "plans/<int:pk>/tables/<int:block_pk>/columns/",
        tables.table_columns,
        name="table_columns",
    ),
    path(
        "plans/<int:pk>/tables/<int:block_pk>/columns/add/",
        tables.column_add,
        name="column_add",
    ),
    path(
        "plans/<int:pk>/tables/<int:block_pk>/rows/",
        rows.row_append,
        name="row_append",
    ),
    path(
        "plans/<int:pk>/tables/<int:block_pk>/paste/",
        pasting.table_paste,
        name="table_paste",
    ),
    path(
        "plans/<int:pk>/columns/<int:column_pk>/move/<slug:direction>/",
        tables.column_move,
        name="column_move",
    ),
    path(
        "plans/<int:pk>/columns/<int:column_pk>/delete/",
        tables.column_delete,
        name="column_delete",
    ),
    path("plans/<int:pk>/rows/<int:row_pk>/", rows.row_edit, name="row"),
    path(
        "plans/<int:pk>/rows/<int:row_pk>/add/<slug:side>/",
        rows.row_add,
        name="row_add",
    ),
    path(
        "plans/<int:pk>/rows/<int:row_pk>/move/<slug:direction>/",
        rows.row_move,
        name="row_move",
    ),
    path("plans/<int:pk>/rows/<int:row_pk>/split/", rows.row_split, name="row_split"),
    path("plans/<int:pk>/rows/<int:row_pk>/join/", rows.row_join, name="row_join"),
    path("plans/<int:pk>/rows/<int:row_pk>/kind/", rows.row_kind, name="row_kind"),
    path(
        "plans/<int:pk>/rows/<int:row_pk>/delete/",
        rows.row_delete,
        name="row_delete",
    ),
    path("plans/<int:pk>/export/", paper.plan_export, name="export"),
    path("plans/<int:pk>/export/start/", paper.plan_export_start, name="export_start"),
    path("plans/<int:pk>/paper/", paper.plan_preview, name="preview"),
    path("plans/<int:pk>/paper.pdf", paper.plan_pdf, name="pdf"),
    path("plans/<int:pk>/paper.<str:extension>", paper.plan_file, name="file"),
]
