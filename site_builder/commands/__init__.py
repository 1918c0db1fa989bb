"""Everything that talks to the world; never called by a build."""
