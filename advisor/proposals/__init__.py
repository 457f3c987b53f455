"""What may be proposed, by noun: each module builds a proposal and says what it would mean now."""
