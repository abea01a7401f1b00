"""Which content was submitted, by whom, and what was found in it?"""

from analysis.models.analyses import Analysis, AnalysisQuerySet, Status, new_public_id
from analysis.models.batches import Batch, BatchQuerySet
from analysis.models.contents import Content, Report
from analysis.models.followers import Follower
from analysis.models.idempotency import IdempotencyRecord
from analysis.models.remote import RemoteAnswer, RemoteStatus
from analysis.models.sketches import Sketch
from analysis.models.tombstones import Tombstone
from analysis.models.usage import UsageDay

__all__ = [
    "Analysis",
    "AnalysisQuerySet",
    "Batch",
    "BatchQuerySet",
    "Content",
    "Follower",
    "IdempotencyRecord",
    "RemoteAnswer",
    "RemoteStatus",
    "Report",
    "Sketch",
    "Status",
    "Tombstone",
    "UsageDay",
    "new_public_id",
]
