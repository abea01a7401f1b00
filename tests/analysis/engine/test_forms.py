import pytest

from analysis.engine.languages.english_inflection import base_form

FORMS = """
cookie cookies / movie movies / story stories / sky skies / tie ties / city cities city's
lady ladies / bake bakes baked baking / code codes coded coding / wine wines / rose roses
size sizes sized sizing / house houses housing / box boxes boxing boxed / bus buses / gas gases
lens lenses / canvas canvases / church churches / cache caches caching cached / dish dishes
class classes / business businesses / study studies studied studying / try tries tried trying
copy copies copied copying / play plays played playing / plan plans planned planning
star stars starring starred / control controls controlled controlling
travel travels traveled travelled travelling / install installs installed installing
sell sells selling / file files filed filing / price prices priced pricing
type types typed typing / fix fixes fixed fixing / show shows showed / child children children's
woman women / knife knives / leaf leaves / analysis analyses / index indices / hero heroes
photo photos / potato potatoes / recipe recipes / pizza pizzas / quiz quizzes / tree trees
"""
STRANGERS = """
wine win / code cod / note not / car care / plane plan / file fill / star stare / hope hop
site sit / time tim / used use / maintainer maintain / baker bake / gardener garden / thing think
new news
"""


def groups(listing):
    return [group.split() for group in listing.replace("\n", "/").split("/") if group.strip()]


@pytest.mark.parametrize("forms", groups(FORMS), ids="-".join)
def test_forms_of_one_word_share_a_base(forms):
    assert len({base_form(form) for form in forms}) == 1


@pytest.mark.parametrize("words", groups(STRANGERS), ids="-".join)
def test_other_words_keep_a_base_of_their_own(words):
    assert len({base_form(word) for word in words}) == len(words)
