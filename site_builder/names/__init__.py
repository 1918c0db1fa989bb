"""People's names: how lists join them, how programs part them, and in which order citations write them."""
