"""`python -m followup_lint.lsp`, where scripts are not on the path."""

import sys

from followup_lint.lsp import main

sys.exit(main())
