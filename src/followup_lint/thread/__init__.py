"""What went before a message and what lies beside it: earlier messages, neighbours in its folder, conversations.

`records` is the way in; `conversations` gathers drafts, `quoted` knows what one quotes, `beside` makes them of text.
"""
