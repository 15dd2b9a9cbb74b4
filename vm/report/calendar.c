/* Calendars: labels as years, quarters, months and numbers. */
#include "calendar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool read_digits(const char **text, size_t fewest, size_t most, long *value) {
    const size_t digits = strspn(*text, "0123456789");
    if (digits < fewest || digits > most)
        return false;
    *value = 0;
    for (size_t i = 0; i < digits; i++)
        *value = *value * 10 + ((*text)[i] - '0');
    *text += digits;
    return true;
}

/* A label as a number of periods since the year 0. */
static moati_calendar_kind read_label(const char *text, long *at) {
    long year, part = 1;
    if (!read_digits(&text, 1, 9, &year))
        return MOATI_CALENDAR_NAMES;
    *at = year;
    if (*text == '\0')
        return year >= 1800 && year <= 2999 ? MOATI_CALENDAR_YEARS : MOATI_CALENDAR_NUMBERS;
    if (*text++ != '-')
        return MOATI_CALENDAR_NAMES;
    const bool is_quarter = *text == 'Q';
    if (is_quarter)
        text++;
    const long most = is_quarter ? 4 : 12;
    if (!read_digits(&text, 1, 2, &part) || *text != '\0' || part < 1 || part > most)
        return MOATI_CALENDAR_NAMES;
    *at = year * most + part - 1;
    return is_quarter ? MOATI_CALENDAR_QUARTERS : MOATI_CALENDAR_MONTHS;
}

moati_calendar moati_calendar_read(size_t count, const char *const *labels) {
    static const int each[] = {1, 1, 1, 4, 12};
    moati_calendar calendar = {MOATI_CALENDAR_NUMBERS, count, labels, 1, 1};
    if (labels == NULL || count == 0)
        return calendar;
    calendar.kind = read_label(labels[0], &calendar.first);
    for (size_t i = 1; i < count && calendar.kind != MOATI_CALENDAR_NAMES; i++) {
        long at = 0;
        if (read_label(labels[i], &at) != calendar.kind || at != calendar.first + (long)i)
            calendar.kind = MOATI_CALENDAR_NAMES;
    }
    calendar.each = each[calendar.kind];
    return calendar;
}

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

void moati_calendar_show_part(const moati_calendar *calendar, size_t position,
                              char text[MOATI_CALENDAR_TEXT]) {
    const long part = (calendar->first + (long)position) % calendar->each;
    text[0] = '\0';
    if (calendar->kind == MOATI_CALENDAR_QUARTERS)
        snprintf(text, MOATI_CALENDAR_TEXT, "Q%ld", part + 1);
    else if (calendar->kind == MOATI_CALENDAR_MONTHS)
        snprintf(text, MOATI_CALENDAR_TEXT, "%.3s", months[part]);
}

void moati_calendar_show(const moati_calendar *calendar, size_t position,
                         char text[MOATI_CALENDAR_TEXT]) {
    const long at = calendar->first + (long)position, year = at / calendar->each;
    if (calendar->kind == MOATI_CALENDAR_NAMES)
        snprintf(text, MOATI_CALENDAR_TEXT, "%s", calendar->labels[position]);
    else if (calendar->kind == MOATI_CALENDAR_QUARTERS)
        snprintf(text, MOATI_CALENDAR_TEXT, "Q%ld %ld", at % 4 + 1, year);
    else if (calendar->kind == MOATI_CALENDAR_MONTHS)
        snprintf(text, MOATI_CALENDAR_TEXT, "%s %ld", months[at % 12], year);
    else
        snprintf(text, MOATI_CALENDAR_TEXT, "%ld", at);
}

size_t moati_calendar_span(const moati_calendar *calendar, size_t from, long *year) {
    const long at = calendar->first + (long)from;
    *year = at / calendar->each;
    const size_t past = from + (size_t)(calendar->each - at % calendar->each);
    return past < calendar->count ? past : calendar->count;
}

long moati_calendar_every(double wide, double room) {
    static const long figures[] = {1, 2, 5};
    long ten = 1;
    for (size_t i = 0;; i = (i + 1) % 3) {
        const long every = figures[i] * ten;
        if ((double)every * room >= wide || every > 1000000000)
            return every;
        ten = i == 2 ? ten * 10 : ten;
    }
}
