"""How do sentences with `names` in them look on a page?"""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def coded(sentence: str) -> SafeString:
    html = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(sentence))
    return mark_safe(html)  # noqa: S308 - escaped above
