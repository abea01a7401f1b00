"""How does a notice become a letter?"""

from django.core.mail import EmailMessage

from ops.alerts.notice import Notice
from ops.models import AlertChannel


def send(channel: AlertChannel, notice: Notice) -> None:
    to = [address.strip() for address in channel.target.split(",") if address.strip()]
    if not to:
        raise ValueError("The channel names no address.")
    EmailMessage(subject=notice.title, body=notice.text, to=to).send()
