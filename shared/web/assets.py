"""Static files with their content in their address, so that a browser asks for each once and never gets a stale one."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response

from shared.web.region import Region

_CODE = re.compile(r"var\(--k(\w+)")
STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served: its address, and its bytes plain and packed."""

    path: str
    type: str
    plain: bytes
    packed: bytes


def region_css(region: Region) -> str:
    """What the region adds to the stylesheet: its colours, its drawings, and the parts of its map to light up."""
    lines = [f"  {name}: light-dark({c.light}, {c.dark});" for name, c in sorted(region.colours.items())]
    drawings = {
        "--skyline": region.ornament.skyline,
        "--bark-lying": region.ornament.bark_lying,
        "--bark-standing": region.ornament.bark_standing,
    }
    lines += [f'  {name}: url("data:image/svg+xml,{quote(svg)}");' for name, svg in drawings.items()]
    places = [f".m{code} {{ --k{code}: var(--brick) }}" for code in sorted(set(_CODE.findall(region.map)))]
    return ":root {\n" + "\n".join(lines) + "\n}\n" + "\n".join(places) + "\n"


class Assets:
    """All static files of a platform, in memory: some forty kilobytes."""

    def __init__(self, region: Region) -> None:
        files = {file.name: file.read_bytes() for file in sorted(STATIC.iterdir()) if file.suffix in TYPES}
        files["region.css"] = region_css(region).encode()
        files["icon.svg"] = region.mark.encode()
        self._by_path = {asset.path: asset for asset in map(_asset, files.items())}
        self.paths = {name: asset.path for name, asset in zip(files, self._by_path.values(), strict=True)}

    def router(self) -> APIRouter:
        routes = APIRouter(include_in_schema=False)

        @routes.get("/static/{name}")
        def static(name: str, request: Request) -> Response:
            asset = self._by_path.get(f"/static/{name}")
            if asset is None:
                raise HTTPException(404)
            headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
            if "gzip" in request.headers.get("accept-encoding", ""):
                return Response(asset.packed, media_type=asset.type, headers=headers | {"content-encoding": "gzip"})
            return Response(asset.plain, media_type=asset.type, headers=headers)

        return routes


def _asset(file: tuple[str, bytes]) -> Asset:
    name, plain = file
    stem, _, suffix = name.rpartition(".")
    mark = hashlib.sha256(plain).hexdigest()[:10]
    return Asset(f"/static/{stem}-{mark}.{suffix}", TYPES[f".{suffix}"], plain, gzip.compress(plain, 9, mtime=0))
