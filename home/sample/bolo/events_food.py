"""Eating together in Bos en Lommer."""

from datetime import time

from ..shapes import (
    SATURDAY,
    SUNDAY,
    WEDNESDAY,
    EventSample,
    Guest,
    PageWords,
    When,
    repeated,
)

STREET_DINNER = EventSample(
    nl=PageWords(
        title="Straatdiner in de Egidiusstraat",
        slug="straatdiner-egidiusstraat",
        introduction=(
            "Eén lange tafel, de straat is dicht. Wij zorgen voor de tafel."
            " Jij neemt iets te eten mee."
        ),
        body=(
            "<p>Een grote pan of één zak druiven: alles is goed."
            " Aan tafel vertel je wat het is, en voor je het weet heb je drie recepten.</p>"
            "<h3>Zo gaat het</h3>"
            "<ul>"
            "<li><b>15.00 uur</b>: tafels neerzetten. Helpende handen zijn fijn.</li>"
            "<li><b>17.00 uur</b>: we gaan zitten. Je loot naast wie.</li>"
            "<li><b>20.00 uur</b>: koffie, thee en baklava.</li>"
            "<li><b>21.00 uur</b>: de straat is weer van de auto’s.</li>"
            "</ul>"
            "<h3>Heb je een allergie?</h3>"
            "<p>Schrijf op een kaartje wat er in je gerecht zit. De kaartjes liggen klaar."
            " Twijfel je over een gerecht? Vraag het aan de kok.</p>"
        ),
        bring="iets te eten, je eigen bord en bestek",
    ),
    en=PageWords(
        title="Street dinner in the Egidiusstraat",
        slug="street-dinner-egidiusstraat",
        introduction=(
            "One long table, the street is closed. We bring the table. You bring something to eat."
        ),
        body=(
            "<p>A big pan or one bag of grapes: anything will do."
            " At the table you tell what it is, and you go home with three recipes.</p>"
            "<h3>How it goes</h3>"
            "<ul>"
            "<li><b>15:00</b>: putting up tables. Helping hands are welcome.</li>"
            "<li><b>17:00</b>: we sit down. You draw a number for your seat.</li>"
            "<li><b>20:00</b>: coffee, tea and baklava.</li>"
            "<li><b>21:00</b>: the cars get their street back.</li>"
            "</ul>"
            "<h3>Do you have an allergy?</h3>"
            "<p>Write on a card what is in your dish. We have the cards."
            " Not sure about a dish? Ask the cook.</p>"
        ),
        bring="something to eat, your own plate and cutlery",
    ),
    category="eten",
    place="egidiusstraat",
    when=When(18, SATURDAY, time(17), 240),
    capacity=80,
    guests=(
        Guest("Dilan", 6),
        Guest("Şükrü", 5),
        Guest("Joke", 2),
        Guest("Fatma", 6),
        Guest("Marlon", 4),
        Guest("Ineke", 3),
        Guest("Sjoerd", 2),
        Guest("Bilal", 6),
        Guest("Wout", 4),
        Guest("Anneke", 4),
        Guest("Noor", 5),
        Guest("Mehmet", 6),
        Guest("Grace", 4, "en"),
        Guest("Ruud", 3),
        Guest("Samira", 4),
    ),
)

STREET_DINNER_WILTZANGH = EventSample(
    nl=PageWords(
        title="Straatdiner in de Wiltzanghlaan",
        slug="straatdiner-wiltzanghlaan",
        introduction="De tweede lange tafel. Deze keer bij de tramhalte, dus kom met lijn 19.",
        body=(
            "<p>Iedereen neemt één gerecht mee. Weet je niet wat?"
            " Brood en boter zijn altijd het eerst op.</p>"
            "<p>We hebben 60 stoelen. Ineke heeft er nog vier in de schuur.</p>"
            "<h3>Regent het?</h3>"
            "<p>Dan eten we in Buurtkamer De Bolster. Dat zetten we die ochtend op deze pagina.</p>"
        ),
        bring="iets te eten, je eigen bord en bestek",
    ),
    en=PageWords(
        title="Street dinner in the Wiltzanghlaan",
        slug="street-dinner-wiltzanghlaan",
        introduction="The second long table. This time at the tram stop, so take the tram.",
        body=(
            "<p>Everybody brings one dish. Don't know what?"
            " Bread and butter always go first.</p>"
            "<p>We have 60 chairs. Ineke has four more in her shed.</p>"
            "<h3>Does it rain?</h3>"
            "<p>Then we eat in Buurtkamer De Bolster. We will say so here that morning.</p>"
        ),
        bring="something to eat, your own plate and cutlery",
    ),
    category="eten",
    place="wiltzanghlaan",
    when=When(53, SATURDAY, time(17), 240),
    capacity=60,
)

