"""The house's own rules, held by tests that read the code as data."""
