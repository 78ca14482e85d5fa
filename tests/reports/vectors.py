"""The twenty ways by which text that became markup makes WeasyPrint open a file or an address."""

import base64


def vectors(address: str, file: str) -> dict[str, str]:
    """Markup by name; ``address`` and ``file`` are canaries, each vector touches one named after itself."""

    def web(name: str) -> str:
        return f"{address}/{name}"

    def local(name: str) -> str:
        return f"{file}/{name}"

    def nested(name: str) -> str:
        image = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{web(name)}" width="9" height="9"/></svg>'
        return f"data:image/svg+xml;base64,{base64.b64encode(image.encode()).decode()}"

    return {
        "img": f'<img src="{web("img")}">',
        "img-file": f'<img src="{local("img-file")}">',
        "style-background": f'<p style="background: url({web("style-background")})">x</p>',
        "style-list": f'<ul><li style="list-style-image: url({local("style-list")})">x</li></ul>',
        "style-content": f'<style>p::before {{ content: url("{web("style-content")}") }}</style><p>x</p>',
        "style-import": f'<style>@import url("{web("style-import")}");</style>',
        "style-import-file": f'<style>@import url("{local("style-import-file")}");</style>',
        "font-face": f'<style>@font-face {{ font-family: stolen; src: url("{web("font-face")}") }}</style>',
        "font-face-file": f'<style>@font-face {{ font-family: taken; src: url("{local("font-face-file")}") }}</style>',
        "link": f'<link rel="stylesheet" href="{web("link")}">',
        "link-attachment": f'<link rel="attachment" href="{local("link-attachment")}">',
        "a-attachment": f'<a rel="attachment" href="{local("a-attachment")}">x</a>',
        "object": f'<object data="{web("object")}"></object>',
        "embed": f'<embed src="{local("embed")}">',
        "svg-image": f'<svg width="9" height="9"><image href="{web("svg-image")}" width="9" height="9"/></svg>',
        "svg-use": f'<svg width="9" height="9"><use href="{web("svg-use")}#x"/></svg>',
        "nested-data": f'<img src="{nested("nested-data")}">',
        "base": f'<base href="{address}/"><img src="base">',
        "redirect": f'<img src="{address}/away?{local("redirect")}">',
        "iframe": f'<iframe src="{web("iframe")}"></iframe>',
    }
