"""The pages of text of Bos en Lommer."""

from ..shapes import PageSample, PageWords

HOME = PageSample(
    "home",
    PageWords(
        title="Boloboost",
        slug="bos-en-lommer",
        introduction=(
            "Wij wonen hier graag. Bijna elke week doen we iets leuks op straat. Jij bent welkom."
        ),
        body=(
            "<h2>Geen bestuur. Geen geld. Wel buren.</h2>"
            "<p>Boloboost begon met één buurman. Hij hoorde altijd dat Bos en Lommer niks is."
            " Vooral van mensen die er nooit komen.</p>"
            "<p>Hij woont hier al jaren met plezier. Dus hing hij een poster op."
            " Nu doen er elke maand buren mee.</p>"
            "<p>Je kiest zelf wat je doet en hoe lang. Daarna mag je gewoon weer op de bank.</p>"
        ),
    ),
    PageWords(
        title="Boloboost",
        slug="bos-en-lommer-en",
        introduction=(
            "We like living here. Almost every week we do something fun in the street."
            " You are welcome."
        ),
        body=(
            "<h2>No board. No money. Just neighbours.</h2>"
            "<p>Boloboost began with one neighbour. He kept hearing that Bos en Lommer is"
            " nothing much. Mostly from people who never come here.</p>"
            "<p>He has lived here for years, and likes it. So he put up a poster."
            " Now neighbours join in every month.</p>"
            "<p>You choose what you do and for how long. After that you are free to go back"
            " to your sofa.</p>"
        ),
    ),
)

CALENDAR = PageSample(
    "agenda",
    PageWords(
        title="Agenda",
        slug="agenda",
        introduction="Alles wat buren voor buren doen in Bos en Lommer.",
        body="",
    ),
    PageWords(
        title="Calendar",
        slug="agenda",
        introduction="Everything that neighbours do for neighbours in Bos en Lommer.",
        body="",
    ),
    in_menu=True,
)

JOIN_IN = PageSample(
    "meedoen",
    PageWords(
        title="Meedoen",
        slug="meedoen",
        introduction="Eén keer helpen is al fijn. Je zit nergens aan vast.",
        body=(
            "<h2>Kom eerst eens kijken</h2>"
            "<p>Kies iets uit de agenda en kom langs. Je hoeft niemand te kennen."
            " Na vijf minuten ken je er twee.</p>"
            "<h2>Help een keer mee</h2>"
            "<ul>"
            "<li>Tafels neerzetten bij een straatdiner: twee uur.</li>"
            "<li>Posters plakken in je eigen straat: een half uur.</li>"
            "<li>Soep koken voor de soepavond: één middag, en je eet mee.</li>"
            "</ul>"
            "<h2>Zet zelf iets op</h2>"
            "<p>Iedereen uit BoLo mag iets organiseren. Jij verzint het."
            " Wij helpen met posters en tafels. Mail naar"
            ' <a href="mailto:hallo@boloboost.example">hallo@boloboost.example</a>'
            " of kom naar het spreekuur.</p>"
        ),
    ),
    PageWords(
        title="Join in",
        slug="join-in",
        introduction="Helping once is already great. There are no strings attached.",
        body=(
            "<h2>Come and look first</h2>"
            "<p>Pick something from the calendar and drop by. You don't need to know anybody."
            " After five minutes you will know two people.</p>"
            "<h2>Help once</h2>"
            "<ul>"
            "<li>Put up tables for a street dinner: two hours.</li>"
            "<li>Put up posters in your own street: half an hour.</li>"
            "<li>Cook soup for the soup night: one afternoon, and you eat with us.</li>"
            "</ul>"
            "<h2>Start something yourself</h2>"
            "<p>Everybody in BoLo may organise something. You come up with it."
            " We help with posters and tables. Write to"
            ' <a href="mailto:hallo@boloboost.example">hallo@boloboost.example</a>'
            " or come to the walk-in hour. We speak English too.</p>"
        ),
    ),
    in_menu=True,
)

