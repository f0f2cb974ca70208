from accounts.admin import distributors, people

__all__ = ["distributors", "people"]
