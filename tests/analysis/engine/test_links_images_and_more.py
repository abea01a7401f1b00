import pytest

from analysis.engine import Format
from analysis.engine.analyzers.sensitive import is_card_number, is_iban, masked
from analysis.engine.lexicons.inclusive import GROUPS


class TestLinks:
    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("[click here](/a)", [("vague_text", "click here")]),
            ("[Read more →](/a)", [("vague_text", "Read more →")]),
            ("[here](/a)", [("vague_text", "here")]),
            ("[the mill](/a)", []),
            ("[click here for the mill](/a)", []),
            ("[](/a)", [("empty_text", "[](/a)")]),
            ("[![the mill](a.png)](/a)", []),
            ("[![](a.png)](/a)", [("empty_text", "[![](a.png)](/a)")]),
            ("[mill](javascript:void)", [("not_followable", "mill")]),
            ("[mill](#)", [("not_followable", "mill")]),
            ("[mill](#mill)", []),
            ("[mill]()", [("not_followable", "mill")]),
            ("[mill](/a) [Mill](/b)", [("same_text", "mill")]),
            ("[mill](/a) [mill](/a)", []),
            ("[mill](mailto:a@b.example)", []),
        ],
    )
    def test_faults_of_links_are_found_in_their_places(self, reports, source, expected):
        found = reports.found("links", source, Format.MARKDOWN)

        assert found == [(f"links.{name}", excerpt) for name, excerpt in expected]

    def test_vague_texts_are_known_in_other_languages(self, reports):
        source = "Mehr dazu steht [hier](/a) in der alten Mühle."

        assert reports.found("links", source, Format.MARKDOWN, language="de") == [
            ("links.vague_text", "hier")
        ]

    def test_links_are_counted_by_kind(self, reports):
        source = (
            "<a href='/a'>one</a> <a href='https://www.mill.example/b'>two</a> "
            "<a rel='nofollow ugc' href='https://bees.example'>three</a> <a href='#x'>four</a> "
            "<a href='tel:1'>five</a> <a name=x>no link</a>"
        )

        metrics = reports.section("links", source, Format.HTML, url="https://mill.example/p")[
            "metrics"
        ]

        assert metrics == {
            "total": 5,
            "internal": 2,
            "external": 1,
            "fragment": 1,
            "other": 1,
            "nofollow": 1,
            "unique_targets": 5,
        }


class TestImages:
    @pytest.mark.parametrize(
        ("image", "expected"),
        [
            ("<img src=a.png alt='A mill at dusk'>", []),
            ("<img src=a.png alt=''>", []),
            ("<img src=a.png>", ["alt_missing"]),
            ("<img src=a.png alt='IMG_2041.jpg'>", ["alt_is_file_name"]),
            ("<img src=a.png alt='DSC 00412'>", ["alt_is_file_name"]),
            ("<img src=a.png alt='Image of a mill'>", ["alt_says_image"]),
            ("<img src=a.png alt='Imagery of the age'>", []),
            (f"<img src=a.png alt='{'mill ' * 40}'>", ["alt_too_long"]),
            (
                "<figure><img src=a.png alt='The mill'><figcaption>The mill</figcaption></figure>",
                ["alt_repeats_caption"],
            ),
        ],
    )
    def test_faults_of_alternative_texts_are_found(self, reports, image, expected):
        found = reports.found("images", f"<p>Bees.</p>{image}", Format.HTML)

        assert [name for name, _ in found] == [f"images.{name}" for name in expected]
        assert all(excerpt.startswith("<img") for _, excerpt in found)


