"""What athletes add for themselves: foods from a label, recipes of their own, recipes from a page or a text."""
