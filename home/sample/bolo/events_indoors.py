"""Making things and thinking along, and one plan that still waits for approval."""

from datetime import time

from ..shapes import (
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    EventSample,
    Guest,
    PageWords,
    When,
    repeated,
)

WRAPPING_SHOP = EventSample(
    nl=PageWords(
        title="Inpakwinkel: eerste overleg",
        slug="inpakwinkel-eerste-overleg",
        introduction="Vijf dagen lang pakken we gratis cadeaus in. We zoeken er nog zes.",
        body=(
            "<p>Negen van de vijftien mensen zijn er. We zoeken nog inpakkers,"
            " iemand voor de thee en iemand met een bakfiets.</p>"
            "<p>Eén middag helpen is al fijn. Kun je niet inpakken?"
            " Dat leer je in vijf minuten.</p>"
            "<p>Anneke en Youssef zetten soep neer.</p>"
        ),
    ),
    en=PageWords(
        title="Gift-wrap shop: first meeting",
        slug="gift-wrap-shop-first-meeting",
        introduction="For five days we wrap gifts for free. We are looking for six more people.",
        body=(
            "<p>Nine of the fifteen people are here. We still need wrappers,"
            " somebody for the tea and somebody with a cargo bike.</p>"
            "<p>One afternoon of help is already great. Can't wrap?"
            " You will learn it in five minutes.</p>"
            "<p>Anneke and Youssef make soup.</p>"
        ),
    ),
    category="maken",
    place="buurtkamer-de-bolster",
    when=When(14, TUESDAY, time(19, 30), 90),
    guests=(Guest("Grace", 1, "en"), Guest("Samira", 2)),
)

WRAPPING_LESSON = EventSample(
    nl=PageWords(
        title="Inpakken leren: van doos tot cadeau",
        slug="inpakken-leren",
        introduction="Eerst een doos. Dan een bal. Dan een fiets.",
        body=(
            "<p>Anneke heeft twintig jaar in een speelgoedwinkel gewerkt."
            " Zij krijgt papier om alles heen.</p>"
            "<p>Papier, lint en plakband liggen klaar.</p>"
        ),
        bring="iets met een rare vorm",
    ),
    category="maken",
    place="buurtkamer-de-bolster",
    when=When(38, WEDNESDAY, time(19, 30), 90),
    capacity=18,
    party_limit=2,
)

BIKE_REPAIR = EventSample(
    nl=PageWords(
        title="Zelf je band plakken",
        slug="zelf-je-band-plakken",
        introduction="Neem je lekke fiets mee. Je rijdt naar huis.",
        body=(
            "<p>De fietsenmaker staat ernaast en doet niks. Dat is de bedoeling:"
            " jij leert het, hij drinkt koffie.</p>"
            "<p>Plakspullen zijn er. Heb je een nieuwe buitenband nodig? Die betaal je zelf.</p>"
        ),
        bring="je fiets",
    ),
    en=PageWords(
        title="Fix your own flat tyre",
        slug="fix-your-own-flat-tyre",
        introduction="Bring your flat bike. You will ride it home.",
        body=(
            "<p>The bike mechanic stands next to you and does nothing. That is the idea:"
            " you learn it, he drinks coffee.</p>"
            "<p>We have patches. Do you need a new tyre? You pay for that yourself.</p>"
        ),
        bring="your bike",
    ),
    category="maken",
    place="fietsenmaker-de-spaak",
    when=When(16, SATURDAY, time(11), 120),
    capacity=8,
    party_limit=2,
)

CLOTHES_SWAP = EventSample(
    nl=PageWords(
        title="Kledingruil",
        slug="kledingruil",
        introduction="Jouw te kleine trui is de nieuwe trui van een ander.",
        body=(
            "<p>Breng hooguit tien stuks mee, schoon en heel."
            " Je neemt mee wat je past. Wat overblijft, gaat naar de weggeefkast.</p>"
            "<p>Er is een spiegel en een eerlijke buurvrouw.</p>"
        ),
        bring="kleren die je niet meer draagt",
    ),
    category="maken",
    place="boekhandel-t-ezelsoor",
    when=When(26, SATURDAY, time(13), 180),
)

POSTER_NIGHT = EventSample(
    nl=PageWords(
        title="Plakavond",
        slug="plakavond",
        introduction="Zestig posters, tien straten, één avond.",
        body=(
            "<p>We delen de buurt in stukken. Je krijgt een stapel en een maatje.</p>"
            "<p>We plakken alleen waar het mag: bij winkels en achter ramen van buren.</p>"
        ),
    ),
    category="maken",
    place="buurtkamer-de-bolster",
    when=When(1, TUESDAY, time(19, 30), 90),
)

