/* The registry of units: the ways in which units were written, and the definitions of scripts. It
 * owns both, with their texts, until it is freed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "environment.h"
#include "journal.h"
#include "mix.h"
#include "text.h"
#include "unit.h"

char *moati_copy_text(const char *text, size_t length) {
    char *copy = malloc(length + 1);
    if (!copy)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

/* --- Names in order. */

static bool reserve_name(moat_units *units) {
    return moati_grow(&units->names, &units->name_capacity, units->name_count + 2,
                      sizeof *units->names);
}

static void insert_name(moat_units *units, const char *name) {
    size_t at = units->name_count++;
    units->names[at + 1] = NULL;
    for (; at > 0 && strcmp(units->names[at - 1], name) > 0; at--)
        units->names[at] = units->names[at - 1];
    units->names[at] = name;
}

const char *const *moat_unit_names(moat_units *units) {
    return units->names;
}

/* --- The table of units. */

typedef struct span {
    const char *text;
    size_t length;
} span;

static uint64_t unit_hash(const void *owner, uint32_t entry) {
    const moat_units *units = owner;
    return units->units[entry - 1].hash;
}

static bool same_text(const void *owner, uint32_t entry, const void *key) {
    const moat_units *units = owner;
    const span *wanted = key;
    return moati_text_equal(wanted->text, wanted->length, units->units[entry - 1].text);
}

static uint64_t hash_text(span text) {
    uint64_t hash = text.length;
    for (size_t i = 0; i < text.length; i++)
        hash = moati_mix64(hash ^ (unsigned char)text.text[i]);
    return hash;
}

static moat_status add_unit(moat_units *units, span text, uint64_t hash,
                            const moati_measure *measure, moat_unit *unit, moat_error *error) {
    double factor = moati_factor_value(&measure->factor);
    if (!(factor > 0 && isfinite(factor)))
        return moat_fail_at(error, MOAT_INVALID, 0, "the size of this unit is out of range");
    moat_dim dim;
    if (!moati_dim_intern(units, &measure->exponents, &dim) ||
        !moati_grow(&units->units, &units->unit_capacity, units->unit_count + 1,
                    sizeof *units->units))
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory for a unit");
    char *copy = moati_copy_text(text.text, text.length);
    if (!copy)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory for a unit");
    *unit = (moat_unit)units->unit_count++;
    units->units[*unit] = (moati_unit_entry){hash, copy, measure->factor, factor, dim};
    return MOAT_OK;
}

/* Trims, and makes every run of white space one space; a blank text becomes "1". */
static span normalise(const char *text, size_t length, char buffer[MOATI_UNIT_TEXT_LIMIT]) {
    size_t used = 0;
    for (size_t i = 0; i < length; i++)
        if (!moati_is_space(text[i]))
            buffer[used++] = text[i];
        else if (used > 0 && buffer[used - 1] != ' ')
            buffer[used++] = ' ';
    if (used > 0 && buffer[used - 1] == ' ')
        used--;
    if (used == 0)
        buffer[used++] = '1';
    return (span){buffer, used};
}

moat_status moat_unit_parse(moat_units *units, const char *text, size_t length, moat_unit *unit,
                            moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    char buffer[MOATI_UNIT_TEXT_LIMIT];
    if (length > sizeof buffer)
        return moat_fail_at(error, MOAT_SYNTAX, 0, "a unit has at most %d bytes, not %zu",
                            MOATI_UNIT_TEXT_LIMIT, length);
    if (!moati_table_reserve(&units->unit_index, unit_hash, units))
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory for a unit");
    span normal = normalise(text, length, buffer);
    uint64_t hash = hash_text(normal);
    size_t place;
    uint32_t known = moati_table_find(&units->unit_index, hash, same_text, units, &normal, &place);
    if (known != 0) {
        *unit = known - 1;
        return MOAT_OK;
    }
    moati_measure measure = moati_measure_one;
    moat_status status = MOAT_OK;
    if (!moati_text_equal(normal.text, normal.length, "1"))
        status = moati_measure_parse(units, text, length, &measure, error);
    if (status == MOAT_OK)
        status = add_unit(units, normal, hash, &measure, unit, error);
    if (status == MOAT_OK)
        moati_table_put(&units->unit_index, place, *unit + 1);
    return status;
}

const char *moat_unit_text(const moat_units *units, moat_unit unit) {
    return units->units[unit].text;
}

double moat_unit_factor(const moat_units *units, moat_unit unit) {
    return units->units[unit].factor;
}

moat_dim moat_unit_dim(const moat_units *units, moat_unit unit) {
    return units->units[unit].dim;
}

const moati_factor *moati_unit_parts(const moat_units *units, moat_unit unit) {
    return &units->units[unit].parts;
}

/* --- Definitions. */

static bool is_identifier(const char *name, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (!moati_is_letter(name[i]) && !(i > 0 && moati_is_digit(name[i])))
            return false;
    return length > 0 && length <= MOATI_NAME_LIMIT;
}

