"""The planned event that a source names moves from the session's `chosen` to the record that names it."""

from collections import defaultdict

from django.db import migrations, models
from django.db.models import TextField
from django.db.models.functions import Cast

NAMED = "planned:"
BATCH = 500


def to_records(apps, schema_editor):
    alias = schema_editor.connection.alias
    sessions = apps.get_model("athletes", "CompletedSession").objects.using(alias)
    records = apps.get_model("athletes", "SessionRecord").objects.using(alias)
    holding = sessions.annotate(text=Cast("chosen", TextField())).filter(text__contains=f'"{NAMED}')
    ids = list(holding.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        names, moved = {}, []
        for session in sessions.filter(pk__in=ids[start : start + BATCH]).only("chosen"):
            told = {key: value for key, value in session.chosen.items() if key.startswith(NAMED)}
            names.update({key.removeprefix(NAMED): value for key, value in told.items()})
            session.chosen = {key: value for key, value in session.chosen.items() if key not in told}
            moved.append(session)
        named = list(records.filter(pk__in=names).only("planned_id"))
        for record in named:
            record.planned_id = names[record.pk][:600]
        records.bulk_update(named, ["planned_id"], batch_size=BATCH)
        sessions.bulk_update(moved, ["chosen"], batch_size=BATCH)


def to_sessions(apps, schema_editor):
    alias = schema_editor.connection.alias
    sessions = apps.get_model("athletes", "CompletedSession").objects.using(alias)
    records = apps.get_model("athletes", "SessionRecord").objects.using(alias)
    by_session = defaultdict(dict)
    for pk, session_id, name in records.exclude(planned_id="").values_list("pk", "session_id", "planned_id"):
        by_session[session_id][f"{NAMED}{pk}"] = name
    ids = sorted(by_session)
    for start in range(0, len(ids), BATCH):
        moved = list(sessions.filter(pk__in=ids[start : start + BATCH]).only("chosen"))
        for session in moved:
            session.chosen = {**session.chosen, **by_session[session.pk]}
        sessions.bulk_update(moved, ["chosen"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("athletes", "0004_travel")]

    operations = [
        migrations.AddField(
            model_name="sessionrecord",
            name="planned_id",
            field=models.CharField(blank=True, default="", max_length=600),
            preserve_default=False,
        ),
        migrations.RunPython(to_records, to_sessions),
    ]
