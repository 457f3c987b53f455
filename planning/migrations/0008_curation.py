from typing import Any

import django.db.models.deletion
import nutrition_site.kernel.fields
from django.conf import settings
from django.db import migrations, models

GROUP = "Dietitians"
SHOWN = ("food", "recipe", "recipeingredient", "cataloguerelease", "curationchange")


def make_group(apps: Any, schema_editor: Any) -> None:
    # Django makes permissions after all migrations; those that a group begins with are made here under the same names.
    types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    group, created = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    if not created:
        return
    for model in SHOWN:
        of, _ = types.get_or_create(app_label="planning", model=model)
        named = apps.get_model("planning", model)._meta.verbose_name
        view, _ = permissions.get_or_create(
            content_type=of, codename=f"view_{model}", defaults={"name": f"Can view {named}"}
        )
        group.permissions.add(view)
        if model == "curationchange":
            curate, _ = permissions.get_or_create(
                content_type=of,
                codename="curate_catalogue",
                defaults={"name": "Can curate foods, recipes and constants"},
            )
            group.permissions.add(curate)


def drop_group(apps: Any, schema_editor: Any) -> None:
    apps.get_model("auth", "Group").objects.filter(name=GROUP).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('planning', '0007_coaching_races_and_log'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CurationChange',
            fields=[
                ('id', nutrition_site.kernel.fields.IdField(editable=False, max_length=40, prefix='cur', primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('food', 'Food'), ('recipe', 'Recipe'), ('constant', 'Constant')], max_length=10)),
                ('key', models.CharField(max_length=120)),
                ('title', models.CharField(max_length=250)),
                ('changes', models.JSONField()),
                ('reason', models.CharField(max_length=1000)),
                ('source', models.CharField(blank=True, max_length=500)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('applied', 'Applied'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=10)),
                ('proposed_by_name', models.CharField(max_length=200)),
                ('proposed_at', models.DateTimeField()),
                ('decided_by_name', models.CharField(blank=True, max_length=200)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_note', models.CharField(blank=True, max_length=1000)),
                ('version', models.PositiveIntegerField(blank=True, null=True, unique=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-proposed_at', '-id'],
                'permissions': [('curate_catalogue', 'Can curate foods, recipes and constants')],
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['kind', 'key'], name='curation_of'), models.Index(fields=['state', '-proposed_at'], name='curation_queue')],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'applied'), ('version__isnull', False)), models.Q(models.Q(('state', 'applied'), _negated=True), ('version__isnull', True)), _connector='OR'), name='curation_version_when_applied'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='curation_decided_once'),
                ],
            },
        ),
        migrations.RunPython(make_group, drop_group, elidable=False),
    ]
