"""Fill an empty database for the web benchmark; prints what is in it as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import django

SMALL, LARGE = 10, 400
UNITS = ("民政課", "社會課", "經建課", "兵役課", "人文課")
ITEMS_A_UNIT = 40


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.test import Client

    from offices.models import Role
    from plans.exports import make_export, request_export
    from tests.factories import make_member, make_office, make_plan

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
    controlled, cell = make_controlled(office)
    grid = f"/plans/{controlled.pk}/schedule/"
    few = make_plan(office)
    make_items(few, UNITS[:1], 3)
    queries["month grid, 3 and 200 items"] = [
        count_queries(client, f"/plans/{plan.pk}/schedule/")
        for plan in (few, controlled)
    ]
    reviews = [make_reviewed(office, member, *size) for size in ((40, 30), (400, 300))]
    queries["review page, 30 and 300 changes"] = [
        count_queries(client, one.get_absolute_url()) for one in reviews
    ]
    page = client.get(grid).content
    Path(settings.DATA_DIR, "grid.html").write_bytes(page)
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
                "grid": controlled.pk,
                "cell": cell,
                "review": reviews[-1].get_absolute_url(),
                "queries": queries,
            }
        )
    )


def make_controlled(office):
    """A plan of 5 units with 40 items each, and the pk of one method row."""
    from tests.factories import make_plan

    plan = make_plan(office)
    methods = make_items(plan, UNITS, ITEMS_A_UNIT)
    return plan, methods[0].pk


def make_reviewed(office, member, points, changes):
    """A submission of a plan approved before, of whose points many were changed since."""
    from datetime import date

    from plans.approving import Signed, approve
    from plans.cycle import Actor
    from plans.editing import save_block
    from plans.workflow import submit
    from tests.factories import make_plan, make_point

    by = Actor(member.user)
    plan = make_plan(office)
    made = [make_point(plan, f"定期檢討服務流程{number}") for number in range(points)]
    first = submit(plan, by=by, unit=None)
    approve(
        first,
        step=first.steps.get(state="current"),
        by=by,
        signed=Signed(date(2025, 1, 16)),
    )
    for point in made[:changes]:
        words = f"{point.heading}並公開結果"
        save_block(point, version=1, heading=words, body=point.body, by=member.user)
    plan.refresh_from_db()
    return submit(plan, by=by, unit=None)


def make_items(plan, units, count):
    """``count`` items for each unit, two method rows for every other; the rows."""
    from offices.models import Unit
    from tests.factories import make_indicator, make_item, make_method

    made = []
    for name in units:
        unit, _ = Unit.objects.get_or_create(
            office=plan.office, name=name, defaults={"label": name[:2]}
        )
        for number in range(count):
            item = make_item(
                plan, unit, name=f"{name}業務{number}", points=2, owners=["王小明"]
            )
            for weight in (40, 60):
                make_indicator(item, "各項資料按時填報", weight)
            rows = range(1 + number % 2)
            made += [make_method(item, "001111100000") for _ in rows]
    return made


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
