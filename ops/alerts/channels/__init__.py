"""How does each kind of channel take a notice?"""

from collections.abc import Callable

from ops.alerts.channels import apprise, chat, email, webhook
from ops.alerts.notice import Notice
from ops.models import AlertChannel

Send = Callable[[AlertChannel, Notice], None]

SENDERS: dict[str, Send] = {
    AlertChannel.Kind.EMAIL: email.send,
    AlertChannel.Kind.WEBHOOK: webhook.send,
    AlertChannel.Kind.SLACK: chat.send_to_slack,
    AlertChannel.Kind.DISCORD: chat.send_to_discord,
    AlertChannel.Kind.TEAMS: chat.send_to_teams,
    AlertChannel.Kind.APPRISE: apprise.send,
}


def send(channel: AlertChannel, notice: Notice) -> None:
    """Raises whatever tells why the channel did not take it."""
    SENDERS[channel.kind](channel, notice)
