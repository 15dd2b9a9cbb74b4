/* An account: what one object has taken from a budget. It is closed with the object, so that
 * nobody needs to remember the sizes of what is freed. */
#ifndef MOATI_ACCOUNT_H
#define MOATI_ACCOUNT_H

#include <stddef.h>

#include "moat/budget.h"
#include "moat/status.h"

typedef struct moati_account {
    moat_budget *budget; /* NULL: nothing is counted */
    uint64_t taken;
    uint64_t refused; /* what did not fit, the last time that something did not */
} moati_account;

/* Counts memory that the object is about to take; false where it does not fit. */
bool moati_account_take(moati_account *account, uint64_t bytes);
void moati_account_give(moati_account *account, uint64_t bytes);
/* Gives everything back: after the object's memory has been freed. */
void moati_account_close(moati_account *account);

/* Takes count elements, all zero; NULL where they do not fit or there is no memory. */
void *moati_account_new(moati_account *account, size_t count, size_t size);
/* As moati_grow. */
bool moati_account_grow(moati_account *account, void *array, size_t *capacity, size_t wanted,
                        size_t size);

/* After one of these failed: MOAT_LIMIT where something did not fit, else MOAT_NO_MEMORY. `what`
 * is what the memory was for: "the model's graph". */
moat_status moati_account_fail(const moati_account *account, moat_error *error, const char *what);

/* MOAT_INTERRUPTED once the budget's flag has been set; a look costs little and yet is not for
 * every step. */
moat_status moati_account_look(const moati_account *account, moat_error *error);

/* "4 GiB", "512 MiB", "12 KiB" */
enum { MOATI_BYTES_TEXT = 32 };
void moati_bytes_text(char buffer[MOATI_BYTES_TEXT], uint64_t bytes);

#endif
