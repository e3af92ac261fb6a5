"""What the command line does with drafts."""
