"""Addresses as documents copy them."""


def address_sql(distributor: str) -> str:
    """A distributor's name and address as one JSON value, of the table expression `distributor`."""
    return f"""jsonb_build_object(
        'name', COALESCE(NULLIF({distributor}.legal_name, ''), {distributor}.name), 'name_zh', {distributor}.name_zh,
        'address', {distributor}.address, 'city', {distributor}.city, 'country', {distributor}.country,
        'phone', {distributor}.phone, 'email', {distributor}.email
    )"""
