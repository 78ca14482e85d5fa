"""Who people are, what can be done, and the one table that joins them."""

from django.db import models


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", "администратор"
    METHODIST = "methodist", "методист"
    MANAGER = "manager", "руководитель управления или центра"
    DEPUTY = "deputy", "заместитель директора"
    LEADER = "leader", "руководитель методического объединения"
    TEACHER = "teacher", "педагог"
    EXPERT = "expert", "член экспертного совета"


class Permission(models.TextChoices):
    DIRECTORY_VIEW = "directory_view", "видеть организации"
    ORGANISATION_EDIT = "organisation_edit", "вести организации"
    CONTACTS_EDIT = "contacts_edit", "править контакты своей организации"
    STAFF_VIEW = "staff_view", "видеть сотрудников"
    STAFF_EDIT = "staff_edit", "вести сотрудников"
    STAFF_MERGE = "staff_merge", "объединять записи о сотрудниках"
    SUBJECT_EDIT = "subject_edit", "вести список предметов"
    ACCOUNT_EDIT = "account_edit", "вести учётные записи и роли"
    INVITE = "invite", "приглашать на портал"
    ROADMAP_VIEW = "roadmap_view", "видеть действующие дорожные карты"
    ROADMAP_EDIT = "roadmap_edit", "составлять и править дорожные карты"
    ROADMAP_COMPLETE = "roadmap_complete", "отмечать исполнение"
    POSTPONEMENT_DECIDE = "postponement_decide", "решать о переносе сроков"
    CALENDAR_EDIT = "calendar_edit", "править календарь рабочих дней"
    LETTERHEAD_EDIT = "letterhead_edit", "править бланки организаций"
    OUTBOX_VIEW = "outbox_view", "видеть исходящие письма и отправлять их снова"
    ORDER_VIEW = "order_view", "видеть зарегистрированные приказы"
    ORDER_EDIT = "order_edit", "составлять приказы"
    ORDER_REGISTER = "order_register", "регистрировать приказы"
    PERSONAL_DATA = "personal_data", "следить за персональными данными и обезличивать их"


_READER = frozenset({Permission.DIRECTORY_VIEW, Permission.ROADMAP_VIEW, Permission.ORDER_VIEW})
_REGISTRAR = frozenset(
    {
        Permission.ORGANISATION_EDIT,
        Permission.STAFF_VIEW,
        Permission.STAFF_EDIT,
        Permission.STAFF_MERGE,
        Permission.SUBJECT_EDIT,
    }
)

GRANTS: dict[str, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _READER
    | _REGISTRAR
    | {
        Permission.POSTPONEMENT_DECIDE,
        Permission.CALENDAR_EDIT,
        Permission.LETTERHEAD_EDIT,
        Permission.PERSONAL_DATA,
        Permission.OUTBOX_VIEW,
        Permission.ACCOUNT_EDIT,
        Permission.INVITE,
        Permission.ORDER_REGISTER,
    },
    Role.METHODIST: _READER
    | _REGISTRAR
    | {
        Permission.ROADMAP_EDIT,
        Permission.ROADMAP_COMPLETE,
        Permission.CALENDAR_EDIT,
        Permission.ORDER_EDIT,
    },
    Role.MANAGER: _READER | {Permission.STAFF_VIEW, Permission.POSTPONEMENT_DECIDE, Permission.ORDER_REGISTER},
    Role.DEPUTY: _READER | {Permission.INVITE, Permission.STAFF_VIEW, Permission.STAFF_EDIT, Permission.CONTACTS_EDIT},
    Role.LEADER: _READER,
    Role.TEACHER: _READER,
    Role.EXPERT: _READER,
}
