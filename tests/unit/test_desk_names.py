"""What a desk is called: by its label, in another language by its counter, and never by nothing."""

import pytest

from broker.web.desk_names import desk_name
from broker.web.words import words
from tests.hub_core import centre

SITE = centre()


@pytest.mark.parametrize(
    ("desk", "lang", "said"),
    [
        ("q01a", "vi", "Quầy 1 · bàn a"),
        ("q01a", "en", "Counter 1 · desk a"),
        ("q02", "en", "Counter 2"),
        ("q99", "en", "q99"),
    ],
)
def test_no_desk_is_named_in_a_language_that_the_page_is_not_in(desk, lang, said):
    assert desk_name(SITE, desk, words(lang), lang) == said
