"""Sample neighbourhoods: who lives there, what is on, and the code that puts it in the database.

``shapes`` says what a sample neighbourhood is made of, ``bolo`` and ``noorderbuurt`` are two of
them, ``bulk`` makes any number more, ``services`` writes them.
"""
