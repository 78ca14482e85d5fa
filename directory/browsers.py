"""What a browser calls itself, in words for its owner: «Яндекс Браузер, Windows»."""

#: The first that is named tells: the later ones are also named by those before them.
BROWSERS = (
    ("YaBrowser", "Яндекс Браузер"),
    ("Edg", "Microsoft Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chromium", "Chromium"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def in_words(agent: str) -> str:
    """The browser and the system, as far as they are known.

    >>> in_words("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 YaBrowser/25.8 Safari/537.36")
    'Яндекс Браузер, Windows'
    >>> in_words("curl/8")
    'неизвестный браузер'
    """
    found = (next((name for mark, name in known if mark in agent), "") for known in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found)) or "неизвестный браузер"
