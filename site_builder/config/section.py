"""What the parts of `site.yaml` have in common."""

from pydantic import BaseModel, ConfigDict


class SettingsSection(BaseModel):
    """A part of `site.yaml`; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
