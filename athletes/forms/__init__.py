"""The forms of the athlete's pages: shape and words only; services write."""
