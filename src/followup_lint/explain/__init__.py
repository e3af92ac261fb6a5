"""Why a rule speaks, and why it does not: for readers who disagree with it."""
