#include "account.h"

#include <stdio.h>
#include <stdlib.h>

#include "table.h"

/* --- Budgets. */

bool moat_budget_take(moat_budget *budget, uint64_t bytes) {
    if (!budget)
        return true;
    if (budget->limit && (bytes > budget->limit || budget->used > budget->limit - bytes)) {
        budget->exceeded = true;
        return false;
    }
    budget->used += bytes;
    return true;
}

void moat_budget_give(moat_budget *budget, uint64_t bytes) {
    if (budget)
        budget->used -= bytes < budget->used ? bytes : budget->used;
}

bool moat_budget_cancelled(const moat_budget *budget) {
    return budget && budget->cancel &&
           atomic_load_explicit(budget->cancel, memory_order_relaxed) != 0;
}

/* --- Accounts. */

bool moati_account_take(moati_account *account, uint64_t bytes) {
    if (!moat_budget_take(account->budget, bytes)) {
        account->refused = bytes;
        return false;
    }
    account->taken += bytes;
    return true;
}

void moati_account_give(moati_account *account, uint64_t bytes) {
    moat_budget_give(account->budget, bytes);
    account->taken -= bytes;
}

void moati_account_close(moati_account *account) {
    moati_account_give(account, account->taken);
}

void *moati_account_new(moati_account *account, size_t count, size_t size) {
    if (count == 0)
        count = 1;
    if (count > SIZE_MAX / size || !moati_account_take(account, (uint64_t)count * size))
        return NULL;
    void *memory = calloc(count, size);
    if (!memory)
        moati_account_give(account, (uint64_t)count * size);
    return memory;
}

bool moati_account_grow(moati_account *account, void *array, size_t *capacity, size_t wanted,
                        size_t size) {
    if (wanted <= *capacity)
        return true;
    const size_t room = moati_room_for(*capacity, wanted, size);
    const uint64_t more = room ? (uint64_t)(room - *capacity) * size : 0;
    if (!room || !moati_account_take(account, more))
        return false;
    if (moati_grow(array, capacity, wanted, size))
        return true;
    moati_account_give(account, more);
    return false;
}

moat_status moati_account_fail(const moati_account *account, moat_error *error, const char *what) {
    char refused[MOATI_BYTES_TEXT], limit[MOATI_BYTES_TEXT], used[MOATI_BYTES_TEXT];
    if (account->refused == 0)
        return moat_fail(error, MOAT_NO_MEMORY, "there is not enough memory for %s", what);
    moati_bytes_text(refused, account->refused);
    moati_bytes_text(limit, account->budget->limit);
    moati_bytes_text(used, account->budget->used);
    return moat_fail(error, MOAT_LIMIT,
                     "%s would take %s more, and %s of the memory limit of %s are in use", what,
                     refused, used, limit);
}

moat_status moati_account_look(const moati_account *account, moat_error *error) {
    if (!moat_budget_cancelled(account->budget))
        return MOAT_OK;
    return moat_fail(error, MOAT_INTERRUPTED, "the run was interrupted");
}

void moati_bytes_text(char buffer[MOATI_BYTES_TEXT], uint64_t bytes) {
    static const char *const names[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double size = (double)bytes;
    size_t name = 0;
    for (; size >= 1024; size /= 1024)
        name++;
    snprintf(buffer, MOATI_BYTES_TEXT, "%.4g %s", size, names[name]);
}
