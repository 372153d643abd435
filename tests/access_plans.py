"""Who gets what from the addresses of plans and their papers."""

from tests.access import (
    COLUMN,
    LINE,
    NEVER,
    PLAN,
    POINT,
    ROW,
    TABLE,
    WRITERS,
    Access,
    coordinator,
    signed_in,
    visible,
    writers,
)

PAPER = [
    Access("plans:export", get=visible(), post=NEVER, at={"pk": "plan.pk"}),
    Access("plans:export_start", get=NEVER, post=visible(302), at={"pk": "plan.pk"}),
    Access("plans:preview", get=visible(), post=NEVER, at={"pk": "plan.pk"}),
    Access("plans:pdf", get=visible(302), post=NEVER, at={"pk": "plan.pk"}),
    Access(
        "plans:file",
        get=visible(),
        post=NEVER,
        at={"pk": "plan.pk", "extension": "extension"},
    ),
]

PLANS = [
    Access("plans:list", get=signed_in(), post=NEVER),
    Access(
        "plans:create",
        get=signed_in(403) | dict.fromkeys((*WRITERS, "outsider"), 200),
        post=signed_in(403) | dict.fromkeys((*WRITERS, "outsider"), 422),
    ),
    Access("plans:detail", get=visible(), post=NEVER, at=PLAN),
    Access("plans:settings", get=writers(), post=writers(422), at=PLAN),
    Access("plans:delete", get=coordinator(), post=coordinator(422), at=PLAN),
    Access("plans:revisions", get=writers(), post=writers(422), at=PLAN),
    Access("plans:revision", get=writers(), post=writers(422), at=LINE),
    Access(
        "plans:revision_move",
        get=NEVER,
        post=writers(302),
        at=LINE | {"direction": "direction"},
    ),
    Access("plans:revision_delete", get=NEVER, post=writers(302), at=LINE),
    Access("plans:removals", get=writers(), post=NEVER, at=PLAN),
    Access(
        "plans:restore",
        get=NEVER,
        post=writers(302),
        at=PLAN | {"removed_pk": "removed.pk"},
    ),
    Access(
        "plans:block_append",
        get=NEVER,
        post=writers(302),
        at=PLAN | {"kind": "point.kind"},
    ),
    Access("plans:block", get=writers(), post=writers(302), at=POINT),
    Access(
        "plans:block_add",
        get=NEVER,
        post=writers(302),
        at=POINT | {"addition": "addition"},
    ),
    Access(
        "plans:block_move",
        get=NEVER,
        post=writers(302),
        at=POINT | {"direction": "direction"},
    ),
    Access(
        "plans:block_level",
        get=NEVER,
        post=writers(302),
        at=POINT,
        data={"level": "2"},
    ),
    Access(
        "plans:block_place",
        get=NEVER,
        post=writers(302),
        at=POINT,
        data={"target": "root"},
    ),
    Access(
        "plans:block_reference",
        get=NEVER,
        post=writers(),
        at=POINT,
        data={"target": "=point.pk"},
    ),
    Access("plans:block_delete", get=NEVER, post=writers(302), at=POINT),
]

PROOF = [
    Access("plans:proof_marks", get=visible(), post=NEVER, at=PLAN),
    Access("plans:proof", get=visible(), post=NEVER, at=PLAN),
    Access("plans:proof_fix", get=NEVER, post=writers(302), at=PLAN),
    Access("plans:proof_dismiss", get=NEVER, post=writers(422), at=PLAN),
    Access(
        "plans:proof_recall",
        get=NEVER,
        post=writers(302),
        at=PLAN | {"dismissal_pk": "dismissal.pk"},
    ),
    Access("plans:proof_catalogue", get=signed_in(), post=NEVER),
    Access(
        "plans:proof_grades",
        get=coordinator(),
        post=coordinator(302),
        at={"office_pk": "office.pk"},
        data={"word": "note"},
    ),
]

# A draft is its creator's alone, and the creator is none of these people.
DRAFT = {"pk": "draft.pk"}
IMPORTING = [
    Access(
        "plans:import",
        get=signed_in(403) | dict.fromkeys((*WRITERS, "outsider"), 200),
        post=signed_in(403) | dict.fromkeys((*WRITERS, "outsider"), 422),
    ),
    Access("plans:draft", get=signed_in(404), post=NEVER, at=DRAFT),
    Access("plans:draft_settings", get=NEVER, post=signed_in(404), at=DRAFT),
    Access(
        "plans:draft_piece",
        get=NEVER,
        post=signed_in(404),
        at=DRAFT | {"key": "piece_key"},
    ),
    Access("plans:draft_apply", get=NEVER, post=signed_in(404), at=DRAFT),
    Access("plans:draft_discard", get=NEVER, post=signed_in(404), at=DRAFT),
]

TABLES = [
    Access(
        "plans:table_create",
        get=writers(),
        post=writers(302),
        at=PLAN,
        data={"layout": "duties"},
    ),
    Access(
        "plans:table",
        get=writers(),
        post=writers(302),
        at=TABLE,
        data={"version": "1", "heading": "表一"},
    ),
    Access(
        "plans:table_layout",
        get=writers(),
        post=writers(302),
        at=TABLE,
        data={"layout": "duties"},
    ),
    Access("plans:table_columns", get=NEVER, post=writers(302), at=TABLE),
    Access("plans:column_add", get=NEVER, post=writers(302), at=TABLE),
    Access(
        "plans:column_move",
        get=NEVER,
        post=writers(302),
        at=COLUMN | {"direction": "column_direction"},
    ),
    Access("plans:column_delete", get=NEVER, post=writers(302), at=COLUMN),
    Access(
        "plans:table_paste",
        get=writers(),
        post=writers(),
        at=TABLE,
        data={"column": "=column.pk", "text": "甲\t乙"},
    ),
    Access("plans:row_append", get=NEVER, post=writers(302), at=TABLE),
    Access("plans:row", get=writers(), post=writers(302), at=ROW),
    Access("plans:row_add", get=NEVER, post=writers(302), at=ROW | {"side": "side"}),
    # The table has one row: there is nowhere to move it and nothing to join it with.
    Access(
        "plans:row_move",
        get=NEVER,
        post=writers(422),
        at=ROW | {"direction": "direction"},
    ),
    Access("plans:row_split", get=NEVER, post=writers(302), at=ROW),
    Access("plans:row_join", get=NEVER, post=writers(422), at=ROW),
    Access(
        "plans:row_kind",
        get=NEVER,
        post=writers(302),
        at=ROW,
        data={"kind": "lead"},
    ),
    Access("plans:row_delete", get=NEVER, post=writers(302), at=ROW),
]
