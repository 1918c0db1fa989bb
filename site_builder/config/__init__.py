"""`site.yaml` → settings, section by section."""
