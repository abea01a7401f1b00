"""How do static files get names that may be cached for ever?"""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = (r"""(?P<matched>\bfrom "(?P<url>\./[^"]+)";)""", 'from "%(url)s";')


class SiteStorage(CompressedManifestStaticFilesStorage):
    """Hashed names reach into the imports of our own ES modules.

    Only ours: the bundles of the console and of the API documentation hold text that looks like
    imports of files that do not exist.
    """

    patterns = (*HashedFilesMixin.patterns, ("site/playground/*.js", (_IMPORT,)))
    # One pass settles one more link of the longest chain of imports.
    max_post_process_passes = 10
