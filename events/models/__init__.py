from .attendance import Registration
from .feeds import CalendarVersion, FeedFragment, StoredFeed
from .pages import CalendarPage, EventPage
from .schedule import Event, Occurrence
from .taxonomy import Category, CategoryName

__all__ = [
    "CalendarPage",
    "CalendarVersion",
    "Category",
    "CategoryName",
    "Event",
    "EventPage",
    "FeedFragment",
    "Occurrence",
    "Registration",
    "StoredFeed",
]
