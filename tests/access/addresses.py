"""Every address of the portal, asked from the resolver so that none is forgotten."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def addresses() -> list[str]:
    """Names such as ``roadmaps:item-detail``, sorted."""
    return sorted(_named(get_resolver(), ()))


def _named(resolver: URLResolver, namespaces: tuple[str, ...]) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join((*namespaces, str(pattern.name)))
        else:
            yield from _named(pattern, (*namespaces, pattern.namespace) if pattern.namespace else namespaces)
