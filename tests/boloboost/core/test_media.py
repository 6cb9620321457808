"""Uploaded files: pictures in the page, the rest as a download, originals never."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

POLICY = "default-src 'none'; sandbox"


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    root = tmp_path / "media"
    (root / "images").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(b"secret")
    settings.MEDIA_ROOT = root
    return root


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.jpg", "image/jpeg"),
        ("a.JPEG", "image/jpeg"),
        ("a.png", "image/png"),
        ("a.webp", "image/webp"),
        ("a.avif", "image/avif"),
        ("a.gif", "image/gif"),
    ],
)
def test_a_picture_is_shown(name: str, content_type: str, media: Path, client: Client) -> None:
    (media / "images" / name).write_bytes(b"picture")
    response = client.get(f"/media/images/{name}")
    assert response.status_code == 200
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].startswith("inline")
    assert response["Content-Security-Policy"] == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.getvalue() == b"picture"


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.pdf", "a.js", "a.php.png.exe", "a", "a.gz"])
def test_anything_else_is_a_download(name: str, media: Path, client: Client) -> None:
    (media / "images" / name).write_bytes(b"<script>")
    response = client.get(f"/media/images/{name}")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == "attachment"
    assert response["Content-Security-Policy"] == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Content-Encoding" not in response
    assert response.getvalue() == b"<script>"


@pytest.mark.parametrize("folder", ["original_images", "documents", "Original_Images"])
def test_originals_and_documents_are_never_served(folder: str, media: Path, client: Client) -> None:
    (media / folder).mkdir()
    (media / folder / "a.png").write_bytes(b"GPS")
    for path in (f"{folder}/a.png", f"images/../{folder}/a.png", f"./{folder}/a.png"):
        assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "../secret.png",
        "images/../../secret.png",
        "%2e%2e/secret.png",
        "..%5csecret.png",
        "images%00.png",
        "images",
        "images/",
        "nothing.png",
        "images/" + "a" * 300 + ".png",
    ],
)
def test_nothing_outside_the_folder_is_served(path: str, media: Path, client: Client) -> None:
    assert client.get(f"/media/{path}").status_code == 404


def test_a_picture_that_did_not_change_is_not_sent_again(media: Path, client: Client) -> None:
    (media / "images" / "a.png").write_bytes(b"picture")
    first = client.get("/media/images/a.png")
    first.getvalue()
    second = client.get(
        "/media/images/a.png", headers={"If-Modified-Since": first["Last-Modified"]}
    )
    assert second.status_code == 304
    assert second.content == b""
    assert second["Content-Security-Policy"] == POLICY


def test_media_are_only_read(media: Path, client: Client) -> None:
    (media / "images" / "a.png").write_bytes(b"picture")
    response = client.head("/media/images/a.png")
    assert response.status_code == 200
    assert response.getvalue() == b""
    assert client.post("/media/images/a.png").status_code == 405
