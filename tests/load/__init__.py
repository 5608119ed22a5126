"""`make load`: many people at once, on this machine only, in bounded numbers."""
