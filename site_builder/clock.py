"""The clock, which nothing below the commands reads."""

import os
from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, or the one that SOURCE_DATE_EPOCH names (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
