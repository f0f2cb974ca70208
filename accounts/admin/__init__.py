from accounts.admin import distributors, people, records

__all__ = ["distributors", "people", "records"]
