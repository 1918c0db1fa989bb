"""`site.yaml` → settings, one module for each large section."""
