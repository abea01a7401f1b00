"""How does HTTP come in, and what goes out?"""

from analysis.views.analyses import (
    AnalysesView,
    AnalysisCancelView,
    AnalysisContentView,
    AnalysisView,
    ComparisonView,
)
from analysis.views.batches import BatchCancelView, BatchesView, BatchResultsView, BatchView
from analysis.views.catalogue import AnalyzersView, ErrorsView, ErrorView, ProfilesView
from analysis.views.clients import MeView, UsageView
from analysis.views.limits import LimitsView
from analysis.views.unknown import UnknownEndpointView
from analysis.views.webhooks import (
    EndpointDeliveriesView,
    EndpointSecretView,
    EndpointTestView,
    RotateSecretView,
    WebhookDeliveryRetryView,
    WebhookDeliveryView,
    WebhookEndpointsView,
    WebhookEndpointView,
)

__all__ = [
    "AnalysesView",
    "AnalysisCancelView",
    "AnalysisContentView",
    "AnalysisView",
    "AnalyzersView",
    "BatchCancelView",
    "BatchResultsView",
    "BatchView",
    "BatchesView",
    "ComparisonView",
    "EndpointDeliveriesView",
    "EndpointSecretView",
    "EndpointTestView",
    "ErrorView",
    "ErrorsView",
    "LimitsView",
    "MeView",
    "ProfilesView",
    "RotateSecretView",
    "UnknownEndpointView",
    "UsageView",
    "WebhookDeliveryRetryView",
    "WebhookDeliveryView",
    "WebhookEndpointView",
    "WebhookEndpointsView",
]
