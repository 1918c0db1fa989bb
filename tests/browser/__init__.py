"""What readers see, in the real Chromium: one of it serves all these tests of a worker."""
