"""How does a notice reach everything else? Through Apprise, if it is installed."""

from importlib import import_module

from ops.alerts.notice import Notice
from ops.models import AlertChannel


def send(channel: AlertChannel, notice: Notice) -> None:
    try:
        apprise = import_module("apprise")
    except ImportError as error:
        raise RuntimeError("This channel needs Apprise: pip install apprise") from error
    sender = apprise.Apprise()
    if not sender.add(channel.target):
        raise ValueError("Apprise does not know this kind of address.")
    if not sender.notify(title=notice.title, body=notice.text):
        raise RuntimeError("Apprise could not deliver the notice.")
