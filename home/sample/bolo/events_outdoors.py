"""Green and moving things, and the ones that went differently."""

from datetime import time

from ..shapes import (
    FRIDAY,
    MONDAY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    EventSample,
    Guest,
    PageWords,
    When,
    repeated,
)

LITTER_WALK = EventSample(
    nl=PageWords(
        title="Rondje zwerfvuil, daarna koffie",
        slug="rondje-zwerfvuil",
        introduction="Eén uur prikken, één uur koffie. In die volgorde.",
        body=(
            "<p>We hebben grijpers, zakken en handschoenen. Ook in kindermaten.</p>"
            "<p>De mooiste vondst krijgt een plek in de etalage van Fietsenmaker De Spaak."
            " Vorige keer was dat een halve wasmachine.</p>"
        ),
    ),
    en=PageWords(
        title="Litter walk, then coffee",
        slug="litter-walk",
        introduction="One hour of picking up, one hour of coffee. In that order.",
        body=(
            "<p>We have grabbers, bags and gloves. In children's sizes too.</p>"
            "<p>The best find goes into the window of Fietsenmaker De Spaak."
            " Last time it was half a washing machine.</p>"
        ),
    ),
    category="groen",
    place="wiltzanghlaan",
    when=When(8, SATURDAY, time(10), 120),
    guests=(Guest("Henk", 1), Guest("Noor", 3)),
)

FACADE_GARDENS = EventSample(
    nl=PageWords(
        title="Geveltuinen maken",
        slug="geveltuinen-maken",
        introduction="Twee tegels eruit, één stokroos erin. Wij nemen scheppen mee.",
        body=(
            "<p>Wil je groen voor je deur? We helpen je in een uur."
            " We beginnen bij Kapsalon Dilan en werken de Egidiusstraat af.</p>"
            "<p>Heb je zelf geen gevel? Dan mag je die van een ander doen."
            " Die ander is daar blij mee.</p>"
        ),
        bring="kleren die vies mogen worden",
    ),
    en=PageWords(
        title="Making facade gardens",
        slug="making-facade-gardens",
        introduction="Two tiles out, one hollyhock in. We bring the spades.",
        body=(
            "<p>Would you like some green at your front door? We help you in an hour."
            " We start at Kapsalon Dilan and work our way down the Egidiusstraat.</p>"
            "<p>No facade of your own? Then do somebody else's. They will be glad.</p>"
        ),
        bring="clothes that may get dirty",
    ),
    category="groen",
    place="egidiusstraat",
    when=When(24, SATURDAY, time(10), 180),
)

PLANT_SWAP = EventSample(
    nl=PageWords(
        title="Stekjes ruilen bij Bep",
        slug="stekjes-ruilen",
        introduction="Neem een plantje mee, ga met een ander naar huis.",
        body=(
            "<p>Je plant hoeft niet mooi te zijn. Hij moet het alleen nog doen.</p>"
            "<p>Heb je niks om te ruilen? Bep heeft altijd te veel graslelies.</p>"
        ),
        bring="een stekje in een potje of een glas",
    ),
    category="groen",
    place="bloemen-van-bep",
    when=When(32, SUNDAY, time(13), 120),
    takes_registrations=False,
)

WALKING = EventSample(
    nl=PageWords(
        title="Wandelen met Fatma",
        slug="wandelen-met-fatma",
        introduction="Elke donderdag een uur door de buurt. Fatma weet waar de bankjes staan.",
        body=(
            "<p>We lopen rustig, zodat praten lukt. Een rollator of kinderwagen kan mee:"
            " de route heeft geen trappen.</p>"
            "<p>We eindigen waar we begonnen. Daar is thee.</p>"
        ),
    ),
    en=PageWords(
        title="Walking with Fatma",
        slug="walking-with-fatma",
        introduction="An hour around the block, every Thursday. Fatma knows all the benches.",
        body=(
            "<p>We walk slowly enough to talk. A walker or a pram is fine:"
            " there are no stairs on the route.</p>"
            "<p>We end where we started. There is tea.</p>"
        ),
    ),
    category="bewegen",
    place="bos-en-lommerplein",
    when=When(2, THURSDAY, time(9, 30), 75),
)

