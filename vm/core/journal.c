/* Writing a journal. */
#include "journal.h"

#include <stdlib.h>
#include <string.h>

#include "table.h"
#include "unit.h"

moati_journal *moati_recording(const moat_units *units) {
    moati_journal *journal = units->journal;
    return journal != NULL && journal->pauses == 0 ? journal : NULL;
}

moat_status moati_journal_start(moat_units *units, moat_error *error) {
    moati_journal *journal = calloc(1, sizeof *journal);
    if (journal == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory for a journal");
    moati_journal_free(units->journal);
    units->journal = journal;
    return MOAT_OK;
}

moati_journal *moati_journal_of(const moat_units *units) {
    return units->journal;
}

void moati_journal_free(moati_journal *journal) {
    if (journal == NULL)
        return;
    free(journal->bytes);
    free(journal->nodes.number);
    free(journal->dists.number);
    free(journal->dims.number);
    free(journal->units.number);
    free(journal);
}

void moati_journal_pause(const moat_units *units) {
    if (units->journal != NULL)
        units->journal->pauses++;
}

void moati_journal_resume(const moat_units *units) {
    if (units->journal != NULL)
        units->journal->pauses--;
}

/* --- Values. */

void moati_put_bytes(moati_journal *journal, const void *bytes, size_t length) {
    if (journal == NULL || journal->failed || length == 0)
        return;
    if (!moati_grow(&journal->bytes, &journal->capacity, journal->length + length, 1)) {
        journal->failed = true;
        return;
    }
    memcpy(journal->bytes + journal->length, bytes, length);
    journal->length += length;
}

static void put_little_endian(moati_journal *journal, uint64_t value, size_t size) {
    unsigned char bytes[8];
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
    moati_put_bytes(journal, bytes, size);
}

void moati_put_byte(moati_journal *journal, unsigned value) {
    put_little_endian(journal, value, 1);
}

void moati_put_count(moati_journal *journal, size_t value) {
    if (journal != NULL && value >= UINT32_MAX)
        journal->failed = true;
    put_little_endian(journal, value, 4);
}

void moati_put_word(moati_journal *journal, uint64_t value) {
    put_little_endian(journal, value, 8);
}

void moati_put_number(moati_journal *journal, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_little_endian(journal, bits, 8);
}

void moati_put_text(moati_journal *journal, const char *text) {
    if (text == NULL) {
        put_little_endian(journal, UINT32_MAX, 4);
        return;
    }
    const size_t length = strlen(text);
    moati_put_count(journal, length);
    moati_put_bytes(journal, text, length);
}

/* --- What has been told. */

bool moati_is_told(const moati_told *told, uint32_t what) {
    return what < told->capacity && told->number[what] != 0;
}

/* Gives `what` the next number. */
static void number(moati_journal *journal, moati_told *told, uint32_t what) {
    const size_t before = told->capacity;
    if (!moati_grow(&told->number, &told->capacity, (size_t)what + 1, sizeof *told->number)) {
        journal->failed = true;
        return;
    }
    memset(told->number + before, 0, (told->capacity - before) * sizeof *told->number);
    told->number[what] = ++told->count;
}

static void put_told(moati_journal *journal, const moati_told *told, uint32_t what) {
    if (!moati_is_told(told, what))
        journal->failed = true;
    else
        moati_put_count(journal, told->number[what]);
}

void moati_put_node(moati_journal *journal, moat_node node) {
    if (journal != NULL && node == MOAT_NO_NODE)
        moati_put_count(journal, 0);
    else if (journal != NULL)
        put_told(journal, &journal->nodes, node);
}

void moati_put_dist(moati_journal *journal, moat_dist dist) {
    if (journal != NULL && dist == MOAT_NO_DIST)
        moati_put_count(journal, 0);
    else if (journal != NULL)
        put_told(journal, &journal->dists, dist);
}

void moati_put_dim(moati_journal *journal, moat_dim dim) {
    if (journal != NULL)
        put_told(journal, &journal->dims, dim);
}

void moati_put_unit(moati_journal *journal, moat_unit unit) {
    if (journal != NULL && unit == MOAT_NO_UNIT)
        moati_put_count(journal, 0);
    else if (journal != NULL)
        put_told(journal, &journal->units, unit);
}

void moati_number_node(moati_journal *journal, moat_node node) {
    if (journal != NULL)
        number(journal, &journal->nodes, node);
}

void moati_number_dist(moati_journal *journal, moat_dist dist) {
    if (journal != NULL)
        number(journal, &journal->dists, dist);
}

void moati_tell_dim(moati_journal *journal, const moat_units *units, moat_dim dim) {
    if (journal == NULL || moati_is_told(&journal->dims, dim))
        return;
    moati_put_byte(journal, MOATI_ENTRY_DIMENSION);
    moati_put_count(journal, units->base_count);
    for (size_t i = 0; i < units->base_count; i++)
        put_little_endian(journal, (uint32_t)units->dims[dim].exponents.of[i], 4);
    number(journal, &journal->dims, dim);
}

void moati_tell_unit(moati_journal *journal, const moat_units *units, moat_unit unit) {
    if (journal == NULL || unit == MOAT_NO_UNIT || moati_is_told(&journal->units, unit))
        return;
    moati_put_byte(journal, MOATI_ENTRY_UNIT);
    moati_put_text(journal, moat_unit_text(units, unit));
    number(journal, &journal->units, unit);
}
