"""What does the API's description (OpenAPI 3.1) say that the code cannot?"""

from analysis.openapi.completion import complete

__all__ = ["complete"]
