"""Reports for a bug tracker: people, companies, addresses and numbers of a draft give way to names like PERSON-1.

Careful beats readable. Of a draft's words only those stay that are written small and belong to nobody who is known, and
the few that may be large without being a name (`rules/vocabulary/redact.yaml`). In the draft itself each placeholder is
as long as what it stands for, so that lines and columns are those of the draft.
"""

from followup_lint.redact.redactor import Redactor

__all__ = ["Redactor"]
