"""Every write of planning, by noun: targets, plans, swaps, shopping lists."""
