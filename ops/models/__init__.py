"""Which rows does operating the service need?"""

from ops.models.clients import ApiKey, Client, Tier
from ops.models.hosts import WorkerHost
from ops.models.jobs import Job, Priority

__all__ = ["ApiKey", "Client", "Job", "Priority", "Tier", "WorkerHost"]
