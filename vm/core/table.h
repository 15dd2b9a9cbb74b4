/* An open-addressing index from hashes to entries that live elsewhere, numbered from 1. */
#ifndef MOATI_TABLE_H
#define MOATI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account.h"

typedef struct moati_table {
    moati_account *account; /* that its slots are counted in; NULL: none */
    uint32_t *entry;        /* 0: empty */
    size_t capacity;        /* 0 or a power of two */
    size_t count;
} moati_table;

typedef uint64_t moati_table_hash(const void *owner, uint32_t entry);
typedef bool moati_table_same(const void *owner, uint32_t entry, const void *key);

/* Makes room for one more entry; false where memory is short. */
bool moati_table_reserve(moati_table *table, moati_table_hash *hash, const void *owner);
/* The entry equal to key, or 0 with *place set for moati_table_put. Needs a reserve before. */
uint32_t moati_table_find(const moati_table *table, uint64_t hash, moati_table_same *same,
                          const void *owner, const void *key, size_t *place);
void moati_table_put(moati_table *table, size_t place, uint32_t entry);
void moati_table_free(moati_table *table);

/* The capacity that an array grows to: at least `wanted`, and none that overflows; else 0. */
size_t moati_room_for(size_t capacity, size_t wanted, size_t size);
/* Grows *array of *capacity elements of `size` bytes to hold at least `wanted`; false where
 * memory is short, and then nothing has changed. */
bool moati_grow(void *array, size_t *capacity, size_t wanted, size_t size);

#endif
