"""Logs of a job search, kept by people and programs in their own ways, into applications and interviews.

``read_table`` reads the file, ``propose`` says how it would be understood and why, ``plan_import`` says what
an import would do, and the plan's ``writes()`` are for the one writer. Nothing here writes anything.
"""

from .alike import Alike
from .asks import Ask
from .fields import FIELDS, Field
from .mapping import Mapping, propose
from .plan import ImportPlan, RowProblem
from .planning import plan_import
from .reading import read_table
from .reasons import Reason
from .remembered import Remembered, remembered
from .table import Table
from .words import Meaning

__all__ = [
    "FIELDS",
    "Alike",
    "Ask",
    "Field",
    "ImportPlan",
    "Mapping",
    "Meaning",
    "Reason",
    "Remembered",
    "RowProblem",
    "Table",
    "plan_import",
    "propose",
    "read_table",
    "remembered",
]
