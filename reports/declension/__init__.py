"""Names and job titles in the cases of an order, by kept libraries, a person's corrections first.

``Declension(remembered)`` answers ``person(name, case)``, ``post(title, case)``, ``thing(text, case)`` and
``by_hand(text, case)``. Every answer is a ``Form``: the text, and whether it is sure enough to be printed unread.
What nobody can know (the gender of a name without a patronymic) stays nominative and unsure. Any text is answered,
none is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.declension.cases import Case, Form, spaced
from reports.declension.names import Name, Written, corrected_surname, declined_parts
from reports.declension.titles import declined_post, declined_thing

__all__ = ["Case", "Declension", "Form", "Name", "Remembered", "Written"]

#: What somebody once corrected, by the nominative (of a person: the full name) and the case.
Remembered = Mapping[tuple[str, Case], str]


@dataclass(frozen=True)
class Declension:
    """Answers in cases; a remembered correction wins over every library."""

    remembered: Remembered = field(default_factory=dict)

    def person(self, name: Name, case: Case, written: Written = Written.FULL) -> Form:
        """The name in the case.

        >>> Declension().person(Name("Кузьмук", "Анна", "Петровна"), Case.DATIVE).text
        'Кузьмук Анне Петровне'
        """
        parts, sure = declined_parts(name, case)
        corrected = self.remembered.get((name.full, case))
        if corrected is None:
            return Form(name.written(written, parts), sure)
        if written is Written.FULL:
            return Form(corrected, sure=True)
        surname, known = corrected_surname(name, corrected)
        return Form(name.written(written, (surname, "", "")), known)

    def post(self, title: str, case: Case) -> Form:
        """The title with its head in the case.

        >>> Declension().post("заместитель директора по УВР", Case.GENITIVE).text
        'заместителя директора по УВР'
        """
        corrected = self.remembered.get((spaced(title), case))
        return declined_post(spaced(title), case) if corrected is None else Form(corrected, sure=True)

    def thing(self, text: str, case: Case) -> Form:
        """A document, an act or an office named by its first words; what follows them stays, «МКУ «ИМЦ»» does whole.

        >>> Declension().thing("муниципальная программа поддержки педагогов", Case.ACCUSATIVE).text
        'муниципальную программу поддержки педагогов'
        """
        corrected = self.remembered.get((spaced(text), case))
        return declined_thing(spaced(text), case) if corrected is None else Form(corrected, sure=True)

    def by_hand(self, text: str, case: Case) -> Form:
        """An organisation, or any other phrase: only a person declines it; until then it stays as it is."""
        corrected = self.remembered.get((spaced(text), case))
        return Form(spaced(text), sure=False) if corrected is None else Form(corrected, sure=True)
