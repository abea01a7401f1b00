"""How tests speak to the API in this process."""

from typing import Any

from django.test import Client as HttpClient

from ops import keys
from ops.models import Client, Job, Tier
from ops.queue.handlers import call_for


class Api:
    """One client of the API; without a key an anonymous one."""

    def __init__(self, secret: str | None = None, *, raise_errors: bool = True) -> None:
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        self._http = HttpClient(headers=headers, raise_request_exception=raise_errors)

    @classmethod
    def as_client(cls, tier: Tier) -> "Api":
        client, _ = Client.objects.get_or_create(name=f"{tier} client", tier=tier)
        return cls(keys.mint(client).secret)

    def submit(self, content: str, **members: Any) -> Any:
        return self._http.post(
            "/api/v1/analyses", {"content": content, **members}, content_type="application/json"
        )

    def post_raw(self, body: bytes, content_type: str = "application/json") -> Any:
        return self._http.generic("POST", "/api/v1/analyses", body, content_type)

    def get(self, url: str, **extra: Any) -> Any:
        return self._http.get(url, **extra)

    def post(self, url: str, body: Any = None, **extra: Any) -> Any:
        return self._http.post(url, body, content_type="application/json", **extra)

    def patch(self, url: str, body: Any) -> Any:
        return self._http.patch(url, body, content_type="application/json")

    def delete(self, url: str) -> Any:
        return self._http.delete(url)


def work_off() -> None:
    """Does what waits, as a worker would, in this process."""
    for job in Job.objects.filter(state=Job.State.WAITING):
        call_for(job.kind, job.payload)()
        Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
