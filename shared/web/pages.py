"""Templates: strict, escaped, in the reader's language. A service renders; the frame around it is here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from shared.web import i18n
from shared.web.region import Region
from shared.web.sessions import signed_in
from shared.web.wording import FILTERS

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A link in the menu: Swedish words (marked with `N_`) and a path. `desk`: operators' menu; `about`: the foot."""

    words: str
    path: str
    desk: bool = False
    about: bool = False


class Pages:
    """All templates of a platform. `assets` are the addresses of its static files by name."""

    def __init__(
        self, folders: Iterable[Path], region: Region, menu: Iterable[MenuItem], assets: Mapping[str, str]
    ) -> None:
        places = [HERE / "templates", *(folder / "templates" for folder in folders)]
        self.jinja = Environment(
            loader=ChoiceLoader([FileSystemLoader(place) for place in places]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        )
        self.jinja.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=True)  # pyright: ignore
        self.jinja.filters.update(FILTERS)
        known: dict[str, object] = {"region": region, "assets": assets, "pick": i18n.pick}
        known["names"] = {tag: i18n.own_name(tag) for tag in region.languages}
        known |= {"menu": tuple(m for m in menu if not m.about), "about": tuple(m for m in menu if m.about)}
        for name, value in known.items():
            self.jinja.globals[name] = value  # pyright: ignore[reportArgumentType]

    def fill(self, template: str, **context: object) -> str:
        """A template filled in, in the language that is spoken: for pages and mails alike."""
        return self.jinja.get_template(template).render(context)


def render(request: Request, template: str, status: int = 200, **context: object) -> HTMLResponse:
    """A page in the frame: its language, its theme, and who is signed in are known to the layout.

    `query` is what else the address asks for, so that choosing a language or a theme keeps a filter.
    """
    pages: Pages = request.app.state.pages
    theme = request.cookies.get("theme", "")
    tag = i18n.SOURCE if i18n.tongue().tag == i18n.PSEUDO else i18n.tongue().tag
    frame: dict[str, object] = {
        "tag": tag,
        "direction": i18n.direction(tag),
        "theme": theme if theme in ("light", "dark") else "",
        "operator": signed_in(request),
        "here": request.url.path,
        "query": urlencode([(k, v) for k, v in request.query_params.multi_items() if k != "lang"]),
    }
    return HTMLResponse(pages.fill(template, **(frame | context)), status)
