"""Every public address; Wagtail's catch-all is last."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.documents import urls as wagtaildocs_urls

from boloboost.accounts.urls import account_urlpatterns, admin_urlpatterns
from boloboost.core.urls import urlpatterns as core_urlpatterns

urlpatterns = [
    *core_urlpatterns,
    *admin_urlpatterns,
    path("beheer/", include("boloboost.core.people.admin_urls")),
    path("documenten/", include(wagtaildocs_urls)),
    *i18n_patterns(
        path("", include(account_urlpatterns)),
        path("", include("events.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler400 = "boloboost.core.views.bad_request"
handler403 = "boloboost.core.views.permission_denied"
handler404 = "boloboost.core.views.page_not_found"
handler429 = "boloboost.accounts.views.limit_reached"
handler500 = "boloboost.core.views.server_error"
