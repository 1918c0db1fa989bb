"""How often Python looks for garbage."""

import gc


def collect_rarely() -> None:
    """Look for garbage seldom: a build makes much and little of it is garbage, and so do the modules it loads."""
    gc.set_threshold(1_000_000, 20, 100)
