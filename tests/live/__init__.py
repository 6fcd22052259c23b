"""A whole house on an exchange that has good days and every kind of bad one."""
