"""Who gets what from the addresses of offices."""

from tests.access import NEVER, Access, auditors, coordinator, public, signed_in

OFFICES = [
    Access(
        "offices:sign_in",
        get=signed_in(302) | {"anonymous": 200},
        post=signed_in(302) | {"anonymous": 200},
    ),
    Access("offices:sign_out", get=NEVER, post=signed_in(302)),
    Access("offices:password", get=signed_in(), post=signed_in()),
    Access("offices:help", get=public(), post=public(405)),
    Access("offices:list", get=signed_in(), post=NEVER),
    Access("offices:detail", get=coordinator(), post=NEVER, at={"pk": "office.pk"}),
    Access(
        "offices:audit",
        get=auditors(),
        post=NEVER,
        at={"office_pk": "office.pk"},
        of_any_office=("superuser",),
    ),
    Access(
        "offices:audit_verify",
        get=NEVER,
        post=auditors(302),
        at={"office_pk": "office.pk"},
        of_any_office=("superuser",),
    ),
    Access(
        "offices:audit_file",
        get=auditors(),
        post=NEVER,
        at={"office_pk": "office.pk"},
        of_any_office=("superuser",),
    ),
    Access("offices:notices", get=signed_in(), post=signed_in(302), data={"email": ""}),
    Access("offices:notices_read", get=NEVER, post=signed_in(302)),
    Access(
        "offices:notice_open", get=NEVER, post=signed_in(404), at={"pk": "notice.pk"}
    ),
    Access(
        "offices:unit_create",
        get=coordinator(),
        post=coordinator(302),
        at={"office_pk": "office.pk"},
        data={"name": "新課", "label": "新"},
    ),
    Access(
        "offices:unit_edit",
        get=coordinator(),
        post=coordinator(302),
        at={"pk": "unit.pk"},
        data={"name": "新課", "label": "新"},
    ),
    Access(
        "offices:unit_move",
        get=NEVER,
        post=coordinator(302),
        at={"pk": "unit.pk"},
        data={"direction": "down"},
    ),
    Access(
        "offices:unit_delete",
        get=NEVER,
        post=coordinator(302),
        at={"pk": "spare_unit.pk"},
    ),
    Access(
        "offices:member_create",
        get=coordinator(),
        post=coordinator(),
        at={"office_pk": "office.pk"},
        data={"username": "newcomer", "full_name": "新人", "roles": "owner"},
    ),
    Access(
        "offices:member_edit",
        get=coordinator(),
        post=coordinator(302),
        at={"pk": "member.pk"},
        data={"full_name": "改名", "roles": "owner"},
    ),
    Access(
        "offices:member_deactivate",
        get=NEVER,
        post=coordinator(302),
        at={"pk": "member.pk"},
    ),
    Access(
        "offices:member_reactivate",
        get=NEVER,
        post=coordinator(302),
        at={"pk": "member.pk"},
    ),
    Access(
        "offices:member_reset_password",
        get=NEVER,
        post=coordinator(),
        at={"pk": "member.pk"},
    ),
    Access(
        "offices:deputy_create",
        get=coordinator(),
        post=coordinator(302),
        at={"office_pk": "office.pk"},
        data={
            "member": "=member.pk",
            "deputy": "=colleague.pk",
            "starts_on": "114/1/2",
            "ends_on": "114/1/3",
        },
    ),
    Access(
        "offices:deputy_end",
        get=NEVER,
        post=coordinator(302),
        at={"pk": "deputy.pk"},
    ),
]
