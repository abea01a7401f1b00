"""What may a submission contain?"""

from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty

from analysis import addresses
from analysis.announcing import Webhook
from analysis.engine import ANALYZERS, MAX_BYTES, PROFILES, AnalysisRequest, Format, Meta
from analysis.remote import TASKS
from analysis.serializers.labels import LabelsField
from analysis.serializers.options import AnalyzerField, OptionsSerializer, engine_options
from analysis.serializers.strict import NamedChoiceField, StrictSerializer
from analysis.submission import Wish


class MetaSerializer(StrictSerializer):
    """What the page around the text says of itself."""

    keyphrase = serializers.CharField(
        max_length=200, allow_blank=True, default="", help_text="What the text is to be found by."
    )
    title = serializers.CharField(max_length=500, allow_blank=True, default="")
    description = serializers.CharField(max_length=1000, allow_blank=True, default="")
    slug = serializers.CharField(max_length=200, allow_blank=True, default="")
    url = serializers.CharField(
        max_length=2000,
        allow_blank=True,
        default="",
        help_text="Where the text is published: tells internal links from external ones.",
    )


class TextField(serializers.CharField):
    """Kept as it is; it must not be blank."""

    def run_validation(self, data: Any = empty) -> Any:
        if isinstance(data, str) and not data.strip():
            raise serializers.ValidationError("The content has no text.", code="text_empty")
        return super().run_validation(data)


class ContentSerializer(StrictSerializer):
    """A content, and what is to be found in it."""

    content = TextField(
        trim_whitespace=False,
        help_text=f"The text, at most {MAX_BYTES:,} bytes in UTF-8; or, in the format 'url', the "
        "http(s) address of a page, which is then fetched.",
    )
    format = NamedChoiceField(
        choices=[*(f.value for f in Format), addresses.FORMAT], default=Format.TEXT.value
    )
    profile = NamedChoiceField(choices=list(PROFILES), default="standard")
    language = serializers.RegexField(
        r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        max_length=35,
        required=False,
        help_text="A BCP 47 tag such as 'en'; detected when absent.",
        error_messages={"invalid": "This is not a language tag such as 'en' or 'de-CH'."},
    )
    analyzers = serializers.ListField(
        child=AnalyzerField(),
        default=list,
        max_length=len(ANALYZERS),
        help_text="Only these analyzers run; all of the profile when empty.",
    )
    options = OptionsSerializer(default=dict)
    meta = MetaSerializer(default=dict)
    remote = serializers.ListField(
        child=NamedChoiceField(choices=list(TASKS)),
        default=list,
        max_length=len(TASKS),
        help_text="What a remote model is to be asked about the text, where one is in service: the "
        "text is sent there. Its answers come later, beside the report.",
    )
    metadata = LabelsField()

    def validate(self, members: dict[str, Any]) -> dict[str, Any]:
        if members["format"] == addresses.FORMAT:
            members["content"] = members["content"].strip()
            if complaint := addresses.complaint_about(members["content"]):
                raise serializers.ValidationError({"content": [complaint]}, code="unsafe_url")
        return members


class SubmissionSerializer(ContentSerializer):
    """A content, what is to be found in it, and who is told."""

    webhook = serializers.CharField(
        max_length=2048,
        default="",
        help_text="Told once, signed, when the analysis ends; its secret is that of the endpoint"
        " which `GET /webhook-endpoints` lists for its origin.",
    )

    def wish(self) -> Wish:
        return wish_of(self.validated_data)


def wish_of(data: dict[str, Any]) -> Wish:
    """A validated submission as the values that the service works with."""
    is_address = data["format"] == addresses.FORMAT
    request = AnalysisRequest(
        source=data["content"],
        format=Format.PAGE if is_address else Format(data["format"]),
        language=data.get("language"),
        profile=data["profile"],
        meta=Meta(**data["meta"]),
        options=engine_options(data["analyzers"], data["options"]),
    )
    return Wish(
        request,
        data["metadata"],
        is_address=is_address,
        webhook=Webhook(data.get("webhook", "")),
        remote=tuple(sorted(set(data["remote"]))),
    )