STREET_DINNER_AKBAR = EventSample(
    nl=PageWords(
        title="Straatdiner in de Akbarstraat: alleen soep",
        slug="straatdiner-akbarstraat",
        introduction="Twaalf pannen soep op één rij. Je proeft ze allemaal, of één heel vaak.",
        body=(
            "<p>Kook je mee? Dan zoeken we nog harira, snert, pindasoep, mercimek"
            " en alles wat jouw oma maakte.</p>"
            "<p>Kook je niet? Neem brood mee. Of alleen trek.</p>"
            "<h3>Goed om te weten</h3>"
            "<p>Er staan altijd drie pannen zonder vlees. Op elke pan hangt een kaart"
            " met wat erin zit.</p>"
        ),
        bring="je eigen kom en lepel",
    ),
    category="eten",
    place="akbarstraat",
    when=When(81, SUNDAY, time(16), 180),
    capacity=50,
)

SOUP = EventSample(
    nl=PageWords(
        title="Soepavond",
        slug="soepavond",
        introduction="Twee pannen soep, één met vlees en één zonder. Schuif aan.",
        body=(
            "<p>Elke maand koken twee buren. Jij hoeft alleen te komen."
            " Na het eten wassen we samen af. Dat is gezelliger dan het klinkt.</p>"
            "<p>Het is gratis. Wie wil, gooit iets in de pot voor de volgende pan.</p>"
        ),
    ),
    en=PageWords(
        title="Soup night",
        slug="soup-night",
        introduction="Two pans of soup, one with meat and one without. Pull up a chair.",
        body=(
            "<p>Every month two neighbours cook. All you have to do is come."
            " Afterwards we wash up together. It is more fun than it sounds.</p>"
            "<p>It is free. If you like, put something in the pot for the next pan.</p>"
        ),
    ),
    category="eten",
    place="buurtkamer-de-bolster",
    when=When(9, WEDNESDAY, time(18), 120),
    capacity=30,
    guests=(Guest("Ineke", 2), Guest("Oksana", 3, "en"), Guest("Henk", 1)),
)

BOLO_BUNS = EventSample(
    nl=PageWords(
        title="Bolo-bollen bakken met de bakker",
        slug="bolo-bollen-bakken",
        introduction="De bakker laat zien hoe het moet. Daarna jij, en die van jou zijn platter.",
        body=(
            "<p>We kneden, we wachten, we bakken. Tijdens het wachten is er koffie.</p>"
            "<p>Er passen tien mensen in de bakkerij. Vol? Zet je op de wachtlijst."
            " Zegt er iemand af, dan krijg je vanzelf een mail.</p>"
            "<p>In het deeg zitten gluten, melk en ei.</p>"
        ),
        bring="een schort en een bakje voor thuis",
    ),
    en=PageWords(
        title="Baking Bolo-bollen with the baker",
        slug="baking-bolo-bollen",
        introduction="The baker shows how it is done. Then you make them, and yours are flatter.",
        body=(
            "<p>We knead, we wait, we bake. There is coffee while we wait.</p>"
            "<p>Ten people fit in the bakery. Full? Join the waiting list."
            " If somebody drops out, you get a mail.</p>"
            "<p>The dough contains gluten, milk and egg.</p>"
        ),
        bring="an apron and a box to take some home",
    ),
    category="eten",
    place="bakkerij-de-korst",
    when=When(11, SATURDAY, time(14), 150),
    capacity=10,
    party_limit=2,
    guests=(
        Guest("Samira", 2),
        Guest("Wout", 2),
        Guest("Noor", 1),
        Guest("Anneke", 2),
        Guest("Grace", 1, "en"),
        Guest("Mehmet", 2),
        Guest("Dilan", 1),
        Guest("Ruud", 2),
        Guest("Priya", 1, "en"),
    ),
)

DOORSTEP_COFFEE = EventSample(
    nl=PageWords(
        title="Koffie op de stoep",
        slug="koffie-op-de-stoep",
        introduction="Zet je stoel buiten. Wij komen langs met de kan.",
        body=(
            "<p>We beginnen bij Kapsalon Dilan en lopen de straat uit."
            " Je hoeft je niet op te geven. Een stoel op de stoep is genoeg.</p>"
        ),
        bring="je eigen kopje",
    ),
    category="eten",
    place="kapsalon-dilan",
    when=When(6, SUNDAY, time(11), 90),
    takes_registrations=False,
)

EVENTS = (
    STREET_DINNER,
    STREET_DINNER_WILTZANGH,
    STREET_DINNER_AKBAR,
    *repeated(SOUP, times=3, every_weeks=4),
    BOLO_BUNS,
    *repeated(DOORSTEP_COFFEE, times=2, every_weeks=2),
)
