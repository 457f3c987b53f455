"""Mail: what is written, to whom it may go, and how it is handed over once."""
