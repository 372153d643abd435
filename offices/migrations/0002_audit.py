"""The audit trail, and the triggers that keep it as it was written.

A later migration that alters AuditEvent makes SQLite build the table anew and lose its
triggers: it must call ``guard`` again.
"""

import django.db.models.deletion
from django.db import migrations, models

# The 190 days that are kept at least, less one: clocks may differ.
POSTGRESQL = """
CREATE FUNCTION offices_auditevent_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '189 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit events are append-only'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER offices_auditevent_kept BEFORE UPDATE OR DELETE ON offices_auditevent
FOR EACH ROW EXECUTE FUNCTION offices_auditevent_kept();
"""
# SQLite empties its tables with DELETE, oldest rows first, when a test or
# ``manage.py flush`` asks for it; a middle or an end cannot be cut out.
SQLITE = (
    """
CREATE TRIGGER offices_auditevent_no_update BEFORE UPDATE ON offices_auditevent
BEGIN
    SELECT RAISE(ABORT, 'audit events are append-only');
END
""",
    """
CREATE TRIGGER offices_auditevent_no_delete BEFORE DELETE ON offices_auditevent
WHEN EXISTS (
    SELECT 1 FROM offices_auditevent
    WHERE chain_id = OLD.chain_id AND number < OLD.number
)
BEGIN
    SELECT RAISE(ABORT, 'audit events go oldest first');
END
""",
)


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for statement in SQLITE:
            schema_editor.execute(statement)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "DROP TRIGGER offices_auditevent_kept ON offices_auditevent;"
            "DROP FUNCTION offices_auditevent_kept();"
        )
    else:
        schema_editor.execute("DROP TRIGGER offices_auditevent_no_update")
        schema_editor.execute("DROP TRIGGER offices_auditevent_no_delete")


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditChain",
            fields=[
                (
                    "office",
                    models.PositiveBigIntegerField(primary_key=True, serialize=False),
                ),
                ("last_number", models.PositiveBigIntegerField(default=0)),
                ("last_digest", models.CharField(blank=True, max_length=64)),
                ("anchor_number", models.PositiveBigIntegerField(default=0)),
                ("anchor_digest", models.CharField(blank=True, max_length=64)),
                ("checked_at", models.DateTimeField(null=True)),
                ("checked_from", models.PositiveBigIntegerField(default=0)),
                ("checked_until", models.PositiveBigIntegerField(default=0)),
                ("break_found", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "稽核軌跡",
                "verbose_name_plural": "稽核軌跡",
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("number", models.PositiveBigIntegerField(verbose_name="編號")),
                ("at", models.DateTimeField(verbose_name="時間")),
                (
                    "office_name",
                    models.CharField(blank=True, max_length=80, verbose_name="機關"),
                ),
                ("actor", models.PositiveBigIntegerField(null=True)),
                ("actor_name", models.CharField(max_length=220, verbose_name="人員")),
                ("acting_for", models.PositiveBigIntegerField(null=True)),
                (
                    "acting_for_name",
                    models.CharField(blank=True, max_length=220, verbose_name="代理"),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="來源位址"
                    ),
                ),
                ("act", models.CharField(max_length=40, verbose_name="動作")),
                ("target_kind", models.CharField(blank=True, max_length=60)),
                ("target", models.PositiveBigIntegerField(null=True)),
                (
                    "target_name",
                    models.CharField(blank=True, max_length=250, verbose_name="對象"),
                ),
                ("details", models.JSONField(default=dict, verbose_name="說明")),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
                (
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="offices.auditchain",
                    ),
                ),
            ],
            options={
                "verbose_name": "稽核事件",
                "verbose_name_plural": "稽核事件",
                "ordering": ["chain", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chain", "number"), name="audit_number_once"
                    )
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
