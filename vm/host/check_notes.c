/* What a run tells: literals that were drawn from, what the library says, where it failed; and the
 * dates of assumptions. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "text.h"

static void check_literal(moati_check *check, const moati_note *note) {
    moati_check_add(
        check, "anonymous-literal",
        moati_place_of_literal(check, note->file, note->line, note->name),
        "declare it with assume, which gives it a name and a source",
        "\"%s\" is uncertain and has no name: its draws depend on its place among equal "
        "ones, and nothing can override it",
        note->name);
}

/* Findings of the library say themselves what to do. */
void moati_check_notes(moati_check *check) {
    for (size_t i = 0; i < check->notes.count; i++) {
        const moati_note *note = &check->notes.notes[i];
        const moati_place place = moati_place_of_line(check, note->file, note->line);
        if (note->kind == MOATI_NOTE_LITERAL)
            check_literal(check, note);
        else if (note->kind == MOATI_NOTE_WARNING)
            moati_check_add(check, "warning", place, NULL, "%s", note->text);
        else if (note->kind == MOATI_NOTE_ADVICE)
            moati_check_add(check, note->name, place, NULL, "%s", note->text);
    }
}

/* --- Errors. A literal that does not parse is shown below the message with a caret. */

static moati_place place_in_literal(const moati_check *check, const moat_script_error *error,
                                    const char *shown) {
    char literal[sizeof error->message];
    const char *end = strchr(shown, '\n');
    const size_t length = end != NULL ? (size_t)(end - shown) : strlen(shown);
    memcpy(literal, shown, length);
    literal[length] = '\0';
    moati_place place = moati_place_of_literal(check, error->file, error->line, literal);
    if (end != NULL && place.line >= error->line)
        place.column += 1 + (int)strspn(end + 1 + strlen(MOAT_LUA_MARGIN), " ");
    return place;
}

moati_place moati_place_of_error(const moati_check *check, const moat_script_error *error) {
    static const char margin[] = "\n" MOAT_LUA_MARGIN, near[] = " near '";
    const char *literal = strstr(error->message, margin), *word = strstr(error->message, near);
    if (literal != NULL)
        return place_in_literal(check, error, literal + strlen(margin));
    if (word != NULL)
        return moati_place_of_word(check, error->file, error->line, word + strlen(near));
    return moati_place_of_line(check, error->file, error->line);
}

/* --- Dates. */

static const char *skip_number(const char *at, int *number) {
    *number = 0;
    for (; moati_is_digit(*at) && *number < 100000; at++)
        *number = *number * 10 + (*at - '0');
    return at;
}

bool moati_check_read_age(const char *text, int *months) {
    static const struct {
        const char *name;
        int months;
    } units[] = {{"mo", 1},    {"month", 1},  {"months", 1},  {"yr", 12},
                 {"year", 12}, {"years", 12}, {"quarter", 3}, {"quarters", 3}};
    int number;
    const char *unit = skip_number(text, &number);
    if (unit == text || number >= 100000)
        return false;
    while (*unit == ' ')
        unit++;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(unit, units[i].name) == 0) {
            *months = number * units[i].months;
            return true;
        }
    return false;
}

/* "-11" or "-11-21" or "-Q3" or nothing. */
static bool read_part(const char *at, int *month) {
    int day = 1, part;
    const bool is_quarter = at[0] == '-' && at[1] == 'Q';
    if (*at == '\0') {
        *month = 12;
        return true;
    }
    if (*at != '-')
        return false;
    at = skip_number(at + 1 + is_quarter, &part);
    if (*at == '-' && !is_quarter && at[1] != '\0')
        at = skip_number(at + 1, &day);
    *month = is_quarter ? 3 * part : part;
    return *at == '\0' && *month >= 1 && *month <= 12 && day >= 1 && day <= 31;
}

bool moati_check_read_month(const char *text, int *month) {
    int year, part;
    const char *after = skip_number(text, &year);
    if (after - text != 4 || !read_part(after, &part))
        return false;
    *month = year * 12 + part - 1;
    return true;
}
