"""Texts as people type them, made comparable."""


def tidy(text: str) -> str:
    """What was typed, with line ends made one kind and the outer blanks gone.

    A zero byte, which no keyboard types and PostgreSQL does not keep, is left out.
    """
    lines = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
