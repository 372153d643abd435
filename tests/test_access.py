"""Every address × person × own or foreign office × GET or POST gives the agreed answer."""

from operator import attrgetter

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.access_matrix import (
    MATRIX,
    NEVER,
    PEOPLE,
    SIGN_IN,
    Target,
    make_people,
    signed_in,
)
from tests.factories import make_office


def url_names(resolver, namespace=""):
    """The names of all addresses below ``resolver``, "app:name"."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from url_names(pattern, f"{pattern.namespace}:")
        else:
            yield f"{namespace}{pattern.name}"


def test_every_address_is_in_the_matrix_once():
    listed = [access.name for access in MATRIX]

    assert sorted(listed) == sorted(url_names(get_resolver()))


def expected(access, method, place):
    answers = getattr(access, method)
    if place == "own":
        return answers
    if place == "foreign":
        return signed_in(404)
    refused = {SIGN_IN, 403}
    return {name: code if code in refused else 404 for name, code in answers.items()}


def places(access, method):
    """Where the objects of the address lie.

    "mixed": the first in the own office and the next, under it, in a foreign one.
    A method that is never answered looks at no object.
    """
    if not access.at or getattr(access, method) == NEVER:
        return ["own"]
    nested = sum(path.endswith(".pk") for path in access.at.values()) > 1
    return ["own", "foreign", "mixed"] if nested else ["own", "foreign"]


def make_arguments(access, place, office):
    """The URL's arguments, and the target that POSTed data is taken from."""
    target = Target(office if place == "own" else make_office("遠方機關"))
    arguments = {key: attrgetter(path)(target) for key, path in access.at.items()}
    if place == "mixed":
        first, path = next(iter(access.at.items()))
        arguments[first] = attrgetter(path)(Target(office))
    return arguments, target


def answer(access, method, person, arguments, target):
    """The status for one person; what a POST changed is rolled back."""
    client = Client()
    if person is not None:
        client.force_login(person)
    data = {
        key: attrgetter(value[1:])(target) if value.startswith("=") else value
        for key, value in access.data.items()
    }
    with transaction.atomic():
        response = getattr(client, method)(
            reverse(access.name, kwargs=arguments), data if method == "post" else {}
        )
        transaction.set_rollback(True)
    location = response.headers.get("Location", "")
    return SIGN_IN if location.startswith("/sign-in/?next=") else response.status_code


CASES = [
    pytest.param(access, method, place, id=f"{access}-{method}-{place}")
    for access in MATRIX
    for method in ("get", "post")
    for place in places(access, method)
]


@pytest.mark.django_db
@pytest.mark.parametrize(("access", "method", "place"), CASES)
def test_access(access, method, place):
    office = make_office()
    people = make_people(office)
    arguments, target = make_arguments(access, place, office)

    answers = {
        name: answer(access, method, people.get(name), arguments, target)
        for name in PEOPLE
    }

    assert answers == expected(access, method, place)
