"""Who gets what from the addresses of versions; access_matrix.py lists them with the rest."""

from datetime import date

from plans.compose import compose
from plans.editing import save_block
from plans.freezing import document_of, freeze
from plans.kept_parts import kept_at
from plans.models import Approval, State
from plans.restoring import preview
from tests.access import NEVER, PLAN, Access, coordinator, visible, writers
from tests.factories import make_plan, make_point, make_user


class Versions:
    """A plan that was approved once and is being amended, with a scan that was lost."""

    def __init__(self, office):
        self.plan = make_plan(office, state=State.AMENDING)
        point = make_point(self.plan, "縮短等候時間")
        frozen = freeze(compose(self.plan))
        self.approval = Approval.objects.create(
            plan=self.plan,
            number=1,
            edition=self.plan.edition,
            content=frozen.content,
            digest=frozen.digest,
            approved_on=date(2025, 1, 16),
            scan="scans/lost.pdf",
        )
        save_block(point, version=1, heading="延長服務", body="", by=make_user())
        self.plan.refresh_from_db()
        self.key = f"b{point.pk}"
        self.pair = f"v{self.approval.pk}-now"
        version = document_of(self.approval)
        kept = kept_at(version, self.key)
        assert kept
        self.seen = preview(self.plan, version, kept).seen


AMENDED = {"pk": "versions.plan.pk"}
VERSION = AMENDED | {"approval_pk": "versions.approval.pk"}
TABLE = AMENDED | {"pair": "versions.pair"}

VERSIONS = [
    Access("plans:approvals", get=visible(), post=NEVER, at=AMENDED),
    Access("plans:approval", get=visible(), post=NEVER, at=VERSION, object_first=True),
    Access(
        "plans:restore_part",
        get=writers(),
        post=writers(302),
        at=VERSION | {"key": "versions.key"},
        data={"seen": "=versions.seen"},
        object_first=True,
    ),
    # The file was lost: the page of the version says so.
    Access("plans:scan", get=visible(302), post=NEVER, at=VERSION, object_first=True),
    Access(
        "plans:scan_attach",
        get=NEVER,
        post=coordinator(422),
        at=VERSION,
        object_first=True,
    ),
    Access("plans:compare", get=visible(), post=NEVER, at=AMENDED),
    Access("plans:amendments", get=visible(), post=NEVER, at=TABLE),
    Access(
        "plans:amendment_note",
        get=NEVER,
        post=writers(302),
        at=TABLE,
        data={"key": "=versions.key", "text": "配合實際需要", "version": "0"},
    ),
    Access("plans:amendment_file", get=visible(), post=NEVER, at=TABLE),
    Access("plans:sittings", get=visible(), post=NEVER, at=PLAN),
]
