"""Which small submission shows what an analyzer looks for?"""

from typing import Any

_LONG = (
    "The harbour master, who had kept the ledger of arrivals for thirty years without a single"
    " mistake, wrote down the name of the ferry, the hour at which it came, the number of people"
    " who left it, and the weather that had held it back."
)


def _text(content: str, **members: Any) -> dict[str, Any]:
    return {"content": content, **members}


def _markdown(content: str, **members: Any) -> dict[str, Any]:
    return {"content": content, "format": "markdown", **members}


SAMPLES: dict[str, dict[str, Any]] = {
    "statistics": _text("Two ferries left. One came back."),
    "language": _text("Der Hafen war still, und niemand hatte die Fähre erwartet."),
    "readability": _text(_LONG),
    "sentence_length": _text(_LONG),
    "paragraph_length": _text("The ferry left the harbour before anybody was awake. " * 25),
    "structure": _markdown("# Ferries\n\n#### Prices\n\nA ticket costs nine."),
    "passive": _text("The ledger was written by the harbour master."),
    "transitions": _text("The ferry was late. However, nobody complained."),
    "sentence_beginnings": _text("We left. We rowed. We rested. We came home."),
    "style_lexicon": _text("In order to leave, we basically utilised the ferry."),
    "adverbs": _text("She really quickly and quietly left the harbour."),
    "repeated_words": _text("The ferry left the the harbour."),
    "typography": _text('The ferry left  early , at nine -- and was "late" again!!'),
    "consistency": _text("The colour of the ferry is the color of the sea."),
    "inclusive": _text("The chairman greeted the whole crew and the manpower on shore."),
    "keywords": _text("The ferry left. A ferry is slow. The harbour waits for the ferry."),
    "seo_basics": _text("A short text about ferries.", meta={"title": "Ferries"}),
    "keyphrase": _text("The harbour was quiet.", meta={"keyphrase": "night ferry"}),
    "terms": _text("The harbour was quiet.", options={"terms": [{"text": "ferry"}]}),
    "links": _markdown("For the prices, [click here](https://example.com/prices)."),
    "images": _markdown("![ferry.jpg](ferry.jpg)\n\nThe ferry."),
    "page_meta": {
        "content": "<html><head><title>F</title></head><body><p>The ferry.</p></body></html>",
        "format": "page",
    },
    "duplication": _text("The night ferry leaves the old harbour at nine.\n\n" * 2),
    "sensitive": _text("Write to harbour.master@example.com or pay with 4111 1111 1111 1111."),
    "spelling": _text("The fery left the harbuor.", profile="deep"),
    "grammar": _text("You should of taken the ferry.", profile="deep"),
    "house_rules": _text(
        "We utilise the ferry.",
        options={
            "house_rules": [
                {"name": "Plain words", "kind": "substitution", "swap": {"utilise": "use"}}
            ]
        },
    ),
    "tone": _text("What a wonderful ferry! Everybody loves it."),
}
