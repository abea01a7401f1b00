"""What may clients send?"""

from analysis.serializers.batches import BatchSerializer
from analysis.serializers.strict import StrictSerializer
from analysis.serializers.submissions import MetaSerializer, SubmissionSerializer

__all__ = ["BatchSerializer", "MetaSerializer", "StrictSerializer", "SubmissionSerializer"]
