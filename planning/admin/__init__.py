"""What staff and coaches read of foods, plans and lists, the roster that says who needs attention, and the desk."""

from planning.admin import catalogue, curation, plans, roster

__all__ = ["catalogue", "curation", "plans", "roster"]
