"""The six kinds of events that the house style has an icon for."""

from events.enums import CategoryIcon

from .shapes import CategorySample

CATEGORIES = (
    CategorySample("kroeg", "Kroeg", "Pubs", CategoryIcon.PUB),
    CategorySample("eten", "Eten", "Food", CategoryIcon.FOOD),
    CategorySample("groen", "Groen", "Green", CategoryIcon.GREEN),
    CategorySample("maken", "Maken", "Making", CategoryIcon.MAKING),
    CategorySample("bewegen", "Bewegen", "Moving", CategoryIcon.MOVING),
    CategorySample("meedenken", "Meedenken", "Thinking along", CategoryIcon.THINKING),
)
