"""Reusable ipywidgets: a value in, a value out. They know nothing of the rest of Rebound."""
