"""Pages of planning: today, week, day, swap, recipes, shopping, certificate."""
