"""Nothing of the advisor is in the admin: a conversation belongs to the athlete, and consent does not open it."""
