import pytest
from hypothesis import given
from hypothesis import strategies as some

from ops.outbound.errors import RefusedError
from ops.outbound.targets import read


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("https://example.com", "https://example.com/"),
        ("HTTPS://EXAMPLE.com:443/a?b=c#d", "https://example.com/a?b=c"),
        ("http://example.com:8080/ä?ö=1", "http://example.com:8080/%C3%A4?%C3%B6=1"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://example.com/%2e%2e/x?y=%20", "https://example.com/%2e%2e/x?y=%20"),
        ("https://[2606:4700::1111]:8443/x", "https://[2606:4700::1111]:8443/x"),
        ("https://example.com./", "https://example.com./"),
    ],
)
def test_a_url_means_one_thing(text, read_as):
    assert read(text).url == read_as


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com",
        "//example.com",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_x",
        "https://",
        "https:///path",
        "https://user@example.com/",
        "https://user:password@example.com/",
        "https://example.com\\@127.0.0.1/",
        "https://example.com\t/",
        "https://exam\nple.com/",
        "https://example.com/ x",
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://example.com:port/",
        "https://[::1",
        "https://exa%00mple.com/",
        "https://example.com%2f@127.0.0.1/",
        "https://..../",
        "https://" + "a" * 300 + ".com/",
        "https://example.com/" + "a" * 2100,
    ],
)
def test_what_is_not_plainly_a_url_is_refused(text):
    with pytest.raises(RefusedError) as refused:
        read(text)

    assert refused.value.code == "invalid_url"


@given(some.text(max_size=60))
def test_whatever_is_read_is_printable_ascii_and_means_itself(text):
    try:
        target = read("https://" + text)
    except RefusedError:
        return

    assert target.url.isascii()
    assert target.url.isprintable()
    assert " " not in target.url
    assert read(target.url) == target
