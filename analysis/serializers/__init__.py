"""What may clients send?"""

from analysis.serializers.strict import StrictSerializer
from analysis.serializers.submissions import MetaSerializer, SubmissionSerializer

__all__ = ["MetaSerializer", "StrictSerializer", "SubmissionSerializer"]
