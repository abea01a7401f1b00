"""What may staff see and do with contents, reports and analyses?"""

from analysis.admin import analyses, batches, contents, reports, usage

__all__ = ["analyses", "batches", "contents", "reports", "usage"]