FOOTBALL = EventSample(
    nl=PageWords(
        title="Voetballen in het park",
        slug="voetballen-in-het-park",
        introduction="Twee jassen zijn een doel. Je hoeft er niks van te kunnen.",
        body=(
            "<p>We maken teams met wie er is. Van 8 tot 80 jaar, en het wordt altijd 7-7.</p>"
            "<p>Regent het? Dan gaan we door. Onweert het? Dan gaan we naar De Bolster.</p>"
        ),
        bring="sportschoenen en water",
    ),
    en=PageWords(
        title="Football in the park",
        slug="football-in-the-park",
        introduction="Two coats make a goal. You don't have to be any good at it.",
        body=(
            "<p>We make teams with whoever is there. From 8 to 80 years,"
            " and it always ends 7-7.</p>"
            "<p>Rain? We play. Thunder? We go to De Bolster.</p>"
        ),
        bring="trainers and water",
    ),
    category="bewegen",
    place="erasmuspark",
    when=When(4, SUNDAY, time(14), 90),
)

BADMINTON = EventSample(
    nl=PageWords(
        title="Badminton zonder punten",
        slug="badminton-zonder-punten",
        introduction="Overslaan, opslaan, uitrusten. Rackets liggen klaar.",
        body=(
            "<p>Er zijn vier velden en genoeg bankjes. Je speelt met wie er naast je staat.</p>"
            "<p>De kleedkamers zijn open vanaf 19.45 uur.</p>"
        ),
        bring="schoenen met een lichte zool",
    ),
    category="bewegen",
    place="gymzaal-de-sprong",
    when=When(13, MONDAY, time(20), 90),
    capacity=16,
    party_limit=4,
)

OPEN_AIR_FILM = EventSample(
    nl=PageWords(
        title="Film op de muur",
        slug="film-op-de-muur",
        introduction="Een film in de open lucht, met popcorn uit een soeppan.",
        body=(
            "<p>We draaien een oude film over de buurt. Zwart-wit, zonder geluid,"
            " met Marlon op de trekzak.</p>"
            "<p>Neem een kussen mee. Het gras is zacht, maar niet zó zacht.</p>"
        ),
        bring="een kussen en een deken",
    ),
    en=PageWords(
        title="Film on the wall",
        slug="film-on-the-wall",
        introduction="A film in the open air, with popcorn from a soup pan.",
        body=(
            "<p>We show an old film about the neighbourhood. Black and white, silent,"
            " with Marlon on the accordion.</p>"
            "<p>Bring a cushion. The grass is soft, but not that soft.</p>"
        ),
        bring="a cushion and a blanket",
    ),
    category="meedenken",
    place="gulden-winckelplantsoen",
    when=When(20, FRIDAY, time(21), 120),
    capacity=60,
    guests=(Guest("Bilal", 4), Guest("Oksana", 2, "en"), Guest("Sjoerd", 1)),
    cancel_reason="Het scherm is gescheurd. We zoeken een ander scherm en een andere avond.",
)

DOORSTEP_BREAKFAST = EventSample(
    nl=PageWords(
        title="Ontbijt op de stoep",
        slug="ontbijt-op-de-stoep",
        introduction="Vijf buren gaven zich op. Er kwamen er 41, en één hond die alles lustte.",
        body=(
            "<p>Om tien uur stonden er drie tafels. Om elf uur waren het er negen."
            " De laatste kwam uit een raam op de eerste verdieping.</p>"
            "<p>Er bleef één pot jam over. Die staat bij Buurtkamer De Bolster"
            " voor wie hem mist.</p>"
            "<p>Dank je wel, Ineke, voor het zetten van 60 koppen koffie."
            " Volgende keer zet iemand anders.</p>"
        ),
    ),
    category="eten",
    place="egidiusstraat",
    when=When(-19, SUNDAY, time(10), 150),
    guests=(Guest("Marlon", 3), Guest("Fatma", 2)),
)

EVENTS = (
    *repeated(LITTER_WALK, times=2, every_weeks=4),
    FACADE_GARDENS,
    PLANT_SWAP,
    *repeated(WALKING, times=4),
    *repeated(FOOTBALL, times=3, every_weeks=2),
    BADMINTON,
    OPEN_AIR_FILM,
    DOORSTEP_BREAKFAST,
)
