"""Fill an empty database for the web benchmark; prints what is in it as JSON."""

from __future__ import annotations

import json

import django

SMALL, LARGE = 10, 400


def main() -> None:
    django.setup()
    from django.test import Client

    from offices.models import Role
    from plans.exports import make_export, request_export
    from tests.factories import make_member, make_office

    office = make_office()
    member = make_member(office, Role.COORDINATOR)
    small, large = make_sized(office, SMALL), make_sized(office, LARGE)
    client = Client()
    client.force_login(member.user, "django.contrib.auth.backends.ModelBackend")
    pages = {
        "plan page": "/plans/{}/",
        "preview": "/plans/{}/paper/",
        "export page": "/plans/{}/export/",
        "canonical JSON": "/plans/{}/paper.json",
    }
    queries = {
        name: [count_queries(client, path.format(plan.pk)) for plan in (small, large)]
        for name, path in pages.items()
    }
    make_export.call(request_export(large).pk)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    print(
        json.dumps(
            {
                "session": cookies["sessionid"],
                "csrf": cookies["csrftoken"],
                "plan": large.pk,
                "block": large.blocks.filter(kind="point").first().pk,
                "row": large.blocks.filter(kind="table").first().rows.first().pk,
                "size": LARGE,
                "queries": queries,
            }
        )
    )


def make_sized(office, pieces):
    """A plan of which half the pieces are points, half rows of four tables."""
    from tests.factories import make_plan, make_point, make_table

    plan = make_plan(office)
    chapters = [make_point(plan, f"第{number}章") for number in range(5)]
    for number in range(pieces // 2 - len(chapters)):
        make_point(plan, f"定期檢討服務流程{number}", parent=chapters[number % 5])
    for chapter in chapters[:4]:
        rows = [(f"構面{n}", "檢討動線與設備") for n in range(pieces // 8)]
        make_table(plan, rows=rows, parent=chapter)
    return plan


def count_queries(client, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)  # what is cached per process is not counted
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, path
    return len(captured)


if __name__ == "__main__":
    main()
