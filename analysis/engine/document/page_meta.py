"""What does a page say about itself to search engines and other machines?"""

from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from analysis.engine.document.blocks import HeadTag


@dataclass(frozen=True, slots=True)
class PageMeta:
    title: str
    language: str
    named: dict[str, list[HeadTag]]  # meta tags by name or property, in small letters
    links: dict[str, list[HeadTag]]  # link tags by each word of their rel
    json_ld: tuple[HeadTag, ...]

    def content(self, name: str) -> str:
        """Of the first meta tag with that name that has any."""
        texts = (tag.attributes.get("content", "").strip() for tag in self.named.get(name, ()))
        return next((" ".join(text.split()) for text in texts if text), "")

    def hrefs(self, rel: str) -> list[str]:
        return [tag.attributes.get("href", "").strip() for tag in self.links.get(rel, ())]


def page_meta(title: str, tags: Iterable[HeadTag]) -> PageMeta:
    language = ""
    named: dict[str, list[HeadTag]] = {}
    links: dict[str, list[HeadTag]] = {}
    json_ld = []
    for tag in tags:
        match tag.name:
            case "html":
                language = language or tag.attributes.get("lang", "").strip()
            case "meta":
                name = tag.attributes.get("name") or tag.attributes.get("property") or ""
                named.setdefault(name.strip().lower(), []).append(tag)
            case "link":
                for rel in tag.attributes.get("rel", "").lower().split():
                    links.setdefault(rel, []).append(tag)
            case "script":
                json_ld.append(tag)
    return PageMeta(title, language, named, links, tuple(json_ld))


def is_valid_json(tag: HeadTag) -> bool:
    try:
        orjson.loads(tag.content)
    except orjson.JSONDecodeError:
        return False
    return True
