"""What staff and coaches read of foods, plans and lists, and the roster that says who needs attention."""

from planning.admin import catalogue, plans, roster

__all__ = ["catalogue", "plans", "roster"]
