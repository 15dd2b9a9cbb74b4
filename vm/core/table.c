/* Linear probing, at most two thirds full. A table owns its slots, not what the entries number;
 * growing arrays are kept here too. */
#include "table.h"

#include <stdlib.h>
#include <string.h>

bool moati_table_reserve(moati_table *table, moati_table_hash *hash, const void *owner) {
    if (table->count * 3 < table->capacity * 2)
        return true;
    const size_t capacity = table->capacity ? table->capacity * 2 : 64, mask = capacity - 1;
    moati_account uncounted = {NULL}, *account = table->account ? table->account : &uncounted;
    uint32_t *entry = moati_account_new(account, capacity, sizeof *entry);
    if (!entry)
        return false;
    for (size_t i = 0; i < table->capacity; i++) {
        if (!table->entry[i])
            continue;
        size_t at = hash(owner, table->entry[i]) & mask;
        while (entry[at])
            at = (at + 1) & mask;
        entry[at] = table->entry[i];
    }
    free(table->entry);
    moati_account_give(account, table->capacity * sizeof *entry);
    table->entry = entry;
    table->capacity = capacity;
    return true;
}

uint32_t moati_table_find(const moati_table *table, uint64_t hash, moati_table_same *same,
                          const void *owner, const void *key, size_t *place) {
    const size_t mask = table->capacity - 1;
    size_t at = hash & mask;
    for (; table->entry[at]; at = (at + 1) & mask)
        if (same(owner, table->entry[at], key))
            return table->entry[at];
    *place = at;
    return 0;
}

void moati_table_put(moati_table *table, size_t place, uint32_t entry) {
    table->entry[place] = entry;
    table->count++;
}

void moati_table_free(moati_table *table) {
    free(table->entry);
    *table = (moati_table){0};
}

size_t moati_room_for(size_t capacity, size_t wanted, size_t size) {
    size_t room = capacity ? capacity : 16;
    while (room < wanted) {
        if (room > SIZE_MAX / 2)
            return 0;
        room *= 2;
    }
    return room > SIZE_MAX / size ? 0 : room;
}

bool moati_grow(void *array, size_t *capacity, size_t wanted, size_t size) {
    void *old, *grown;
    if (wanted <= *capacity)
        return true;
    const size_t room = moati_room_for(*capacity, wanted, size);
    if (!room)
        return false;
    memcpy(&old, array, sizeof old);
    grown = realloc(old, room * size);
    if (!grown)
        return false;
    memcpy(array, &grown, sizeof grown);
    *capacity = room;
    return true;
}
