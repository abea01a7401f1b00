"""What may staff see and do with contents, reports and analyses?"""

from analysis.admin import analyses, contents, reports

__all__ = ["analyses", "contents", "reports"]
