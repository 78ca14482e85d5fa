"""A place in a row of tokens, with the questions the grammar asks there."""

from deadlines.lexicon import Sense, Tag, Unit
from deadlines.tokens import Shape, Token

_NOTHING = Token(Shape.OTHER, "", "", 0, 0)


class Cursor:
    """Moves over ``tokens``; looking beyond either end sees an empty token."""

    def __init__(self, tokens: list[Token], text: str) -> None:
        self._tokens = tokens
        self._text = text
        self._end = len(tokens)
        self.position = 0

    @property
    def at_end(self) -> bool:
        return self.position >= self._end

    def peek(self, ahead: int = 0) -> Token:
        index = self.position + ahead
        return self._tokens[index] if 0 <= index < self._end else _NOTHING

    def sense(self, ahead: int = 0) -> Sense:
        return self.peek(ahead).sense

    def word(self, ahead: int = 0) -> str:
        return self.peek(ahead).word

    def take(self, count: int = 1) -> Token:
        token = self.peek(count - 1)
        self.position += count
        return token

    def take_word(self, *words: str) -> bool:
        """Pass these words if they come next."""
        if self.word() != words[0] or any(self.word(index) != word for index, word in enumerate(words)):
            return False
        self.position += len(words)
        return True

    def take_any(self, *words: str) -> bool:
        """Pass one word if it is among these."""
        if self.word() not in words:
            return False
        self.position += 1
        return True

    def take_tag(self, *tags: Tag) -> Sense | None:
        """Pass a word of one of the tags and give its sense."""
        return self.take().sense if self.sense().tag in tags else None

    def take_unit(self, *units: Unit) -> Unit | None:
        """Pass a unit of time, any of those named, and say which."""
        for unit in units:
            if self.is_unit(unit):
                self.take()
                return unit
        return None

    def is_unit(self, unit: Unit, ahead: int = 0) -> bool:
        return self.sense(ahead).tag is Tag.UNIT and self.sense(ahead).value is unit

    def words(self, start: int, end: int) -> str:
        """Tokens from ``start`` to before ``end``, as written, in one line."""
        pieces: list[str] = []
        for index in range(start, min(end, self._end)):
            token = self._tokens[index]
            gap = self._text[self._tokens[index - 1].end : token.start] if index > start else ""
            pieces += [gap, token.text]
        return " ".join("".join(pieces).split()).strip(" ,;:(-")
