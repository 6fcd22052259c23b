"""The paper account, one file per module."""