ABOUT = PageSample(
    "over-ons",
    PageWords(
        title="Over ons",
        slug="over-ons",
        introduction="Wij zijn buren. Meer is het niet.",
        body=(
            "<h2>Hoe het begon</h2>"
            "<p>Een buurman zette een berichtje online: niks mis met BoLo."
            " Vijftien mensen zeiden: dat vind ik ook. Ze gingen aan één tafel zitten."
            " Aan het eind van de avond stond er een kroegentocht in de agenda.</p>"
            "<h2>Wat we doen</h2>"
            "<p>We lopen langs kroegen. We eten op straat. We pakken gratis cadeaus in."
            " En bij Bakkerij De Korst koop je de Bolo-bol. Dat is een bolletje. Hij is rond.</p>"
            "<h2>Wie de baas is</h2>"
            "<p>Niemand. Elk plan heeft een trekker. Is het plan klaar? Dan is de trekker"
            " ook klaar.</p>"
            "<h2>Geld</h2>"
            "<p>We hebben geen geld en we vragen er geen. Meedoen is gratis."
            " Je drankje betaal je zelf.</p>"
        ),
    ),
    PageWords(
        title="About us",
        slug="about-us",
        introduction="We are neighbours. That is all.",
        body=(
            "<h2>How it began</h2>"
            "<p>A neighbour posted a message: nothing wrong with BoLo. Fifteen people said:"
            " I think so too. They sat down at one table. By the end of the evening there was"
            " a pub crawl in the calendar.</p>"
            "<h2>What we do</h2>"
            "<p>We walk past pubs. We eat in the street. We wrap gifts for free."
            " And at Bakkerij De Korst you can buy the Bolo-bol. It is a bun. It is round.</p>"
            "<h2>Who is in charge</h2>"
            "<p>Nobody. Every plan has a lead. When the plan is done, so is the lead.</p>"
            "<h2>Money</h2>"
            "<p>We have no money and we don't ask for any. Joining in is free."
            " You pay for your own drinks.</p>"
        ),
    ),
    in_menu=True,
)

PRIVACY = PageSample(
    "privacy",
    PageWords(
        title="Jouw gegevens",
        slug="privacy",
        introduction="We vragen weinig en we gooien het snel weg.",
        body=(
            "<h2>Wat we vragen</h2>"
            "<p>Zeg je dat je komt? Dan vragen we je voornaam, je e-mailadres en met hoeveel"
            " mensen je komt. Meer niet.</p>"
            "<h2>Wie het ziet</h2>"
            "<p>Alleen de mensen die het regelen. Je naam staat nergens op deze site.</p>"
            "<h2>Hoe lang</h2>"
            "<p>Dertig dagen na afloop gooien we je naam en adres weg."
            " We onthouden alleen hoeveel mensen er waren.</p>"
            "<h2>Eerder weg?</h2>"
            "<p>Dat kan altijd. Schrijf ons:"
            ' <a href="mailto:hallo@boloboost.example">hallo@boloboost.example</a>.</p>'
            "<h2>Koekjes</h2>"
            "<p>Die eten we alleen. Deze site volgt je niet.</p>"
        ),
    ),
    PageWords(
        title="Your data",
        slug="privacy",
        introduction="We ask for little and throw it away soon.",
        body=(
            "<h2>What we ask</h2>"
            "<p>When you say you are coming, we ask for your first name, your e-mail address"
            " and how many people you bring. Nothing else.</p>"
            "<h2>Who sees it</h2>"
            "<p>Only the people who organise it. Your name is nowhere on this site.</p>"
            "<h2>How long</h2>"
            "<p>Thirty days afterwards we throw away your name and address."
            " We only remember how many people were there.</p>"
            "<h2>Sooner?</h2>"
            "<p>You can always ask. Write to us:"
            ' <a href="mailto:hallo@boloboost.example">hallo@boloboost.example</a>.</p>'
            "<h2>Cookies</h2>"
            "<p>We only eat them. This site does not follow you.</p>"
        ),
    ),
)

PAGES = (JOIN_IN, ABOUT, PRIVACY)
