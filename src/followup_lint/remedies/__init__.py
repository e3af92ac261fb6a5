"""What would mend a finding. Rules name it, checks know nothing of it, and only `fix` and editors apply it.

A wrong remedy is worse than none. Safe is what one would let run over one's own message unseen: it says the same, and
reads right wherever it is put.
"""
