"""A site that people visit without an account: ``rebound serve``."""
