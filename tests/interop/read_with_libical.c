/* Reads a calendar from standard input with libical and prints what it understood as JSON. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_all(FILE *file)
{
    size_t size = 0, room = 1 << 16;
    char *text = malloc(room);
    while (text) {
        size_t got = fread(text + size, 1, room - size - 1, file);
        size += got;
        if (got == 0)
            break;
        if (room - size < 2)
            text = realloc(text, room *= 2);
    }
    if (text)
        text[size] = '\0';
    return text;
}

static void print_string(const char *text)
{
    putchar('"');
    for (const unsigned char *c = (const unsigned char *)(text ? text : ""); *c; c++) {
        if (*c == '"' || *c == '\\')
            printf("\\%c", *c);
        else if (*c < 0x20)
            printf("\\u%04x", *c);
        else
            putchar(*c);
    }
    putchar('"');
}

static void print_field(const char *name, const char *text)
{
    printf("\"%s\":", name);
    print_string(text);
    putchar(',');
}

/* Seconds since 1970, by the VTIMEZONE in the calendar itself. */
static long long moment(icalcomponent *event, icalproperty_kind kind)
{
    icalproperty *property = icalcomponent_get_first_property(event, kind);
    struct icaltimetype time = icalproperty_get_datetime_with_component(property, event);
    return (long long)icaltime_as_timet_with_zone(time, time.zone);
}

static void print_guests(icalcomponent *event)
{
    const char *separator = "";
    icalproperty *guest = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);
    printf("\"attendees\":[");
    for (; guest; guest = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY)) {
        printf("%s{", separator);
        print_field("address", icalproperty_get_attendee(guest));
        print_field("name", icalproperty_get_parameter_as_string(guest, "CN"));
        print_field("answer", icalproperty_get_parameter_as_string(guest, "PARTSTAT"));
        printf("\"must_answer\":");
        print_string(icalproperty_get_parameter_as_string(guest, "RSVP"));
        putchar('}');
        separator = ",";
    }
    putchar(']');
}

static void print_event(icalcomponent *event)
{
    putchar('{');
    print_field("uid", icalcomponent_get_uid(event));
    print_field("summary", icalcomponent_get_summary(event));
    print_field("description", icalcomponent_get_description(event));
    print_field("location", icalcomponent_get_location(event));
    print_field("status", icalproperty_status_to_string(icalcomponent_get_status(event)));
    printf("\"start\":%lld,", moment(event, ICAL_DTSTART_PROPERTY));
    printf("\"end\":%lld,", moment(event, ICAL_DTEND_PROPERTY));
    printf("\"sequence\":%d,", icalcomponent_get_sequence(event));
    print_guests(event);
    putchar('}');
}

static const char *calendar_name(icalcomponent *calendar)
{
    icalproperty *property = icalcomponent_get_first_property(calendar, ICAL_X_PROPERTY);
    for (; property; property = icalcomponent_get_next_property(calendar, ICAL_X_PROPERTY)) {
        if (strcmp(icalproperty_get_x_name(property), "X-WR-CALNAME") == 0)
            return icalproperty_get_x(property);
    }
    return "";
}

int main(void)
{
    char *text = read_all(stdin);
    icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
    if (!calendar || icalcomponent_count_errors(calendar) > 0) {
        fprintf(stderr, "libical: %s\n", calendar ? icalcomponent_as_ical_string(calendar) : "?");
        return 1;
    }
    int has_method = icalcomponent_count_properties(calendar, ICAL_METHOD_PROPERTY);
    putchar('{');
    print_field("method",
                has_method ? icalproperty_method_to_string(icalcomponent_get_method(calendar)) : "");
    print_field("name", calendar_name(calendar));
    printf("\"events\":[");
    const char *separator = "";
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        printf("%s", separator);
        print_event(event);
        separator = ",";
    }
    printf("]}");
    icalcomponent_free(calendar);
    free(text);
    return 0;
}
