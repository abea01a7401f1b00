"""Which link texts say nothing about where they lead?"""

import re

_VAGUE = {
    "en": "click here, click this, click, go, here, this, start, right here, more, learn more, "
    "read more, see more, link, this link, this page, page, continue, continue reading, details, "
    "more details, info, more info, find out more, download, website, this website, see here, "
    "check this out, this article, this post, source",
    "de": "hier, hier klicken, klicken sie hier, klick hier, mehr, mehr erfahren, mehr lesen, "
    "weiterlesen, weiter, link, diese seite, dieser link, details, mehr infos, jetzt lesen",
    "fr": "ici, cliquez ici, cliquer ici, lire la suite, en savoir plus, plus, lien, ce lien, "
    "cette page, suite, voir plus, plus d'infos, détails",
    "es": "aquí, haz clic aquí, haga clic aquí, clic aquí, pulse aquí, leer más, más, ver más, "
    "más información, enlace, este enlace, esta página, sigue leyendo",
    "it": "qui, clicca qui, leggi tutto, leggi di più, continua, altro, link, scopri di più",
    "nl": "hier, klik hier, lees meer, meer, meer info, link, deze link, verder lezen",
    "pt": "aqui, clique aqui, leia mais, saiba mais, mais, ver mais, link, este link",
}
VAGUE = {code: frozenset(re.split(r",\s*", listing)) for code, listing in _VAGUE.items()}
