"""The base class of all sections of `site.yaml`."""

from pydantic import BaseModel, ConfigDict


class SettingsSection(BaseModel):
    """A section of `site.yaml`; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
