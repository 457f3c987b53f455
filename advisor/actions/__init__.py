"""Applying a proposal that the athlete confirmed: once, verified by reading back, and told as it came out."""

from advisor.actions.confirming import confirm_action, decline_action

__all__ = ["confirm_action", "decline_action"]
