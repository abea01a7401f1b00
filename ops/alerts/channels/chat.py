"""How do the chats want a notice? Each in its own JSON, to the address it gave out."""

from typing import Any

import orjson

from ops.alerts import posting
from ops.alerts.notice import Notice
from ops.alerts.occasions import Occasion
from ops.models import AlertChannel, Severity

_RED, _AMBER, _BLUE, _GREEN = "D92D20", "B54708", "175CD3", "067647"


def send_to_slack(channel: AlertChannel, notice: Notice) -> None:
    attachment = {"color": f"#{_color(notice)}", "text": _slack_safe(notice.text)}
    _post(channel, {"text": _slack_safe(notice.title), "attachments": [attachment]})


def send_to_discord(channel: AlertChannel, notice: Notice) -> None:
    embed = {
        "title": notice.title[:256],
        "description": notice.text[:4000],
        "color": int(_color(notice), 16),
    }
    # Whatever a rule's text says, it must not call everybody.
    _post(channel, {"embeds": [embed], "allowed_mentions": {"parse": []}})


def send_to_teams(channel: AlertChannel, notice: Notice) -> None:
    card = {
        "type": "AdaptiveCard",
        "version": "1.4",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "body": [
            {"type": "TextBlock", "size": "Medium", "weight": "Bolder", "wrap": True}
            | {"text": notice.title, "color": _teams_color(notice)},
            {"type": "TextBlock", "text": notice.text.replace("\n", "\n\n"), "wrap": True},
        ],
    }
    content = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    _post(channel, {"type": "message", "attachments": [content]})


def _post(channel: AlertChannel, body: dict[str, Any]) -> None:
    posting.post(posting.Post(channel.target, orjson.dumps(body)))


def _color(notice: Notice) -> str:
    if notice.occasion == Occasion.RESOLVED:
        return _GREEN
    return {Severity.PAGE: _RED, Severity.WARNING: _AMBER}.get(Severity(notice.severity), _BLUE)


def _teams_color(notice: Notice) -> str:
    words = {_RED: "Attention", _AMBER: "Warning", _GREEN: "Good"}
    return words.get(_color(notice), "Accent")


def _slack_safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
