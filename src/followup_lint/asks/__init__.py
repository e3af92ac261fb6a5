"""Does a sentence ask, request or offer something, and how?"""

from followup_lint.asks.detect import asks
from followup_lint.asks.model import Ask, Form
from followup_lint.asks.proposals import requests

__all__ = ["Ask", "Form", "asks", "requests"]
