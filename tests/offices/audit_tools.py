"""What the tests of the audit trail share: events told, and a chain tampered with."""

from django.db import connection

from offices.audit.models import Act, AuditEvent
from offices.audit.recording import record


def told(office=None, act=None):
    """The events of an office's chain, or of the installation's, oldest first."""
    events = AuditEvent.objects.filter(chain=office.pk if office else 0)
    if act:
        events = events.filter(act=act)
    return list(events.order_by("number"))


def acts(office=None):
    return [Act(event.act) for event in told(office)]


def tell(office, count=1, **kwargs):
    """So many events of ``office``."""
    kwargs.setdefault("by", None)
    for number in range(count):
        record(Act.SIGNED_IN, office=office, target=f"第{number}件", **kwargs)


def drop_triggers():
    """As whoever owns the database can: only the chain tells of it then."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("DROP TRIGGER offices_auditevent_kept ON offices_auditevent")
        else:
            cursor.execute("DROP TRIGGER offices_auditevent_no_update")
            cursor.execute("DROP TRIGGER offices_auditevent_no_delete")


def tamper(sql, *values):
    """Run one statement behind the system's back."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
