"""Many people at once, as an import or the demo brings them."""

from collections.abc import Mapping

from core.importing import Counts, Stage
from core.importing.staging import run
from core.importing.upsert import upsert


def write_users(stage: Stage) -> Mapping[str, Counts]:
    """People. Who has no e-mail gets a placeholder at a domain that cannot exist (RFC 2606).

    Of a code with other signs than letters, digits and hyphens, such as a name in Chinese, too little would be left to
    tell it from others.
    """
    run(
        f"UPDATE {stage.relation} SET email = concat_ws('-', "
        "nullif(trim('-' FROM regexp_replace(lower(external_code), '[^a-z0-9]+', '-', 'g')), ''), "
        "CASE WHEN external_code ~ '[^A-Za-z0-9-]' THEN left(md5(external_code), 8) END) "
        "|| '@imported.invalid' WHERE email IS NULL"
    )
    return {"user": upsert(stage)}
