"""What the planner's bench and soak share: worlds to plan in, random athletes, and a second opinion on every claim."""
