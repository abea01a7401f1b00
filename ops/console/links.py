"""Where does a name in a list lead?"""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ops.console.marks import NOTHING
from ops.models import Job


def client_link(client_key: str) -> SafeString:
    """Clients have a page; addresses are only a keyed hash, and that is all there is to see."""
    kind, _, name = client_key.partition(":")
    if kind == "client":
        return link(reverse("admin:ops_client_change", args=[name]), client_key)
    if kind == "address":
        return format_html('<span title="{}">anonymous</span>', client_key)
    return format_html("{}", client_key) if client_key else NOTHING


def job_link(job: Job | None) -> SafeString:
    if job is None:
        return NOTHING
    return link(reverse("admin:ops_job_change", args=[job.pk]), str(job))


def link(address: str, text: str) -> SafeString:
    return format_html('<a class="ops-link" href="{}">{}</a>', address, text)
