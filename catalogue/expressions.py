"""The one normal form of a product's code, made by the database."""

from django.db.models import CharField, Func


class NormalCode(Func):
    """A code as it is compared: `catalogue_normal_code`.

    Full-width letters, digits and signs become plain ones, small letters capitals; spaces and whatever nobody sees
    (zero-width marks, soft hyphens, marks of the byte order) go. Only what the function gives is ever compared.
    """

    function = "catalogue_normal_code"
    arity = 1
    output_field = CharField()


def product_of_code_sql(written: str, distributor: str) -> str:
    """SQL: the id of the product that a distributor means by a code, or NULL.

    `written` and `distributor` are expressions of the caller; where `distributor` is NULL only shared codes count. A
    distributor's own code goes before a shared one that is written alike.
    """
    return f"""(
        SELECT known.product_id FROM catalogue_productcode AS known
        WHERE known.normal = catalogue_normal_code({written})
          AND (known.distributor_id IS NULL OR known.distributor_id = {distributor})
        ORDER BY known.distributor_id IS NULL LIMIT 1
    )"""  # noqa: S608 - put together from constants of the callers