class TestDuplication:
    SENTENCE = "The old mill by the river still grinds flour."

    def test_a_repeated_sentence_is_found_and_the_copy_marked(self, reports):
        source = f"{self.SENTENCE} It rained. {self.SENTENCE}"

        section = reports.section("duplication", source)

        (finding,) = section["findings"]
        assert finding["excerpt"] == self.SENTENCE
        assert finding["spans"][0]["start"] > finding["spans"][1]["start"]
        assert section["metrics"]["repeated_sentences"] == 1

    @pytest.mark.parametrize(
        "source",
        ["It rained. It rained. It rained.", SENTENCE, f"{SENTENCE} {SENTENCE[:-7]} corn."],
    )
    def test_short_and_merely_similar_sentences_are_left_alone(self, reports, source):
        assert reports.found("duplication", source) == []


class TestSensitive:
    @pytest.mark.parametrize(
        ("source", "name", "excerpt"),
        [
            ("Write to ada.mill@bees.io now.", "email", "ada.mill@bees.io"),
            ("Call +49 30 1234 5678 now", "phone", "+49 30 1234 5678"),
            ("Pay to DE89 3704 0044 0532 0130 00 now", "iban", "DE89 3704 0044 0532 0130 00"),
            ("Pay to GB82WEST12345698765432.", "iban", "GB82WEST12345698765432"),
            ("My card is 4111 1111 1111 1111 here", "card", "4111 1111 1111 1111"),
            ("key AKIAIOSFODNN7EXAMPLE here", "aws_key", "AKIAIOSFODNN7EXAMPLE"),
            ("-----BEGIN RSA PRIVATE KEY-----", "private_key", "-----BEGIN RSA PRIVATE KEY-----"),
            (f"token ghp_{'a1B2' * 9} here", "token", f"ghp_{'a1B2' * 9}"),
        ],
    )
    def test_private_data_is_found(self, reports, source, name, excerpt):
        assert reports.found("sensitive", source) == [(f"sensitive.{name}", excerpt)]

    @pytest.mark.parametrize(
        "source",
        [
            "Write to ada@example.com now.",
            "The image@2x.png file is large.",
            "Meet @bees on Monday.",
            "My number is 4111 1111 1111 1112.",
            "The year 2024 and 1,234,567,890,123,456 bees.",
            "Pay to DE89 3704 0044 0532 0130 01 now.",
            "It is +5 degrees and +1234.",
            "The id 0000000000000000 is empty.",
            "DE is a code and so is GB.",
            "A BEGIN block and an END block.",
            "AKIA is a prefix.",
            "The range 1111-2222-3333 is odd.",
        ],
    )
    def test_what_only_looks_like_it_is_left_alone(self, reports, source):
        assert reports.found("sensitive", source) == []

    def test_secrets_in_code_are_found_too(self, reports):
        source = "```\nkey = AKIAIOSFODNN7EXAMPLE\n```"

        assert len(reports.found("sensitive", source, Format.MARKDOWN)) == 1

    def test_a_message_shows_only_the_ends(self):
        assert masked("4111 1111 1111 1111") == "41…11"

    @pytest.mark.parametrize("number", ["4242424242424242", "378282246310005", "5555555555554444"])
    def test_card_numbers_have_a_check_digit(self, number):
        assert is_card_number(number)
        assert not is_card_number(number[:-1] + str((int(number[-1]) + 1) % 10))

    def test_accounts_have_check_digits(self):
        assert is_iban("FR14 2004 1010 0505 0001 3M02 606")
        assert not is_iban("FR15 2004 1010 0505 0001 3M02 606")


class TestInclusive:
    def test_the_list_is_long_enough_to_be_useful(self):
        terms = [line for group in GROUPS for line in group.listing.strip().splitlines()]

        assert len(terms) >= 250

    def test_most_terms_offer_something_better(self):
        terms = [line for group in GROUPS for line in group.listing.strip().splitlines()]

        assert sum("= " in f"{line} " and not line.endswith("=") for line in terms) > 240

    def test_a_finding_offers_replacements_and_a_reason(self, reports):
        (finding,) = reports.section("inclusive", "The Chairman spoke.")["findings"]

        assert finding["replacements"] == ["Chair", "Chairperson"]
        assert "one gender" in finding["message"]
