"""Simulated groups that play every format through the real adapters, and what must hold after."""
