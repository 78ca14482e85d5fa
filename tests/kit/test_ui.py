"""The vocabulary of the pages, word by word: tags, filters and components as a reader meets them."""

import re
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.contrib.messages import ERROR, SUCCESS
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.session import SessionStorage
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from kit.messages import offer_undo

TODAY = date(2026, 11, 22)


def draw(source, *, path="/", **context):
    """A piece of template as it would stand on a page asked for by ``path``."""
    request = RequestFactory().get(path)
    return Template(source).render(RequestContext(request, context))


def words(html):
    """What is read aloud: text without tags, spaces evened out."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def include(component, /, **context):
    return draw(f'{{% include "components/{component}.html" %}}', **context)


def some(**fields):
    return SimpleNamespace(**fields)


def test_what_is_drawn_once_is_drawn_anew_for_other_words():
    drawings = [draw('{% drawn "components/foot.html" who=who role="методист" %}', who=who) for who in ("Ё. <b>", "Я")]

    assert ["Ё. &lt;b&gt;, методист" in drawings[0], "Я, методист" in drawings[1]] == [True, True]


def test_plural_agrees_with_its_number():
    assert [draw('{{ n|plural:"срок,срока,сроков" }}', n=n) for n in (1, 2, 5, 11)] == [
        "срок",
        "срока",
        "сроков",
        "сроков",
    ]


@pytest.mark.parametrize(
    ("day", "read", "state"),
    [
        (date(2026, 10, 31), "31 октября, просрочено на 22 дня", "late"),
        (date(2026, 11, 22), "22 ноября, сегодня", "near"),
        (date(2026, 12, 6), "6 декабря, через 14 дней", "near"),
        (date(2026, 12, 7), "7 декабря, через 15 дней", "ahead"),
        (date(2027, 6, 15), "15 июня 2027, через 205 дней", "ahead"),
    ],
)
def test_a_deadline_is_said_in_words(day, read, state):
    html = draw("{% deadline day today %}", day=day, today=TODAY)

    assert words(html) == read
    assert f"deadline--{state}" in html
    assert f'datetime="{day.isoformat()}"' in html


def test_what_is_done_is_never_late():
    html = draw("{% deadline day today done=True %}", day=date(2026, 10, 31), today=TODAY)

    assert words(html) == "31 октября"
    assert "deadline--" not in html


def test_no_day_is_said_too():
    assert words(draw("{% deadline day today %}", day=None, today=TODAY)) == "без срока"


def test_a_card_escapes_its_title_and_keeps_its_content():
    html = draw("{% card title=title %}<p>{{ text }}</p>{% endcard %}", title="«A & B»", text="1 < 2")

    assert html == ('<section class="card sheet"><h2 class="card__title">«A &amp; B»</h2><p>1 &lt; 2</p></section>')


def test_a_badge_says_its_state_in_a_word_and_a_kind():
    assert include("badge", word="21 из 25", kind="late").split("\n")[-2] == (
        '<span class="badge badge--late">21 из 25</span>'
    )
    assert "badge--plain" in include("badge", word="идёт")


def test_an_empty_list_offers_the_first_step_only_to_who_may_take_it():
    without = include("empty", title="Графиков нет", text="Их заводит методист.")
    offered = include("empty", title="Графиков нет", text="Их заводит методист.", url="/add/", action="Добавить график")

    assert words(without) == "Графиков нет Их заводит методист."
    assert '<a class="button" href="/add/">Добавить график</a>' in offered


def test_the_pager_keeps_the_other_filters():
    page = Paginator(range(95), 20).page(2)

    html = draw('{% include "components/pager.html" with page=page only %}', path="/?late=1&page=2", page=page)

    assert words(html) == "21–40 из 95 Назад Страница 1 Страница 2 Страница 3 Страница 4 Страница 5 Вперёд"
    assert 'href="?late=1&amp;page=3" rel="next"' in html
    assert 'aria-current="page"' in html


def test_the_pager_of_an_empty_list_says_so():
    assert words(include("pager", page=Paginator([], 20).page(1))) == "Ничего не найдено"


def test_a_person_is_a_name_a_post_and_an_organisation():
    html = include("person", name="Иванова А. П.", post="методист", organisation="методический центр", url="/p/1/")

    assert words(html) == "Иванова А. П.методист, методический центр"
    assert 'href="/p/1/"' in html


def test_progress_is_read_without_its_bar():
    html = include("progress", done=3, total=0)

    assert words(html).endswith("3 из 0")
    assert 'max="1"' in html, "a bar of nothing is not a valid bar"


def test_a_refusal_stands_beside_its_quiet_button():
    html = include("refusal", label="Проверить", reason="Проверяет другой методист.")

    assert words(html) == "ПроверитьПроверяет другой методист."
    assert 'aria-disabled="true"' in html


def test_the_timeline_says_what_was_and_what_became():
    entry = some(
        what="Срок перенесён",
        by="Орлова Н. В.",
        at=datetime(2026, 11, 20, 14, 2),  # noqa: DTZ001 - only drawn
        changes=[("срок", "31.10.2026", "15.11.2026"), ("примечание", "", "")],
        because="Карантин.",
    )

    assert words(include("timeline", entries=[entry])) == (
        "Срок перенесён 20 ноября 2026, 14:02, Орлова Н. В. "
        "срок: было 31.10.2026 → стало 15.11.2026 примечание: стало пусто Карантин."
    )


def test_a_number_that_counts_things_opens_their_list():
    counted, bare = some(number="2", label="просрочено", url="?late", kind="late"), some(number="92 %", label="охват")

    html = include("facts", facts=[counted, bare])

    assert words(html) == "просрочено 2 охват 92 %"
    assert '<a href="?late">2</a>' in html
    assert html.count("<a ") == 1


def test_a_month_says_its_count_and_its_late_ones():
    months = [
        some(label="окт", n=3, late=2, url="?m=10", is_current=False),
        some(label="ноя", n=12, late=0, url="?m=11", is_current=True),
    ]

    html = include("heat", months=months)

    assert words(html) == "окт 3 срока 2 просрочено ноя 12 сроков"
    assert re.findall(r"heat--\d+", html) == ["heat--3", "heat--9"]
    assert html.count('aria-current="true"') == 1


def test_a_dialog_posts_with_its_token_and_can_be_left():
    html = draw(
        '{% include "components/dialog.html" with id="gone" title="Удалить?" text="Навсегда." action="/x/" submit="Удалить" csrf_token="abc" only %}'
    )

    assert words(html) == "Удалить? Навсегда. Удалить Отменить"
    assert 'name="csrfmiddlewaretoken" value="abc"' in html
    assert 'aria-labelledby="gone-title"' in html


def test_chips_show_which_is_chosen_and_count_zero():
    chips = [some(label="Все", url="?", is_current=True, count=0), some(label="Мои", url="?my", is_current=False)]

    html = include("chips", chips=chips, label="Какие карты")

    assert words(html) == "Все 0 Мои"
    assert html.count("aria-current") == 1


def test_a_message_from_people_is_escaped_and_one_of_ours_is_not():
    said = [Message(ERROR, "1 < 2"), Message(SUCCESS, mark_safe("Удалено. <button>Вернуть</button>"))]

    html = draw('{% include "components/messages.html" with messages=said only %}', said=said)

    assert words(html) == "1 &lt; 2 Удалено. Вернуть"
    assert re.findall(r'message--(\w+)" role="(\w+)"', html) == [("error", "alert"), ("success", "status")]


def test_what_was_done_can_be_taken_back(rf):
    request = rf.get("/")
    request.session = {}
    request._messages = SessionStorage(request)

    offer_undo(request, "Мероприятие «<b>» удалено.", "/items/12/restore/")

    [message] = request._messages
    assert words(str(message)) == "Мероприятие «&lt;b&gt;» удалено. Вернуть"
    assert '<form method="post" action="/items/12/restore/">' in str(message)
    assert "csrfmiddlewaretoken" in str(message)
    assert message.extra_tags == "undo"


def test_the_menu_marks_the_link_that_says_most_of_the_page():
    roadmaps = some(areas=("roadmaps",), label="Дорожные карты")
    schedules = some(areas=("roadmaps:schedule", "roadmaps:window"), label="Графики")
    menu = [some(links=[roadmaps, schedules])]

    def marked(area):
        return draw("{% current_link menu area as link %}{{ link.label }}", menu=menu, area=area)

    assert marked("roadmaps:schedule-detail") == "Графики"
    assert marked("roadmaps:window-edit") == "Графики"
    assert marked("roadmaps:item-detail") == "Дорожные карты"
    assert marked("directory:staff-list") == ""


@pytest.mark.parametrize(
    ("unread", "read"),
    [
        (0, "Напоминания"),
        (1, "Напоминания 1 непрочитанное"),
        (3, "Напоминания 3 непрочитанных"),
        (100, "Напоминания 99+ непрочитанных"),
    ],
)
def test_the_bell_says_how_many_reminders_are_unread(unread, read):
    assert words(include("bell", unread=unread).replace("</span>", " </span>")) == read


def test_a_bell_sent_after_the_page_takes_the_place_of_its_own():
    assert ["hx-swap-oob" in include("bell", unread=1, moved=moved) for moved in (True, False)] == [True, False]
