"""The volunteers of Bos en Lommer who have an account."""

from boloboost.accounts.enums import Role

from ..shapes import PersonSample

PEOPLE = (
    PersonSample("redacteur@boloboost.example", "Joke", "de Wit", Role.EDITOR),
    PersonSample("trekker@boloboost.example", "Youssef", "Amrani", Role.LEAD),
    PersonSample("curator@boloboost.example", "Ineke", "Bakker", Role.CURATOR),
    PersonSample("curator2@boloboost.example", "Şükrü", "Aydın", Role.CURATOR),
    PersonSample("sleuteldrager@boloboost.example", "Marlon", "Wijdenbosch", Role.KEY_HOLDER),
    PersonSample("buur@boloboost.example", "Fatma", "Yıldız", Role.RESIDENT),
)
