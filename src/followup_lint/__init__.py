"""A linter for the messages people send after a job interview."""
