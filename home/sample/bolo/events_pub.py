"""Evenings in the pubs of Bos en Lommer."""

from datetime import time

from ..shapes import FRIDAY, SATURDAY, THURSDAY, EventSample, Guest, PageWords, When, repeated

PUB_CRAWL = EventSample(
    nl=PageWords(
        title="Kroegentocht: vier kroegen, één avond",
        slug="kroegentocht",
        introduction=(
            "Alles op loopafstand. Je hoeft geen bier te drinken en je mag halverwege naar huis."
        ),
        body=(
            "<h3>De route</h3>"
            "<ol>"
            "<li><b>20.00 uur</b>: Café De Lommerhoek, Bos en Lommerweg."
            " We verzamelen bij de biljarttafel. Je krijgt een stempelkaart.</li>"
            "<li><b>21.00 uur</b>: Bar Gracht &amp; Zn., Erasmusgracht."
            " Hier staat een schaal bitterballen klaar. Ook met groente.</li>"
            "<li><b>22.00 uur</b>: Proeflokaal De Klink, Admiraal de Ruijterweg."
            " Zes soorten bier uit de buurt. En zelfgemaakte gemberlimonade.</li>"
            "<li><b>23.00 uur</b>: Café Het Vrije Veld, Jan van Galenstraat."
            " We eindigen met muziek van Marlon en zijn trekzak.</li>"
            "</ol>"
            "<p>De hele route is 1,8 kilometer lopen.</p>"
            "<h3>Goed om te weten</h3>"
            "<p>Vanaf 18 jaar. Neem je identiteitsbewijs mee."
            " Kom je met een rolstoel? Mail ons, dan zorgen we bij stop 3 voor een plank.</p>"
            "<p>Meedoen is gratis. Je drankjes betaal je zelf.</p>"
            "<p>Joke en Bilal lopen voorop. Je herkent ze aan de rode bol op hun jas.</p>"
        ),
    ),
    en=PageWords(
        title="Pub crawl: four pubs, one night",
        slug="pub-crawl",
        introduction=(
            "All within walking distance. You don't have to drink beer and you may go home halfway."
        ),
        body=(
            "<h3>The route</h3>"
            "<ol>"
            "<li><b>20:00</b>: Café De Lommerhoek, Bos en Lommerweg."
            " We meet at the pool table. You get a stamp card.</li>"
            "<li><b>21:00</b>: Bar Gracht &amp; Zn., Erasmusgracht."
            " There is a plate of bitterballen. With vegetables too.</li>"
            "<li><b>22:00</b>: Proeflokaal De Klink, Admiraal de Ruijterweg."
            " Six kinds of local beer. And home-made ginger lemonade.</li>"
            "<li><b>23:00</b>: Café Het Vrije Veld, Jan van Galenstraat."
            " We end with music by Marlon and his accordion.</li>"
            "</ol>"
            "<p>The whole route is a walk of 1.8 kilometres.</p>"
            "<h3>Good to know</h3>"
            "<p>From 18 years. Bring your ID."
            " Do you use a wheelchair? Write to us and we will bring a ramp for stop 3.</p>"
            "<p>Joining in is free. You pay for your own drinks.</p>"
            "<p>Joke and Bilal walk in front. Look for the red bun on their coats.</p>"
        ),
    ),
    category="kroeg",
    place="cafe-de-lommerhoek",
    when=When(5, FRIDAY, time(20), 240),
    capacity=40,
    guests=(
        Guest("Fatma", 2),
        Guest("Wout", 4),
        Guest("Dilan", 3),
        Guest("Sjoerd", 1),
        Guest("Anneke", 2),
        Guest("Bilal", 5),
        Guest("Youssef", 2),
        Guest("Priya", 2, "en"),
        Guest("Marlon", 3),
        Guest("Ineke", 2),
        Guest("Tomasz", 4, "en"),
        Guest("Şükrü", 1),
    ),
)

DRY_PUB_CRAWL = EventSample(
    nl=PageWords(
        title="Kroegentocht zonder bier",
        slug="kroegentocht-zonder-bier",
        introduction="Drie kroegen, nul promille. De gemberlimonade is het sterkste drankje.",
        body=(
            "<p>Niet iedereen drinkt. Wel houdt iedereen van een goed café."
            " Daarom lopen we deze keer zonder alcohol.</p>"
            "<h3>De route</h3>"
            "<ol>"
            "<li><b>19.30 uur</b>: Café Het Vrije Veld, Jan van Galenstraat."
            " Muntthee en een potje biljart.</li>"
            "<li><b>20.30 uur</b>: Proeflokaal De Klink, Admiraal de Ruijterweg."
            " Vijf soorten limonade. Jij zegt welke de beste is.</li>"
            "<li><b>21.30 uur</b>: Café De Lommerhoek, Bos en Lommerweg."
            " Warme chocolademelk en een liedje van Marlon.</li>"
            "</ol>"
            "<p>Kinderen vanaf 10 jaar mogen mee met een volwassene.</p>"
        ),
    ),
    en=PageWords(
        title="Pub crawl without beer",
        slug="pub-crawl-without-beer",
        introduction="Three pubs, no alcohol. The ginger lemonade is the strongest thing we serve.",
        body=(
            "<p>Not everybody drinks. Everybody likes a good café, though."
            " So this time we walk without alcohol.</p>"
            "<h3>The route</h3>"
            "<ol>"
            "<li><b>19:30</b>: Café Het Vrije Veld, Jan van Galenstraat."
            " Mint tea and a game of pool.</li>"
            "<li><b>20:30</b>: Proeflokaal De Klink, Admiraal de Ruijterweg."
            " Five kinds of lemonade. You say which one is best.</li>"
            "<li><b>21:30</b>: Café De Lommerhoek, Bos en Lommerweg."
            " Hot chocolate and a song by Marlon.</li>"
            "</ol>"
            "<p>Children from 10 years may come along with an adult.</p>"
        ),
    ),
    category="kroeg",
    place="cafe-het-vrije-veld",
    when=When(46, SATURDAY, time(19, 30), 180),
    capacity=24,
)

QUIZ = EventSample(
    nl=PageWords(
        title="Kroegquiz",
        slug="kroegquiz",
        introduction="Veertig vragen over van alles. Minstens tien gaan over BoLo.",
        body=(
            "<p>Kom met een team of kom alleen. Alleen? Dan zetten we je bij mensen"
            " die nog iemand zoeken die alles weet over voetbal. Of over vogels.</p>"
            "<p>De winnaars krijgen een wisselbeker. Hij is van karton.</p>"
            "<p>We beginnen op tijd. De keuken is open tot 21.00 uur.</p>"
        ),
    ),
    category="kroeg",
    place="proeflokaal-de-klink",
    when=When(22, THURSDAY, time(20, 30), 150),
    capacity=48,
    party_limit=6,
)

EVENTS = (PUB_CRAWL, DRY_PUB_CRAWL, *repeated(QUIZ, times=2, every_weeks=4))
