"""The database, on SQLite files and on a PostgreSQL server of our own."""
