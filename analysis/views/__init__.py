"""How does HTTP come in, and what goes out?"""

from analysis.views.analyses import AnalysesView, AnalysisView
from analysis.views.unknown import UnknownEndpointView

__all__ = ["AnalysesView", "AnalysisView", "UnknownEndpointView"]
