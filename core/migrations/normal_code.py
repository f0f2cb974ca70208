from django.db import migrations


class Migration(migrations.Migration):
    """The normal form of codes, of which the constraints and the generated columns of all apps are made."""

    dependencies: list[tuple[str, str]] = []
    run_before = [("core", "0001_initial"), ("company", "0001_initial"), ("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE FUNCTION core_normal_code(written text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN "
            "upper(upper(replace(translate(regexp_replace(normalize(written, NFKC), "
            "'[[:space:]\\u00AD\\u034F\\u061C\\u115F\\u1160\\u180B-\\u180F\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u206F"
            "\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0]+', '', 'g'), 'ıİςẞ', 'IIσß'), 'ß', 'SS') "
            'COLLATE "C") COLLATE "default")',
            "DROP FUNCTION core_normal_code(text)",
        ),
    ]
