"""Which addresses does the API answer?"""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from analysis import views
from analysis.pages import Playground

app_name = "analysis"
urlpatterns = [
    path("", Playground.as_view(), name="playground"),
    path("playground", Playground.as_view()),
    path("api/v1/analyses", views.AnalysesView.as_view(), name="analyses"),
    path("api/v1/analyses/<str:public_id>", views.AnalysisView.as_view(), name="analysis"),
    path(
        "api/v1/analyses/<str:public_id>/cancel",
        views.AnalysisCancelView.as_view(),
        name="analysis-cancel",
    ),
    path(
        "api/v1/analyses/<str:public_id>/content",
        views.AnalysisContentView.as_view(),
        name="analysis-content",
    ),
    path(
        "api/v1/analyses/<str:public_id>/comparison",
        views.ComparisonView.as_view(),
        name="comparison",
    ),
    path("api/v1/batches", views.BatchesView.as_view(), name="batches"),
    path("api/v1/batches/<str:public_id>", views.BatchView.as_view(), name="batch"),
    path(
        "api/v1/batches/<str:public_id>/cancel",
        views.BatchCancelView.as_view(),
        name="batch-cancel",
    ),
    path(
        "api/v1/batches/<str:public_id>/results",
        views.BatchResultsView.as_view(),
        name="batch-results",
    ),
    path("api/v1/analyzers", views.AnalyzersView.as_view(), name="analyzers"),
    path("api/v1/errors", views.ErrorsView.as_view(), name="errors"),
    path("api/v1/errors/<str:code>", views.ErrorView.as_view(), name="error"),
    path("api/v1/profiles", views.ProfilesView.as_view(), name="profiles"),
    path("api/v1/usage", views.UsageView.as_view(), name="usage"),
    path(
        "api/v1/webhook-endpoints", views.WebhookEndpointsView.as_view(), name="webhook-endpoints"
    ),
    path(
        "api/v1/webhook-endpoints/<str:public_id>",
        views.WebhookEndpointView.as_view(),
        name="webhook-endpoint",
    ),
    path(
        "api/v1/webhook-endpoints/<str:public_id>/secret",
        views.EndpointSecretView.as_view(),
        name="webhook-endpoint-secret",
    ),
    path(
        "api/v1/webhook-endpoints/<str:public_id>/rotate-secret",
        views.RotateSecretView.as_view(),
        name="webhook-endpoint-rotate-secret",
    ),
    path(
        "api/v1/webhook-endpoints/<str:public_id>/test",
        views.EndpointTestView.as_view(),
        name="webhook-endpoint-test",
    ),
    path(
        "api/v1/webhook-endpoints/<str:public_id>/deliveries",
        views.EndpointDeliveriesView.as_view(),
        name="webhook-endpoint-deliveries",
    ),
    path(
        "api/v1/webhook-deliveries/<str:public_id>",
        views.WebhookDeliveryView.as_view(),
        name="webhook-delivery",
    ),
    path(
        "api/v1/webhook-deliveries/<str:public_id>/retry",
        views.WebhookDeliveryRetryView.as_view(),
        name="webhook-delivery-retry",
    ),
    path("api/v1/me", views.MeView.as_view(), name="me"),
    path("api/v1/limits", views.LimitsView.as_view(), name="limits"),
    path("api/v1/openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path(
        "docs",
        SpectacularSwaggerSplitView.as_view(
            url_name="analysis:openapi", template_name="analysis/docs.html"
        ),
        name="docs",
    ),
    path("api/v1/<path:path>", views.UnknownEndpointView.as_view()),
]
