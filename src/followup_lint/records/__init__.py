"""Dataclasses that are quick to declare: most of a program's classes have no value in most of its runs.

The standard library compiles six methods for each class as soon as its module is imported, which took a fifth of a
run over one draft, and loads `inspect` to do so. Here only `__init__` is compiled, when a class gets many values, so
that these are made as quickly; the other methods are shared. To a type checker they are the standard library's, and so
they are to whoever asks for their fields, as pydantic does. What this program has no use for (`InitVar`, `KW_ONLY`,
`asdict`) is left out.
"""

TYPE_CHECKING = False  # typing takes longer to load than all there is here
if TYPE_CHECKING:
    from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
else:
    from followup_lint.records.forms import MISSING, Field, field, fields, is_dataclass, replace
    from followup_lint.records.making import dataclass

__all__ = ["MISSING", "Field", "dataclass", "field", "fields", "is_dataclass", "replace"]
