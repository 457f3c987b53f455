"""The coach's workplace: accounts, athletes, training, squads, and what operators need. Everything scoped."""

from athletes.admin import accounts, athletes, coaching, operations, site

__all__ = ["accounts", "athletes", "coaching", "operations", "site"]
