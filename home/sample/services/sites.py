"""Sites, and the guard that keeps the sample away from real content."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Locale, Page, Site

from home.models import HomePage

from ..shapes import NeighbourhoodSample, sample_key
from .report import Report

DEFAULT_PORTS = {"http": 80, "https": 443}


class SampleRefused(Exception):
    """There is a neighbourhood here that the sample did not make."""


@dataclass(frozen=True)
class Address:
    """Host and port of the installation, from ``SITE_URL``."""

    host: str
    port: int

    @classmethod
    def of_installation(cls) -> "Address":
        parts = urlsplit(settings.SITE_URL)
        host = parts.hostname or "localhost"
        # The Host header of a request has the brackets of RFC 3986, 3.2.2.
        host = f"[{host}]" if ":" in host else host
        return cls(host, parts.port or DEFAULT_PORTS[parts.scheme])

    def below(self, subdomain: str) -> "Address":
        """Return the address of a neighbourhood; ``*.localhost`` is always this machine."""
        if not subdomain:
            return self
        return Address(f"{subdomain}.{'localhost' if _is_ip(self.host) else self.host}", self.port)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def _is_ip(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def is_welcome_page(page: Page) -> bool:
    """Tell whether this is the page that Wagtail's own migration makes."""
    return page.specific_class is Page and page.depth == 2 and page.numchild == 0


def check_room_for_sample(*, subdomains: Iterable[str] = ("",)) -> None:
    """Make sure that the sample does not land on top of somebody's real site.

    Outside ``SAMPLE`` mode any neighbourhood that the sample did not make is a reason
    to stop. In ``SAMPLE`` mode, which only runs on this machine itself, neighbourhoods
    beside the sample are fine, but the addresses that the sample wants must be free.

    Args:
        subdomains: of the sample's neighbourhoods; the empty one is the installation's
            own address.

    Raises:
        SampleRefused: with the reason.
    """
    tops = list(Page.objects.filter(depth=2).select_related("content_type"))
    ours = {page.translation_key for page in tops if page.translation_key == _home_key(page)}
    foreign = [
        page for page in tops if page.translation_key not in ours and not is_welcome_page(page)
    ]
    if not foreign:
        return
    if not settings.SAMPLE:
        raise SampleRefused(
            f"There is a site here already ({foreign[0].title}). The sample is for an empty"
            " installation or for SAMPLE=1 on this machine."
        )
    taken = set(Site.objects.filter(root_page__in=foreign).values_list("hostname", "port"))
    for subdomain in subdomains:
        address = Address.of_installation().below(subdomain)
        if (address.host, address.port) in taken:
            raise SampleRefused(
                f"{address} belongs to another site. Choose another SITE_URL for the sample."
            )


def _home_key(page: Page) -> object:
    return sample_key("home", page.slug)


def ensure_locales() -> dict[str, Locale]:
    """Return ``{language code: locale}`` for every language of the installation."""
    return {
        code: Locale.objects.get_or_create(language_code=code)[0] for code, _ in settings.LANGUAGES
    }


def ensure_site(*, sample: NeighbourhoodSample, home: HomePage, report: Report) -> Site:
    """Return the site of a sample neighbourhood; it takes over Wagtail's own first site.

    In ``SAMPLE`` mode the address follows ``SITE_URL``, because ``make run`` may be
    started on another port. Runs in the caller's transaction.
    """
    address = Address.of_installation().below(sample.subdomain)
    site: Site | None = Site.objects.filter(root_page=home).first()
    if site is None:
        return _make_site(sample=sample, home=home, address=address, report=report)
    if settings.SAMPLE and (site.hostname, site.port) != (address.host, address.port):
        site.hostname, site.port = address.host, address.port
        site.save()
        report.add("new address")
    return site


def _make_site(
    *, sample: NeighbourhoodSample, home: HomePage, address: Address, report: Report
) -> Site:
    tops = Page.objects.filter(depth=2)
    welcome = next((page for page in tops if is_welcome_page(page)), None)
    site: Site | None = None
    if welcome is not None and not sample.subdomain:
        site = Site.objects.filter(root_page=welcome).first()
    if site is None:
        has_default = Site.objects.filter(is_default_site=True).exists()
        site = Site(is_default_site=not sample.subdomain and not has_default)
    site.hostname, site.port = address.host, address.port
    site.site_name, site.root_page = sample.site_name, home
    site.full_clean()
    site.save()
    if welcome is not None and not Site.objects.filter(root_page=welcome).exists():
        welcome.delete()
    report.add("site")
    return site
