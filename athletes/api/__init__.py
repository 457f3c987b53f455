"""The operations under `/v1/athletes`, by noun; representations are shared by every face that answers JSON."""
