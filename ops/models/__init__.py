"""Which rows does operating the service need?"""

from ops.models.alerts import (
    Alert,
    AlertChannel,
    AlertDelivery,
    AlertRule,
    Comparison,
    Severity,
    Silence,
)
from ops.models.attempts import Attempt
from ops.models.breakers import BreakerSwitch
from ops.models.clients import ApiKey, Client, Scope, Tier
from ops.models.config import ConfigVersion
from ops.models.events import Event
from ops.models.hosts import WorkerHost
from ops.models.incidents import Incident, IncidentUpdate, PartStatement
from ops.models.jobs import Failure, FailureCode, Job, Priority
from ops.models.limits import Admission, Demand, LimitOverride, LimitPolicy, Refusals, StrictMode
from ops.models.maintenance import Maintenance
from ops.models.metrics import MetricSeries, MetricSlot
from ops.models.overload import Emergency, EmergencyProfile, GateReport, LevelOverride
from ops.models.pauses import EVERYTHING, Pause
from ops.models.rights import Console, Right
from ops.models.ticks import Tick
from ops.models.webhooks import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
    WebhookSlot,
)

__all__ = [
    "EVERYTHING",
    "Admission",
    "Alert",
    "AlertChannel",
    "AlertDelivery",
    "AlertRule",
    "ApiKey",
    "Attempt",
    "BreakerSwitch",
    "Client",
    "Comparison",
    "ConfigVersion",
    "Console",
    "Demand",
    "Emergency",
    "EmergencyProfile",
    "Event",
    "Failure",
    "FailureCode",
    "GateReport",
    "Incident",
    "IncidentUpdate",
    "Job",
    "LevelOverride",
    "LimitOverride",
    "LimitPolicy",
    "Maintenance",
    "MetricSeries",
    "MetricSlot",
    "PartStatement",
    "Pause",
    "Priority",
    "Refusals",
    "Right",
    "Scope",
    "Severity",
    "Silence",
    "StrictMode",
    "Tick",
    "Tier",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookMessage",
    "WebhookSlot",
    "WorkerHost",
]
