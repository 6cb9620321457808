"""The Noorderbuurt: a small, made-up garden village that shows a second neighbourhood."""

from datetime import time

from boloboost.accounts.enums import Role
from boloboost.core.maps import MapBounds

from .categories import CATEGORIES
from .shapes import (
    FRIDAY,
    SATURDAY,
    SUNDAY,
    WEDNESDAY,
    EventSample,
    Guest,
    MapSample,
    NeighbourhoodSample,
    PageSample,
    PageWords,
    PersonSample,
    PlaceSample,
    When,
    repeated,
)

CONTACT = "hallo@noorderbuurt.example"

HOME = PageSample(
    "home",
    PageWords(
        title="Noorderbuurt",
        slug="noorderbuurt",
        introduction="Zes straten en één brink. Wie hier verdwaalt, krijgt koffie.",
        body=(
            "<h2>Klein, maar we zijn er wel</h2>"
            "<p>Op de brink staat een oude pomp. Daar begint bijna alles wat wij doen.</p>"
        ),
    ),
    PageWords(
        title="Noorderbuurt",
        slug="noorderbuurt-en",
        introduction="Six streets and one green. If you get lost here, you get coffee.",
        body=(
            "<h2>Small, but here we are</h2>"
            "<p>On the green stands an old pump. Almost everything we do starts there.</p>"
        ),
    ),
)

CALENDAR = PageSample(
    "agenda",
    PageWords("Agenda", "agenda", "Wat er rond de brink te doen is.", ""),
    PageWords("Calendar", "agenda", "What is on around the green.", ""),
    in_menu=True,
)

ABOUT = PageSample(
    "over-ons",
    PageWords(
        title="Over ons",
        slug="over-ons",
        introduction="Sjoerd en de rest van de Noorderbuurt.",
        body=(
            "<p>Wij zagen wat ze in Bos en Lommer deden. Dat konden wij ook."
            " Alleen dan met een pomp.</p>"
            f'<p>Mail ons: <a href="mailto:{CONTACT}">{CONTACT}</a>.</p>'
        ),
    ),
    in_menu=True,
)

MAP = MapSample(
    MapBounds(south=52.4010, west=4.9040, north=52.4060, east=4.9120),
    (
        ("road", "Noorderdijk", ((52.4056, 4.9040), (52.4052, 4.9080), (52.4055, 4.9120))),
        ("water", "Molensloot", ((52.4014, 4.9040), (52.4016, 4.9085), (52.4013, 4.9120))),
        (
            "park",
            "De Brink",
            (
                (52.4032, 4.9072),
                (52.4032, 4.9088),
                (52.4039, 4.9088),
                (52.4039, 4.9072),
                (52.4032, 4.9072),
            ),
        ),
        ("street", "Meidoornlaan", ((52.4035, 4.9046), (52.4035, 4.9072))),
        ("street", "Vlierstraat", ((52.4035, 4.9088), (52.4034, 4.9114))),
        ("street", "Pompstraat", ((52.4018, 4.9080), (52.4032, 4.9080))),
        ("street", "Kerspad", ((52.4039, 4.9080), (52.4053, 4.9081))),
    ),
)

PLACES = (
    PlaceSample("de-brink", "De Brink", "De Brink", 52.4036, 4.9080, "Bij de pomp."),
    PlaceSample(
        "verenigingshuis-de-pomp", "Verenigingshuis De Pomp", "Pompstraat", 52.4026, 4.9081
    ),
    PlaceSample("cafe-de-dijk", "Café Aan de Dijk", "Noorderdijk", 52.4053, 4.9074),
    PlaceSample(
        "moestuin-kerspad", "Moestuin Kerspad", "Kerspad", 52.4046, 4.9080, step_free=False
    ),
)

PEOPLE = (PersonSample("redacteur@noorderbuurt.example", "Sjoerd", "Visser", Role.EDITOR),)

POTLUCK = EventSample(
    nl=PageWords(
        title="Eten op de brink",
        slug="eten-op-de-brink",
        introduction="Iedereen neemt een schaal mee. We eten tot alles op is.",
        body="<p>Er staan tafels rond de pomp. Het water is gratis.</p>",
        bring="een schaal eten en een stoel",
    ),
    en=PageWords(
        title="Dinner on the green",
        slug="dinner-on-the-green",
        introduction="Everybody brings a dish. We eat until it is all gone.",
        body="<p>There are tables around the pump. The water is free.</p>",
        bring="a dish and a chair",
    ),
    category="eten",
    place="de-brink",
    when=When(12, SATURDAY, time(17), 180),
    capacity=40,
    guests=(Guest("Truus", 2), Guest("Piet", 4)),
)

REPAIR = EventSample(
    nl=PageWords(
        title="Maak het heel",
        slug="maak-het-heel",
        introduction="Een broodrooster, een broek of een radio: we proberen het.",
        body="<p>Lukt het niet? Dan weten we in elk geval waarom.</p>",
        bring="één ding dat stuk is",
    ),
    category="maken",
    place="verenigingshuis-de-pomp",
    when=When(7, WEDNESDAY, time(19, 30), 120),
    capacity=15,
)

ALLOTMENT = EventSample(
    nl=PageWords(
        title="Schoffelen en soep",
        slug="schoffelen-en-soep",
        introduction="Eerst de moestuin, dan wat eruit kwam.",
        body="<p>Schoffels genoeg. Laarzen neem je zelf mee.</p>",
        bring="laarzen",
    ),
    category="groen",
    place="moestuin-kerspad",
    when=When(3, SUNDAY, time(11), 150),
)

CARDS = EventSample(
    nl=PageWords(
        title="Klaverjassen aan de dijk",
        slug="klaverjassen",
        introduction="Twee kan ook. Dan leren we het je.",
        body="<p>Er wordt niet om geld gespeeld. Wel om de eer, en die is groot.</p>",
    ),
    category="kroeg",
    place="cafe-de-dijk",
    when=When(5, FRIDAY, time(20), 180),
    capacity=24,
)

NOORDERBUURT = NeighbourhoodSample(
    key="noorderbuurt",
    subdomain="noorderbuurt",
    site_name="Noorderbuurt",
    neighbourhood="Noorderbuurt",
    town="Noorderbuurt",
    contact_email=CONTACT,
    tagline="Klein, maar wakker.",
    closing_line="Loop maar aan.",
    home=HOME,
    calendar=CALENDAR,
    map=MAP,
    categories=CATEGORIES,
    places=PLACES,
    people=PEOPLE,
    pages=(ABOUT,),
    events=(POTLUCK, REPAIR, ALLOTMENT, *repeated(CARDS, times=2, every_weeks=2)),
)
