"""The clock, which nothing below the commands reads."""

import os
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present moment, or the one that SOURCE_DATE_EPOCH names (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)


def local_zone() -> str:
    """Return the name of this machine's time zone, "UTC" where it tells none."""
    named = os.environ.get("TZ", "").lstrip(":") or str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    try:
        return ZoneInfo(named).key
    except (ValueError, OSError, KeyError):  # what is no name of a zone
        return "UTC"