WALK_IN_HOUR = EventSample(
    nl=PageWords(
        title="Spreekuur voor vrijwilligers",
        slug="spreekuur",
        introduction="Een plan, een vraag of een lege agenda: loop binnen.",
        body=(
            "<p>Joke en Youssef zitten klaar met koffie. Zij weten wie een partytent heeft"
            " en wie je moet bellen voor een vergunning.</p>"
        ),
    ),
    category="meedenken",
    place="buurtkamer-de-bolster",
    when=When(10, WEDNESDAY, time(20, 15), 60),
    takes_registrations=False,
)

SQUARE_PLANS = EventSample(
    nl=PageWords(
        title="Wat doen we met het plein?",
        slug="wat-doen-we-met-het-plein",
        introduction="Er komen nieuwe banken. Waar moeten ze staan? Breng een krijtje mee.",
        body=(
            "<p>We tekenen op het plein zelf, op ware grootte. Jij ligt, wij trekken de lijn.</p>"
            "<p>Daarna schrijven we op wat iedereen vindt. Ook wat we niet eens zijn.</p>"
        ),
    ),
    en=PageWords(
        title="What shall we do with the square?",
        slug="what-shall-we-do-with-the-square",
        introduction="There will be new benches. Where should they stand? Bring some chalk.",
        body=(
            "<p>We draw on the square itself, at full size. You lie down, we draw the line.</p>"
            "<p>Then we write down what everybody thinks. Also where we don't agree.</p>"
        ),
    ),
    category="meedenken",
    place="bos-en-lommerplein",
    when=When(34, THURSDAY, time(19), 90),
)

BOOK_CLUB = EventSample(
    nl=PageWords(
        title="Leesclub voor trage lezers",
        slug="leesclub",
        introduction="Dertig bladzijden is genoeg. De film gezien telt ook.",
        body=(
            "<p>We praten over één boek per twee maanden. ’t Ezelsoor heeft er tien te leen.</p>"
            "<p>Nederlands is niet je eerste taal? Juist leuk. We lezen langzaam.</p>"
        ),
    ),
    category="meedenken",
    place="boekhandel-t-ezelsoor",
    when=When(41, TUESDAY, time(20), 90),
    capacity=12,
)

NEW_NEIGHBOURS = EventSample(
    nl=PageWords(
        title="Nieuw in BoLo? Kom kennismaken",
        slug="nieuw-in-bolo",
        introduction="Wij wijzen je de markt, de bakker en de kortste weg naar de tram.",
        body=(
            "<p>Een uur lopen en een uur zitten. Daarna ken je vijf buren bij naam."
            " Misschien zelfs bij hond.</p>"
            "<p>Woon je hier al lang? Dan ben jij de gids.</p>"
        ),
    ),
    en=PageWords(
        title="New in BoLo? Come and meet us",
        slug="new-in-bolo",
        introduction="We show you the market, the baker and the shortest way to the tram.",
        body=(
            "<p>An hour of walking and an hour of sitting. After that you know five neighbours"
            " by name. Perhaps even by dog.</p>"
            "<p>Lived here for long? Then you are the guide.</p>"
        ),
    ),
    category="meedenken",
    place="bos-en-lommerplein",
    when=When(28, SUNDAY, time(14), 120),
)

STORY_NIGHT = EventSample(
    nl=PageWords(
        title="Verhalenavond: mijn eerste dag in BoLo",
        slug="verhalenavond",
        introduction="Vijf buren vertellen, ieder zeven minuten. Er is een zandloper.",
        body=(
            "<p>De een kwam met de trein, de ander met een verhuisbus zonder remmen.</p>"
            "<p>Wil je zelf vertellen? Er is nog plek voor één verhaal.</p>"
        ),
    ),
    category="meedenken",
    place="boekhandel-t-ezelsoor",
    when=When(47, THURSDAY, time(20), 120),
    capacity=35,
    is_draft=True,
)

EVENTS = (
    WRAPPING_SHOP,
    WRAPPING_LESSON,
    *repeated(BIKE_REPAIR, times=2, every_weeks=4),
    CLOTHES_SWAP,
    POSTER_NIGHT,
    WALK_IN_HOUR,
    SQUARE_PLANS,
    BOOK_CLUB,
    NEW_NEIGHBOURS,
    STORY_NIGHT,
)
