"""Queries whose SQL is built once: building it costs more than running it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# What stands for an argument while the SQL is built; no real key or day is like it.
FIRST_KEY = 2_000_000_001
FIRST_DAY = date(1, 1, 1).toordinal()
KEY_BITS = 63


class Prepared:
    """A query for plain values, compiled once for each kind of database.

    ``build`` is called with one keyword argument for each of ``kinds`` (int or date)
    and gives the QuerySet of a ``values_list`` whose columns are numbers or text; it
    must not be empty by construction, nor depend on the arguments in another way.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Any, Any]],
        **kinds: type[int] | type[date],
    ) -> None:
        self._build = build
        self._slots = {
            name: _slot(place, kind) for place, (name, kind) in enumerate(kinds.items())
        }
        self._compiled: dict[str, tuple[str, list[Any], dict[int, str]]] = {}

    def __call__(self, **arguments: int | date) -> list[tuple[Any, ...]]:
        """The rows for these arguments; one statement, none for a key out of range."""
        if not all(_is_sound(value) for value in arguments.values()):
            return []
        if connection.vendor not in self._compiled:
            self._compiled[connection.vendor] = self._compile()
        sql, constants, places = self._compiled[connection.vendor]
        parameters = constants.copy()
        for place, name in places.items():
            parameters[place] = _plain(arguments[name])
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())

    def _compile(self) -> tuple[str, list[Any], dict[int, str]]:
        """The SQL, its parameters, and which of them are arguments."""
        sql, parameters = self._build(**self._slots).query.sql_with_params()
        names = {str(slot): name for name, slot in self._slots.items()}
        places = {
            place: names[str(value)]
            for place, value in enumerate(parameters)
            if str(value) in names
        }
        return sql, list(parameters), places


def _is_sound(value: int | date) -> bool:
    return isinstance(value, date) or value.bit_length() <= KEY_BITS


def _slot(place: int, kind: type[int] | type[date]) -> int | date:
    return FIRST_KEY + place if kind is int else date.fromordinal(FIRST_DAY + place)


def _plain(value: int | date) -> Any:
    """As the database takes it where no field adapts it."""
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
