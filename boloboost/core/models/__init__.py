from ..mail.models import OutgoingMail
from ..work.models import SweepRun, WorkerHeartbeat
from .audit import AuditEntry
from .images import BoloImage, BoloRendition
from .pages import BasePage
from .places import Place
from .settings import NeighbourhoodSettings
from .workflow import SecondPersonApprovalTask

__all__ = [
    "AuditEntry",
    "BasePage",
    "BoloImage",
    "BoloRendition",
    "NeighbourhoodSettings",
    "OutgoingMail",
    "Place",
    "SecondPersonApprovalTask",
    "SweepRun",
    "WorkerHeartbeat",
]