static bool same_measure(const moati_measure *a, const moati_measure *b) {
    return moati_factor_value(&a->factor) == moati_factor_value(&b->factor) &&
           memcmp(&a->exponents, &b->exponents, sizeof a->exponents) == 0;
}

/* "to" and "inf" mean something else in literals. A plural that is known already may be defined
 * as what it is, as texts may have used it. */
static bool is_taken(const moat_units *units, const char *name, size_t length,
                     const moati_measure *wanted) {
    moati_measure known;
    if (moati_name_find(units, name, length, &known))
        return !(moati_name_is_plural(units, name, length) && same_measure(&known, wanted));
    return moati_multiple_find(name, length) || moati_text_equal(name, length, "to") ||
           moati_text_equal(name, length, "inf");
}

static moat_status define(moat_units *units, const char *name, const moati_measure *measure,
                          const char **copy, moat_error *error) {
    size_t length = strlen(name);
    moati_quote quote = moati_quote_text(name, length);
    if (!is_identifier(name, length))
        return moat_fail(error, MOAT_INVALID,
                         "\"%s\" cannot name a unit; use at most %d letters, digits and \"_\", "
                         "a letter first",
                         quote.text, MOATI_NAME_LIMIT);
    if (is_taken(units, name, length, measure))
        return moat_fail(error, MOAT_INVALID, "the unit name \"%s\" is taken; choose another",
                         quote.text);
    if (!reserve_name(units) ||
        !moati_grow(&units->definitions, &units->definition_capacity, units->definition_count + 1,
                    sizeof *units->definitions))
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory for a unit");
    char *owned = moati_copy_text(name, length);
    if (!owned)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory for a unit");
    units->definitions[units->definition_count++] = (moati_definition){owned, *measure};
    insert_name(units, owned);
    *copy = owned;
    return MOAT_OK;
}

moat_status moat_unit_define(moat_units *units, const char *name, double value, moat_dim dim,
                             moat_error *error) {
    moati_measure measure = {.factor = {value, 1, 0}, .exponents = units->dims[dim].exponents};
    const char *copy;
    if (!(value > 0 && isfinite(value)))
        return moat_fail(error, MOAT_INVALID,
                         "a unit is worth a positive, finite amount, not %.15g", value);
    const moat_status status = define(units, name, &measure, &copy, error);
    moati_journal *journal = moati_recording(units);
    if (status == MOAT_OK && journal != NULL) {
        moati_tell_dim(journal, units, dim);
        moati_put_byte(journal, MOATI_ENTRY_UNIT_NAME);
        moati_put_text(journal, name);
        moati_put_number(journal, value);
        moati_put_dim(journal, dim);
    }
    return status;
}

moat_status moat_unit_define_base(moat_units *units, const char *name, moat_error *error) {
    moati_measure measure = moati_measure_one;
    if (units->base_count == MOAT_BASE_LIMIT)
        return moat_fail(error, MOAT_LIMIT, "there are at most %d base dimensions",
                         MOAT_BASE_LIMIT);
    measure.exponents.of[units->base_count] = MOATI_WHOLE;
    moat_status status =
        define(units, name, &measure, &units->base_names[units->base_count], error);
    if (status != MOAT_OK)
        return status;
    units->base_count++;
    moati_journal *journal = moati_recording(units);
    moati_put_byte(journal, MOATI_ENTRY_BASE_NAME);
    moati_put_text(journal, name);
    return MOAT_OK;
}

/* --- Beginning and end. */

static bool add_builtin_names(moat_units *units) {
    const char *name;
    for (size_t i = 0; (name = moati_builtin_name(i)) != NULL; i++) {
        if (!reserve_name(units))
            return false;
        insert_name(units, name);
    }
    return true;
}

moat_units *moat_units_new(void) {
    static const char *const bases[MOAT_BASE_COUNT] = {
        "$", "W", "W_facility", "yr", "token", "user", "seat", "request", "FLOP", "share"};
    moat_units *units = calloc(1, sizeof *units);
    if (!units)
        return NULL;
    memcpy(units->base_names, bases, sizeof bases);
    units->base_count = MOAT_BASE_COUNT;
    moat_dim none;
    moat_unit no_unit;
    if (!moati_dim_intern(units, &moati_measure_one.exponents, &none) ||
        add_unit(units, (span){"", 0}, 0, &moati_measure_one, &no_unit, NULL) != MOAT_OK ||
        !add_builtin_names(units)) {
        moat_units_free(units);
        return NULL;
    }
    return units;
}

void moat_units_free(moat_units *units) {
    if (!units)
        return;
    moati_journal_free(units->journal);
    moati_dims_free(units);
    for (size_t i = 0; i < units->unit_count; i++)
        free(units->units[i].text);
    free(units->units);
    moati_table_free(&units->unit_index);
    for (size_t i = 0; i < units->definition_count; i++)
        free(units->definitions[i].name);
    free(units->definitions);
    free(units->names);
    free(units);
}
