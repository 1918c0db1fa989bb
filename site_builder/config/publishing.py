"""`publish:` in `site.yaml`: where the site goes, and who is notified."""

from pydantic import Field

from site_builder.config.section import SettingsSection


class Publishing(SettingsSection):
    """Where the site goes, and who is notified."""

    target: str = Field(
        "",
        description="Where `broadsheet publish` puts the site: a folder, `user@host:path`, `s3://…`, `git+https://…`.",
    )
    history: bool = Field(
        True, description="Whether a branch keeps earlier publishings; without them it holds one commit."
    )
    readers: str = Field(
        "", description="Who is mailed each new edition: a file next to content/, `env:…`, `command:…` or `https://…`."
    )
