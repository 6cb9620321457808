// Reads a calendar from standard input with ical.js and prints what it understood as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const value = (component, name) => component.getFirstPropertyValue(name);

const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    start: event.startDate.toUnixTime(),
    end: event.endDate.toUnixTime(),
    summary: event.summary,
    description: event.description ?? "",
    location: event.location ?? "",
    status: value(component, "status"),
    sequence: event.sequence,
    attendees: component.getAllProperties("attendee").map((guest) => ({
      address: guest.getFirstValue(),
      name: guest.getFirstParameter("cn"),
      answer: guest.getFirstParameter("partstat"),
      must_answer: guest.getFirstParameter("rsvp"),
    })),
  };
});

process.stdout.write(
  JSON.stringify({
    method: value(calendar, "method") ?? "",
    name: value(calendar, "x-wr-calname") ?? "",
    events,
  }),
);
