"""Forms of work named in one cell, which documents write one after another without a comma."""

import re

from roadmaps.importers.wording import joined

#: How a form is written, in any number and case, and its name.
FORMS = {
    r"кругл\w+\s+стол\w*": "круглый стол",
    r"метод(?:ическ\w+|\.)\s*совет\w*": "методический совет",
    r"пед(?:агогическ\w+\s+|\.\s*)?совет\w*": "педагогический совет",
    r"мастер-класс\w*": "мастер-класс",
    r"открыт\w+\s+урок\w*": "открытый урок",
    r"рабоч\w+\s+встреч\w*": "рабочая встреча",
    r"семинар\w*(?:-практикум\w*)?": "семинар",
    r"совещани\w*": "совещание",
    r"консультаци\w*": "консультация",
    r"мониторинг\w*": "мониторинг",
    r"вебинар\w*": "вебинар",
    r"конференци\w*": "конференция",
    r"заседани\w*": "заседание",
    r"тренинг\w*": "тренинг",
    r"практикум\w*": "практикум",
    r"конкурс\w*": "конкурс",
    r"анкетировани\w*": "анкетирование",
    r"собеседовани\w*": "собеседование",
    r"стажировк\w*": "стажировка",
    r"выставк\w*": "выставка",
    r"форум\w*": "форум",
    r"фестивал\w*": "фестиваль",
    r"лекци\w*": "лекция",
    r"тестировани\w*": "тестирование",
    r"диагностик\w*": "диагностика",
    r"опрос\w*": "опрос",
    r"встреч\w*": "встреча",
    r"отч[её]т\w*": "отчёт",
    r"приказ\w*": "приказ",
}
ANY_FORM = re.compile("|".join(rf"(?<![а-яё-])({pattern})(?![а-яё])" for pattern in FORMS), re.IGNORECASE)
NAMES = list(FORMS.values())


def read_forms(text: str) -> tuple[str, ...]:
    """The forms that a cell names, by their dictionary names, each once.

    >>> read_forms("семинары совещания круглый стол")
    ('семинар', 'совещание', 'круглый стол')
    """
    found = [NAMES[match.lastindex - 1] for match in ANY_FORM.finditer(joined(text)) if match.lastindex]
    return tuple(dict.fromkeys(found))
