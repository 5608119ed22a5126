"""What `make load` compares a question page with is the same page, drawn by a plain template."""

from tests import served
from tests.load.same import past_some_questions, squeezed, words_of
from tests.load.servers import plain
from webui import Settings, create_app


def test_the_plain_template_gives_the_html_of_the_page_it_is_compared_with() -> None:
    person = past_some_questions(served.Person(create_app(Settings())))
    same = plain(words_of(person.page, person)).test_client().get("/same")
    assert squeezed(same.get_data(as_text=True)) == squeezed(person.page)
    assert person.page.count('type="radio"') == 2
