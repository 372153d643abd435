"""The rules by which access is told: who there is, and what each gets.

A line says, for GET and for POST, what each person gets for an object of the office
they have to do with; ``at`` names the URL's arguments as attributes of a Target;
``data`` is what POST sends, strings beginning with "=" being attributes too.
"""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

MEMBERS = ("reader", "owner", "unit_head", "chief", "coordinator")
WRITERS = ("owner", "unit_head", "coordinator")
PEOPLE = ("anonymous", "outsider", *MEMBERS, "superior", "superuser")

SIGN_IN = "sign-in"  # a redirect to the sign-in page
Answers = dict[str, int | str]


def public(status: int = 200) -> Answers:
    """Everyone, signed in or not."""
    return dict.fromkeys(PEOPLE, status)


def signed_in(status: int = 200) -> Answers:
    """Everyone with an account; for pages about no object of an office."""
    return public(status) | {"anonymous": SIGN_IN}


def visible(status: int = 200) -> Answers:
    """Everyone who may read the office; outsiders learn nothing."""
    return signed_in(status) | {"outsider": 404, "superuser": 404}


def only(*people: str, status: int = 200) -> Answers:
    """These people; others who may read the office are refused."""
    return visible(403) | dict.fromkeys(people, status)


def coordinator(status: int = 200) -> Answers:
    """研考 alone."""
    return only("coordinator", status=status)


def writers(status: int = 200) -> Answers:
    """Those who write plans."""
    return only(*WRITERS, status=status)


def auditors(status: int = 200) -> Answers:
    """研考, and the administrator, who keeps no office."""
    return only("coordinator", "superuser", status=status)


NEVER: Answers = signed_in(405)


@dataclass(frozen=True)
class Access:
    """One URL name; ``get`` and ``post`` tell the answer for each person."""

    name: str
    get: Answers
    post: Answers
    at: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    # The object itself says who may change it: one of another plan is 404 for all.
    object_first: bool = False
    # Whoever knows the address may open it, whatever office it is of.
    is_open: bool = False
    # People who get the same answer from every office, foreign ones too.
    of_any_office: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    def arguments(self, target: Any) -> dict[str, Any]:
        """The URL's arguments, from the objects of ``target``."""
        return {key: attrgetter(path)(target) for key, path in self.at.items()}

    def posted(self, target: Any) -> dict[str, Any]:
        """The data that a POST sends."""
        return {
            key: attrgetter(value[1:])(target) if value.startswith("=") else value
            for key, value in self.data.items()
        }


# How the objects of a plan are named in its addresses.
PLAN: dict[str, str] = {"pk": "plan.pk"}
POINT = PLAN | {"block_pk": "point.pk"}
LINE = PLAN | {"line_pk": "line.pk"}
TABLE = PLAN | {"block_pk": "table.pk"}
COLUMN = PLAN | {"column_pk": "column.pk"}
ROW = PLAN | {"row_pk": "row.pk"}
ITEM = PLAN | {"item_pk": "item.pk"}
METHOD = PLAN | {"method_pk": "method.pk"}
