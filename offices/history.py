"""One row's history written by the database itself, for changes that come by the second."""

from __future__ import annotations

from functools import cache

from django.db import connection, models
from django.utils import timezone

from .models import User


def record_change(model: type[models.Model], pk: int, *, by: User) -> None:
    """Keep the row as it stands now, as simple-history does after a save().

    One statement copies it; no object is built.  For use inside the transaction of an
    ``update()`` that writes a single row.
    """
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_copying(model), [moment, by.pk, pk])


@cache
def _copying(model: type[models.Model]) -> str:
    kept = model.history.model  # type: ignore[attr-defined]
    columns = ", ".join(
        f'"{field.column}"'
        for field in kept._meta.concrete_fields
        if not field.name.startswith("history_")
    )
    return (
        f'INSERT INTO "{kept._meta.db_table}" ({columns}, '  # noqa: S608 - names of ours
        '"history_date", "history_type", "history_user_id") '
        f"SELECT {columns}, %s, '~', %s "
        f'FROM "{model._meta.db_table}" WHERE "id" = %s'
    )
