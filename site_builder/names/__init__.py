"""Personal names: how lists join them, how programs split them into parts, and how citations order the parts."""
