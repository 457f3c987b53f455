"""The demo: a runner with a real two-month calendar, a coach, and a squad; made through the product's own services."""
