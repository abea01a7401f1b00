"""What does whoever started the service need to know?"""

import json
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ops.launch.first_start import Secrets


@dataclass(frozen=True)
class Banner:
    base_url: str
    logs: Path
    manage: str
    """How this installation's management commands begin."""
    first_path: str
    first_body: dict[str, Any]
    secrets: Secrets | None
    """None on every start but the first."""

    def __str__(self) -> str:
        return "\n".join(["", *self._places(), "", *self._doors(), "", *self._example(), ""])

    def _places(self) -> list[str]:
        return [
            "ContentCreate is running. Ctrl-C stops everything.",
            "",
            f"  Playground    {self.base_url}/",
            f"  Console       {self.base_url}/admin/",
            f"  API           {self.base_url}/docs",
            f"  Logs          {self.logs}",
        ]

    def _doors(self) -> list[str]:
        if not self.secrets:
            return [
                "  Login and keys were shown on the first start. New ones:",
                f"    {self.manage} changepassword admin",
                f"    {self.manage} apikey create --tier premium",
            ]
        return [
            f"  Login         {self.secrets.username}",
            f"  Password      {self.secrets.password}",
            f"  Free key      {self.secrets.free_key}",
            f"  Premium key   {self.secrets.premium_key}",
            "  Keep them: they are shown only this once.",
        ]

    def _example(self) -> list[str]:
        return ["  Try it:", f"    {self.curl()}"]

    def curl(self) -> str:
        headers = ["Content-Type: application/json", "Prefer: wait=10"]
        if self.secrets:
            headers.insert(0, f"Authorization: Bearer {self.secrets.free_key}")
        words = ["curl", "-sS", f"{self.base_url}{self.first_path}"]
        for header in headers:
            words += ["-H", header]
        return shlex.join([*words, "-d", json.dumps(self.first_body)])
