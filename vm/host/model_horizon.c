/* The calendar: reading dates, and the years and labels of a horizon's periods. */
#include "moat/model.h"

#include <stdio.h>
#include <string.h>

static int parts_per_year(moat_step step) {
    return step == MOAT_YEAR ? 1 : step == MOAT_QUARTER ? 4 : 12;
}

static bool all_digits(const char *text, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

/* After the year: "", "-Q3" or "-09". */
static bool parse_part(const char *text, moat_step *step, unsigned *part) {
    size_t length = strlen(text);
    if (length == 0) {
        *step = MOAT_YEAR;
        *part = 1;
        return true;
    }
    if (length != 3 || text[0] != '-')
        return false;
    if ((text[1] == 'Q' || text[1] == 'q') && text[2] >= '1' && text[2] <= '4') {
        *step = MOAT_QUARTER;
        *part = (unsigned)(text[2] - '0');
        return true;
    }
    if (!all_digits(text + 1, 2))
        return false;
    *step = MOAT_MONTH;
    *part = (unsigned)((text[1] - '0') * 10 + (text[2] - '0'));
    return *part >= 1 && *part <= 12;
}

moat_status moat_date_parse(const char *text, moat_step *step, int *year, unsigned *part,
                            moat_error *error) {
    moat_step found_step;
    unsigned found_part;
    if (strlen(text) < 4 || !all_digits(text, 4) || !parse_part(text + 4, &found_step, &found_part))
        return moat_fail(error, MOAT_SYNTAX,
                         "\"%.40s\" is not a date; write \"2026\", \"2026-Q3\" or \"2026-09\"",
                         text);
    *step = found_step;
    *part = found_part;
    *year = 0;
    for (int i = 0; i < 4; i++)
        *year = *year * 10 + (text[i] - '0');
    return MOAT_OK;
}

double moat_horizon_dt(const moat_horizon *horizon) {
    return 1.0 / parts_per_year(horizon->step);
}

/* Parts of a year from the beginning of the horizon's first year to the beginning of the
 * period. */
static long parts_before(const moat_horizon *horizon, unsigned period) {
    long first = horizon->dated ? (long)horizon->first_part - 1 : 0;
    return first + (long)period - 1;
}

/* Whole years in a number of parts, rounded down. */
static long whole_years(const moat_horizon *horizon, long parts) {
    long year = parts_per_year(horizon->step);
    return parts < 0 ? -((-parts + year - 1) / year) : parts / year;
}

int moat_horizon_year(const moat_horizon *horizon, unsigned period) {
    long years = whole_years(horizon, parts_before(horizon, period));
    return (int)years + (horizon->dated ? horizon->first_year : 1);
}

void moat_horizon_label(const moat_horizon *horizon, unsigned period, char buffer[16]) {
    if (!horizon->dated) {
        snprintf(buffer, 16, "%u", period);
        return;
    }
    int year = moat_horizon_year(horizon, period);
    long parts = parts_before(horizon, period);
    long part = 1 + parts - whole_years(horizon, parts) * parts_per_year(horizon->step);
    if (horizon->step == MOAT_YEAR)
        snprintf(buffer, 16, "%d", year);
    else if (horizon->step == MOAT_QUARTER)
        snprintf(buffer, 16, "%d-Q%d", year, (int)part);
    else
        snprintf(buffer, 16, "%d-%02d", year, (int)part);
}

unsigned moat_horizon_years(const moat_horizon *horizon) {
    if (horizon->periods == 0)
        return 0;
    return (unsigned)(moat_horizon_year(horizon, horizon->periods) - moat_horizon_year(horizon, 1) +
                      1);
}
