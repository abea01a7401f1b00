"""Who looks at the console of a running installation? One administrator, signed in."""

from __future__ import annotations

import re

from tests.processes import Installation

SIGN_IN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
person = User.objects.create_superuser("ada")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(person.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = person.get_session_auth_hash()
session.save()
print("MADE" + session.session_key)
"""


def signed_in(server: Installation) -> str:
    """The key of the session."""
    made = server.manage("shell", "--no-imports", "--command", SIGN_IN).stdout
    return re.search("MADE(.*)", made)[1]
