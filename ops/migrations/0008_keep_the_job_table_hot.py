from django.db import migrations

# Rows move through their states quickly: room on each page keeps updates there, and dead rows
# must not pile up at the head of the line, where every claim begins.
SET = """
ALTER TABLE ops_job SET (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_analyze_scale_factor = 0.05
)
"""
RESET = """
ALTER TABLE ops_job RESET (
    fillfactor, autovacuum_vacuum_scale_factor, autovacuum_analyze_scale_factor
)
"""


def on_postgresql(sql):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("ops", "0007_run_schedules_once")]
    operations = [migrations.RunPython(on_postgresql(SET), on_postgresql(RESET))]
