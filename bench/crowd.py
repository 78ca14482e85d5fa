"""`python -m bench.crowd portal|floor`: 50,000 people of 1,100 organisations made by the database itself."""

import json
import sys
from typing import Any

from django.core.management import call_command

from bench.fill import settle
from bench.records import session_of

PEOPLE, PLACES = 50_000, 1_100
#: A thousand surnames, fifty people each; the order of numbers is mixed so that neighbours by key are none by name.
SURNAME = """
(ARRAY['Агап','Бел','Верб','Голуб','Дуб','Елан','Жар','Звон','Ильм','Калин','Лист','Мед','Ненаш','Орл','Пав',
'Рыб','Сокол','Тих','Ух','Филин','Хвой','Цвет','Черн','Шип','Щегл'])[1 + n % 25]
|| (ARRAY['ар','ев','ик','ок','ун'])[1 + n / 25 % 5]
|| (ARRAY['ова','ина','ская','енко','ич','ук','ая','ых'])[1 + n / 125 % 8]
"""
FIRST_NAME = "(ARRAY['Анна','Борис','Вера','Глеб','Дарья','Егор','Жанна','Игорь','Клара','Лев'])[1 + n % 10]"
PATRONYMIC = "(ARRAY['Андреевна','Борисовна','Викторовна','Глебовна','Егоровна','Игоревна','Львовна'])[1 + n % 7]"
#: Words that find some fifty people.
WORDS = "шипокская"

PORTAL = f"""
INSERT INTO directory_organisation (municipality_id, kind, title, title_genitive, short_title, inn, address, phone,
    email, site, shift, sort_key, search_text)
SELECT %(city)s, CASE WHEN n %% 3 = 0 THEN 'kindergarten' ELSE 'school' END, 'Средняя школа № ' || n, '',
    'Школа № ' || n, '', '', '', '', '', 'backward', 'школа ' || lpad(n::text, 8, '0'), 'школа ' || n
FROM generate_series(1, {PLACES}) AS n;

INSERT INTO directory_subject (municipality_id, title)
SELECT %(city)s, 'предмет ' || n FROM generate_series(1, 20) AS n;

INSERT INTO directory_staffmember (municipality_id, last_name, first_name, patronymic, birth_year, teaching_from,
    has_teaching_load, category, category_on, calling, email, phone, sort_key, search_text)
SELECT %(city)s, last_name, first_name, patronymic, 1960 + n %% 45, date '1990-09-01' + n %% 12000, n %% 4 > 0,
    (ARRAY['', 'compliance', 'first', 'highest'])[1 + n %% 4], date '2023-10-01' + n %% 1000, '',
    'person' || n || '@example.org', '8 900 ' || n,
    lower(last_name || ' ' || first_name || ' ' || patronymic),
    lower(last_name || ' ' || first_name || ' ' || patronymic)
FROM (SELECT place, place * 7919 %% {PEOPLE} AS n FROM generate_series(1, {PEOPLE}) AS place) AS numbers,
    LATERAL (SELECT {SURNAME.replace("%", "%%")} AS last_name, {FIRST_NAME.replace("%", "%%")} AS first_name,
        {PATRONYMIC.replace("%", "%%")} AS patronymic) AS names;

INSERT INTO directory_position (staff_member_id, organisation_id, title, engagement, number, starts_on)
SELECT person.id, place.id, 'учитель', 'main', '', date '2020-09-01'
FROM directory_staffmember person
JOIN directory_organisation place ON place.short_title = 'Школа № ' || 1 + person.id %% {PLACES}
WHERE person.municipality_id = %(city)s;

INSERT INTO directory_staffmember_subjects (staffmember_id, subject_id)
SELECT person.id, subject.id
FROM directory_staffmember person JOIN directory_subject subject ON subject.title = 'предмет ' || 1 + person.id %% 20
WHERE person.municipality_id = %(city)s;

ANALYZE;
"""  # noqa: S608 - our own words

FLOOR = f"""
INSERT INTO floor_school (title, kind) SELECT 'Школа № ' || n, 'школа' FROM generate_series(1, {PLACES}) AS n;
INSERT INTO floor_named (title) SELECT 'предмет ' || n FROM generate_series(1, 20) AS n;
INSERT INTO floor_worker (last_name, first_name, patronymic, school_id, post_id, subject_id, rank_id, keeper_id,
    engagement, teaching_from, ranked_on, email, phone)
SELECT {SURNAME}, {FIRST_NAME}, {PATRONYMIC}, (SELECT min(id) FROM floor_school) + n % {PLACES},
    (SELECT min(id) FROM floor_named) + n % 3, (SELECT min(id) FROM floor_named) + n % 20,
    (SELECT min(id) FROM floor_named) + n % 4, (SELECT min(id) FROM auth_user), 'main', date '1990-09-01' + n % 12000,
    date '2023-10-01' + n % 1000, 'person' || n || '@example.org', '8 900 ' || n
FROM (SELECT place, place * 7919 % {PEOPLE} AS n FROM generate_series(1, {PEOPLE}) AS place) AS numbers;
ANALYZE;
"""  # noqa: S608


def main(side: str) -> None:
    settle(side)
    call_command("migrate", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)
    print(json.dumps(fill_portal() if side == "portal" else fill_floor()))


def fill_portal() -> dict[str, str]:
    """A city with its centre and its crowd; the session of a methodist."""
    from directory.models import Account, Appointment, Municipality, Organisation
    from directory.roles import Role

    city = Municipality.objects.create(title="Людск", title_genitive="Людска")
    centre = Organisation.objects.create(municipality=city, kind="centre", title="Центр", short_title="Центр")
    account = Account.objects.create_account("crowd@example.org")
    account.acting_as = Appointment.objects.create(account=account, role=Role.METHODIST, organisation=centre)
    account.save(update_fields=["acting_as"])
    run(PORTAL, {"city": city.pk})
    return {"session": session_of(account)}


def fill_floor() -> dict[str, str]:
    from django.contrib.auth.models import User

    user = User.objects.create_user("methodist", first_name="Анна", last_name="Мерная")
    run(FLOOR, None)
    return {"session": session_of(user)}


def run(sql: str, values: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)


if __name__ == "__main__":
    main(sys.argv[1])
