"""Whether something is still needed by rows that forbid its deletion."""

from django.db.models import PROTECT, ForeignObjectRel, Model


def is_protected(instance: Model) -> bool:
    """Tell whether a foreign key with ``PROTECT``, hidden ones included, points at this row."""
    keys = [
        relation.field
        for relation in instance._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and relation.on_delete is PROTECT
    ]
    return any(key.model._base_manager.filter(**{key.name: instance.pk}).exists() for key in keys)
