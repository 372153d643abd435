"""Every address × person × own or foreign office × GET or POST gives the agreed answer."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.access import NEVER, PEOPLE, SIGN_IN, signed_in
from tests.access_matrix import MATRIX, Target, make_people, session_of, standing
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
        everywhere = {name: answers[name] for name in access.of_any_office}
        return signed_in(404) | everywhere
    refused = {SIGN_IN} if access.object_first else {SIGN_IN, 403}
    return {name: code if code in refused else 404 for name, code in answers.items()}


def places(access, method):
    """Where the objects of the address lie.

    "mixed": the first in the own office and the next, under it, in a foreign one.
    A method that is never answered looks at no object.
    """
    if not access.at or access.is_open or getattr(access, method) == NEVER:
        return ["own"]
    nested = sum(path.endswith(".pk") for path in access.at.values()) > 1
    return ["own", "foreign", "mixed"] if nested else ["own", "foreign"]


class World:
    """An office with all its people signed in, and a foreign one."""

    def __init__(self):
        office = make_office()
        self.own = Target(office)
        self.foreign = Target(make_office("遠方機關"))
        people = make_people(office)
        self.sessions = {name: session_of(person) for name, person in people.items()}

    def arguments(self, access, place):
        """The URL's arguments, and the target that POSTed data is taken from."""
        target = self.own if place == "own" else self.foreign
        arguments = access.arguments(target)
        if place == "mixed":
            first = next(iter(access.at))
            arguments[first] = access.arguments(self.own)[first]
        return arguments, target

    def client(self, name):
        client = Client()
        if name in self.sessions:
            client.cookies["sessionid"] = self.sessions[name]
        return client


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        yield World()


def answer(client, method, path, data):
    """The status; what a POST changed is rolled back."""
    with transaction.atomic():
        response = getattr(client, method)(path, data)
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
def test_access(access, method, place, world):
    arguments, target = world.arguments(access, place)
    path = reverse(access.name, kwargs=arguments)
    data = access.posted(target) if method == "post" else {}

    answers = {name: answer(world.client(name), method, path, data) for name in PEOPLE}

    assert answers == expected(access, method, place)
