/* The axis of positions: which labels are a calendar, and where it is ruled and lettered. */
#ifndef MOATI_CALENDAR_H
#define MOATI_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

typedef enum moati_calendar_kind {
    MOATI_CALENDAR_NAMES,
    MOATI_CALENDAR_NUMBERS, /* one after the other */
    MOATI_CALENDAR_YEARS,
    MOATI_CALENDAR_QUARTERS,
    MOATI_CALENDAR_MONTHS
} moati_calendar_kind;

typedef struct moati_calendar {
    moati_calendar_kind kind;
    size_t count;
    const char *const *labels; /* NULL: 1, 2, 3 ... */
    long first;                /* in periods since the year 0; a number's own value */
    int each;                  /* periods in a year; 1 where there are no years */
} moati_calendar;

moati_calendar moati_calendar_read(size_t count, const char *const *labels);

enum { MOATI_CALENDAR_TEXT = 64 };

/* A position in full: "Q3 2026", "September 2026", "2026"; a name may be cut. */
void moati_calendar_show(const moati_calendar *calendar, size_t position,
                         char text[MOATI_CALENDAR_TEXT]);

/* The part of a position's label within its year: "Q3", "Sep"; "" where years are the positions. */
void moati_calendar_show_part(const moati_calendar *calendar, size_t position,
                              char text[MOATI_CALENDAR_TEXT]);

/* The span of positions, from `from`, that lie in the same year, or are one position where there
 * are no years; the first one past it. */
size_t moati_calendar_span(const moati_calendar *calendar, size_t from, long *year);

/* Every how many of the years or numbers are lettered where each takes `wide` of the same measure
 * as `room`, which one has: 1, 2, 5, 10 ... */
long moati_calendar_every(double wide, double room);

#endif
