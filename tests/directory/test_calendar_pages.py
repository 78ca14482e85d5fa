"""The pages of working days: what they show, what they keep, and what can be taken back."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.actions import versions
from directory.models import CalendarDay
from directory.models.calendars import workdays_of
from directory.roles import Role
from tests.factories import directory

CITY_DAY = date(2026, 8, 7)
HEAD = "день;рабочий;почему\n"


@pytest.fixture
def centre(db, today):
    return directory.organisation()


@pytest.fixture
def methodist(centre):
    return directory.reader(Role.METHODIST, centre)


@pytest.fixture
def visitor(methodist, signed_in):
    return signed_in(methodist)


def year_page(visitor, year=2026):
    return visitor.get(reverse("directory:calendar-year", args=[year]))


def add(visitor, **typed):
    typed = {"day": "2026-08-07", "is_working": "False", "title": "День города"} | typed
    return visitor.post(reverse("directory:calendar-day-add"), typed, follow=True)


def days(centre):
    own = centre.municipality.calendar_days.order_by("day")
    return list(own.values_list("day", "is_working", "title"))


def take_back(visitor, page):
    """Press the button that the message of the page offers."""
    messages = [str(message) for message in page.context["messages"]]
    address = messages[-1].split('action="')[1].split('"')[0]
    return visitor.post(address, follow=True)


def load(visitor, text, name="дни.csv"):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return visitor.post(reverse("directory:calendar-load"), {"file": file})


def confirm(visitor, preview):
    typed = preview.context["form"].initial
    return visitor.post(reverse("directory:calendar-load-confirm"), typed, follow=True)


def test_the_menu_leads_to_the_year_of_today(visitor):
    answer = visitor.get(reverse("directory:calendar"))

    assert answer.url == "/directory/calendar/2026/"


def test_a_year_whose_transfers_are_not_decreed_is_called_provisional(visitor):
    words = "Перенос выходных на {} год ещё не утверждён: календарь предварительный."

    assert words.format(2026) not in year_page(visitor).content.decode()
    assert words.format(2098) in year_page(visitor, 2098).content.decode()


@pytest.mark.parametrize("year", [1989, 2100])
def test_a_year_of_another_age_is_not_found(visitor, year):
    assert year_page(visitor, year).status_code == 404


def test_the_page_asks_no_more_for_more_days(visitor, centre):
    with CaptureQueriesContext(connection) as without:
        year_page(visitor)
    for number in range(1, 4):
        directory.calendar_day(municipality=centre.municipality, day=date(2026, 8, number))

    with CaptureQueriesContext(connection) as with_three:
        page = year_page(visitor)

    assert len(page.context["own"]) == 3
    assert len(with_three) == len(without) == 3


def test_days_of_another_city_are_not_ours(visitor):
    directory.calendar_day(day=CITY_DAY, title="День соседнего города")

    assert "соседнего" not in year_page(visitor).content.decode()
    assert "соседнего" not in visitor.get(reverse("directory:calendar-download")).content.decode()


def test_a_day_is_added_and_the_deadlines_know_it(visitor, centre, methodist):
    page = add(visitor)

    assert days(centre) == [(CITY_DAY, False, "День города")]
    assert not workdays_of(centre.municipality).is_working(CITY_DAY)
    assert page.context["year"].working == 246
    assert CalendarDay.history.get().history_user == methodist


def test_an_added_day_is_taken_back(visitor, centre):
    page = take_back(visitor, add(visitor))

    assert days(centre) == []
    assert [str(message) for message in page.context["messages"]] == ["Правка отменена: 07.08.2026."]


def test_a_changed_day_is_taken_back(visitor, centre):
    day = directory.calendar_day(municipality=centre.municipality, day=CITY_DAY, title="День города")
    typed = {"day": "2026-08-08", "is_working": "True", "title": "Субботник"}
    was = {"was_day": "2026-08-07", "was_is_working": "False", "was_title": "День города"}

    page = visitor.post(reverse("directory:calendar-day-edit", args=[day.pk]), typed | was, follow=True)

    assert days(centre) == [(date(2026, 8, 8), True, "Субботник")]
    take_back(visitor, page)
    assert days(centre) == [(CITY_DAY, False, "День города")]


def test_a_removed_day_is_brought_back(visitor, centre):
    day = directory.calendar_day(municipality=centre.municipality, day=CITY_DAY, title="День города")

    page = visitor.post(reverse("directory:calendar-day-remove", args=[day.pk]), follow=True)

    assert days(centre) == []
    take_back(visitor, page)
    assert days(centre) == [(CITY_DAY, False, "День города")]


def test_a_change_is_not_taken_back_over_a_later_one(visitor, centre, methodist):
    added = add(visitor)
    day = CalendarDay.objects.get()
    day.title = "День города и области"
    versions.keep(day, by=methodist)

    page = take_back(visitor, added)

    assert days(centre) == [(CITY_DAY, False, "День города и области")]
    assert "изменили ещё раз" in str(next(iter(page.context["messages"])))


def test_a_removed_day_is_not_brought_back_over_another_one(visitor, centre):
    day = directory.calendar_day(municipality=centre.municipality, day=CITY_DAY)
    removed = visitor.post(reverse("directory:calendar-day-remove", args=[day.pk]), follow=True)
    directory.calendar_day(municipality=centre.municipality, day=CITY_DAY, title="Названный заново")

    take_back(visitor, removed)

    assert days(centre) == [(CITY_DAY, False, "Названный заново")]


def test_a_day_is_named_once(visitor, centre):
    add(visitor)

    page = add(visitor, title="Ещё раз")

    assert page.context["form"].errors == {"day": ["Этот день уже есть в календаре. Измените его там."]}
    assert days(centre) == [(CITY_DAY, False, "День города")]


def test_a_day_that_another_press_has_just_named_is_told(centre, methodist):
    directory.calendar_day(municipality=centre.municipality, day=CITY_DAY)

    with pytest.raises(versions.Taken):
        versions.keep(CalendarDay(municipality=centre.municipality, day=CITY_DAY), by=methodist)


def test_two_editors_of_a_day_see_each_other(visitor, centre):
    day = directory.calendar_day(municipality=centre.municipality, day=CITY_DAY, title="День города")
    CalendarDay.objects.filter(pk=day.pk).update(title="Их слова")

    page = visitor.post(
        reverse("directory:calendar-day-edit", args=[day.pk]),
        {"day": "2026-08-07", "is_working": "False", "title": "Мои слова", "was_day": "2026-08-07",
         "was_is_working": "False", "was_title": "День города"},
    )  # fmt: skip

    assert "Их слова" in page.context["form"].errors["title"][0]
    assert days(centre) == [(CITY_DAY, False, "Их слова")]


def test_a_sheet_is_shown_before_it_is_kept(visitor, centre, methodist):
    directory.calendar_day(municipality=centre.municipality, day=CITY_DAY, title="День города")
    directory.calendar_day(municipality=centre.municipality, day=date(2026, 8, 10), title="Прежнее")

    preview = load(visitor, HEAD + "07.08.2026;нет;День города\n10.08.2026;да;Новое\n11.08.2026;нет;Ещё\n")

    assert [(change.before and change.before.why, change.after.why) for change in preview.context["changes"]] == [
        ("Прежнее", "Новое"),
        (None, "Ещё"),
    ]
    assert preview.context["same"] == 1
    assert len(days(centre)) == 2

    confirm(visitor, preview)

    assert days(centre) == [
        (CITY_DAY, False, "День города"),
        (date(2026, 8, 10), True, "Новое"),
        (date(2026, 8, 11), False, "Ещё"),
    ]
    told = CalendarDay.history.filter(history_change_reason="загружено из файла")
    assert [version.history_user for version in told] == [methodist, methodist]


def test_a_sheet_with_a_wrong_row_changes_nothing(visitor, centre):
    page = load(visitor, HEAD + "07.08.2026;нет;День города\n32.01.2026;нет;\n")

    assert page.context["form"].errors["file"] == ["Строка 3: день «32.01.2026» не прочитан, пишите так: 07.08.2026."]
    assert days(centre) == []


def test_only_the_first_of_many_wrong_rows_are_told(visitor):
    page = load(visitor, HEAD + "вчера;нет;\n" * 25)

    told = page.context["form"].errors["file"]
    assert (len(told), told[-1]) == (21, "Неверных строк ещё 5.")


def test_a_calendar_changed_since_the_preview_is_shown_again(visitor, centre):
    preview = load(visitor, HEAD + "07.08.2026;нет;День города\n")
    directory.calendar_day(municipality=centre.municipality, day=CITY_DAY, title="Пока смотрели")

    again = confirm(visitor, preview)

    assert days(centre) == [(CITY_DAY, False, "Пока смотрели")]
    assert again.context["changes"][0].before.why == "Пока смотрели"

    confirm(visitor, again)
    assert days(centre) == [(CITY_DAY, False, "День города")]


def test_a_sheet_in_the_old_windows_alphabet_is_read(visitor):
    preview = load(visitor, (HEAD + "07.08.2026;нет;День города\n").encode("cp1251"))

    assert preview.context["changes"][0].after.why == "День города"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7 ", "Такой файл сюда приложить нельзя"),
        (b"\0\0\0\0", "Такой файл приложить нельзя"),
        (HEAD.encode() + b"x" * 2**20, "Файл больше 1 МБ"),
    ],
    ids=["another kind", "no text", "too large"],
)
def test_a_file_that_is_no_sheet_is_refused(visitor, content, says):
    page = load(visitor, content)

    assert says in page.context["form"].errors["file"][0]


def test_what_is_downloaded_changes_nothing_when_loaded(visitor, centre):
    directory.calendar_day(municipality=centre.municipality, day=CITY_DAY, title="=1+1")
    directory.calendar_day(municipality=centre.municipality, day=date(2027, 11, 6), is_working=True, title="")

    sheet = visitor.get(reverse("directory:calendar-download"))

    assert sheet.content.decode("utf-8-sig") == f"{HEAD}07.08.2026;нет;'=1+1\n06.11.2027;да;\n".replace("\n", "\r\n")
    assert load(visitor, sheet.content).context["changes"] == []


def test_the_shift_of_an_organisation_is_chosen(visitor, centre):
    address = reverse("directory:organisation-shift", args=[centre.pk])

    page = visitor.post(address, {"shift": "forward", "was_shift": "backward"}, follow=True)

    centre.refresh_from_db()
    assert centre.shift == "forward"
    assert "переносятся на рабочий день позже" in page.content.decode()


def test_the_shift_stands_in_the_history_with_who_has_chosen_it(visitor, centre, methodist):
    visitor.post(
        reverse("directory:organisation-shift", args=[centre.pk]), {"shift": "forward", "was_shift": "backward"}
    )

    entries = visitor.get(reverse("directory:organisation-history", args=[centre.pk])).context["entries"]
    assert entries[0].by == str(methodist)
    assert entries[0].changes == (("срок в выходной", "на рабочий день раньше", "на рабочий день позже"),)


def test_a_sheet_is_taken_back_as_a_whole(visitor, centre):
    directory.calendar_day(municipality=centre.municipality, day=date(2026, 8, 10), title="Прежнее")
    before = days(centre)
    loaded = confirm(visitor, load(visitor, HEAD + "07.08.2026;нет;День города\n10.08.2026;да;Новое\n"))
    directory.calendar_day(municipality=centre.municipality, day=date(2026, 8, 12), title="После")

    page = take_back(visitor, loaded)

    assert days(centre) == [*before, (date(2026, 8, 12), False, "После")]
    assert "Загрузка отменена, дней: 2." in page.content.decode()
    history = CalendarDay.history.filter(history_change_reason="правка отменена")
    assert history.count() == 2


def test_another_sheet_is_not_taken_back_along(visitor, centre):
    first = confirm(visitor, load(visitor, HEAD + "07.08.2026;нет;День города\n"))
    confirm(visitor, load(visitor, HEAD + "11.08.2026;нет;Ещё\n"))

    take_back(visitor, first)

    assert days(centre) == [(date(2026, 8, 11), False, "Ещё")]


def test_a_sheet_is_not_taken_back_over_a_later_change_of_any_day(visitor, centre, methodist):
    loaded = confirm(visitor, load(visitor, HEAD + "07.08.2026;нет;День города\n10.08.2026;да;Новое\n"))
    changed = CalendarDay.objects.get(day=date(2026, 8, 10))
    changed.title = "Важное"
    versions.keep(changed, by=methodist)
    before = days(centre)

    page = take_back(visitor, loaded)

    assert days(centre) == before
    assert "Отменить уже нельзя" in str(next(iter(page.context["messages"])))


def test_a_sheet_that_a_twin_overtook_is_shown_again(visitor, centre, monkeypatch):
    preview = load(visitor, HEAD + "07.08.2026;нет;День города\n")

    def overtaken(*_, **__):
        raise versions.Taken

    monkeypatch.setattr("directory.actions.versions.keep", overtaken)

    page = confirm(visitor, preview)

    assert "Пока вы смотрели" in page.content.decode()
    assert days(centre) == []
