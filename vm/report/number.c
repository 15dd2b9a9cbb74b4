/* Numbers: rounded for people, in full for programs, and read from options. */
#include "number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Puts commas between groups of three digits before the point. */
static void group_digits(char buffer[MOATI_NUMBER]) {
    size_t start = buffer[0] == '-' ? 1 : 0;
    size_t digits = strspn(buffer + start, "0123456789");
    for (size_t left = digits; left > 3;) {
        left -= 3;
        char *place = buffer + start + left;
        memmove(place + 1, place, strlen(place) + 1);
        *place = ',';
    }
}

static bool show_special(char buffer[MOATI_NUMBER], double value) {
    if (isfinite(value))
        return false;
    strcpy(buffer, isnan(value) ? "NaN" : value > 0 ? "inf" : "-inf");
    return true;
}

void moati_number_show_decimals(char buffer[MOATI_NUMBER], double value, int decimals) {
    snprintf(buffer, MOATI_NUMBER, "%.*f", decimals, value);
    if (strspn(buffer, "-0.") == strlen(buffer) && buffer[0] == '-')
        memmove(buffer, buffer + 1, strlen(buffer));
    group_digits(buffer);
}

void moati_number_show(char buffer[MOATI_NUMBER], double value, int figures) {
    if (show_special(buffer, value))
        return;
    /* Rounding first: 999.6 has one digit more than it seems. */
    snprintf(buffer, MOATI_NUMBER, "%.*e", figures - 1, value);
    double rounded = strtod(buffer, NULL);
    int exponent = atoi(strchr(buffer, 'e') + 1);
    if (rounded != 0 && (exponent < -4 || exponent >= 15))
        return;
    moati_number_show_decimals(buffer, rounded,
                               exponent < figures - 1 && rounded != 0 ? figures - 1 - exponent : 0);
}

static void drop_final_zeros(char buffer[MOATI_NUMBER]) {
    char *point = strchr(buffer, '.'), *exponent = strchr(buffer, 'e');
    if (point == NULL)
        return;
    char *end = exponent != NULL ? exponent : buffer + strlen(buffer);
    char *last = end;
    while (last[-1] == '0')
        last--;
    if (last - 1 == point)
        last--;
    memmove(last, end, strlen(end) + 1);
}

void moati_number_show_exact(char buffer[MOATI_NUMBER], double value) {
    moati_number_show(buffer, value, 6);
    drop_final_zeros(buffer);
}

void moati_number_show_probability(char buffer[MOATI_NUMBER], double probability) {
    if (show_special(buffer, probability))
        return;
    double percent = 100 * probability, rest = fmin(percent, 100 - percent);
    int decimals = rest <= 0 || rest >= 9.95 ? 0 : rest >= 0.995 ? 1 : rest >= 0.0995 ? 2 : 3;
    moati_number_show_decimals(buffer, percent, decimals);
    drop_final_zeros(buffer);
    strcat(buffer, " %");
}

void moati_number_show_count(char buffer[MOATI_NUMBER], uint64_t count) {
    snprintf(buffer, MOATI_NUMBER, "%" PRIu64, count);
    group_digits(buffer);
}

void moati_number_write(char buffer[MOATI_NUMBER], double value) {
    if (isnan(value)) {
        buffer[0] = '\0';
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, MOATI_NUMBER, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value)
            return;
    }
}

/* Removes every `_` that stands between two digits; false where one stands elsewhere or the
 * text does not fit. */
static bool remove_separators(const char *text, char buffer[MOATI_NUMBER]) {
    size_t used = 0, length = strlen(text);
    if (length >= MOATI_NUMBER)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '_') {
            buffer[used++] = text[i];
            continue;
        }
        if (i == 0 || strspn(text + i - 1, "0123456789") != 1 ||
            strspn(text + i + 1, "0123456789") == 0)
            return false;
    }
    buffer[used] = '\0';
    return used > 0;
}

bool moati_number_read_count(const char *text, uint64_t limit, uint64_t *count) {
    char digits[MOATI_NUMBER];
    if (!remove_separators(text, digits) || strspn(digits, "0123456789") == 0)
        return false;
    if (strspn(digits, "0123456789") == strlen(digits)) {
        uint64_t value = 0;
        for (const char *digit = digits; *digit != '\0'; digit++) {
            uint64_t next = (uint64_t)(*digit - '0');
            if (value > (limit - next) / 10)
                return false;
            value = value * 10 + next;
        }
        *count = value;
        return value <= limit;
    }
    char *end;
    if (strspn(digits, "0123456789.eE+") != strlen(digits))
        return false;
    double value = strtod(digits, &end);
    /* Beyond 2^53 a number with an exponent need not be the one that was meant. */
    if (*end != '\0' || value != trunc(value) || value > 0x1p53 || value > (double)limit)
        return false;
    *count = (uint64_t)value;
    return true;
}
