/* Reports that follow their sources: what they are made from is looked at three times a second. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "report.h"
#include "status.h"

enum { LOOK_MS = 300 };

/* What is known of the files, as text: an editor that writes a new file in place of the old one
 * changes it, as does one that has removed the old one and not yet written the new. */
static void take_stock(const moati_buffer *paths, moati_buffer *stock) {
    stock->length = 0;
    for (size_t at = 0; at < paths->length; at += strlen(paths->text + at) + 1) {
        struct stat status;
        if (stat(paths->text + at, &status) != 0)
            status = (struct stat){.st_size = -1};
        moati_buffer_print(stock, "%lld %lld.%09ld %lld\n", (long long)status.st_ino,
                           (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
                           (long long)status.st_size);
    }
}

static bool same(const moati_buffer *a, const moati_buffer *b) {
    return a->length == b->length &&
           memcmp(moati_buffer_text(a), moati_buffer_text(b), a->length) == 0;
}

/* False where it was interrupted. */
static bool rest(void) {
    const struct timespec pause = {.tv_nsec = LOOK_MS * 1000000L};
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    return sigtimedwait(&interrupt, NULL, &pause) != SIGINT;
}

/* Waits until a file differs from what the stock says, and all have been at rest since the look
 * before: an editor may write in several steps. */
static bool wait_for_change(const moati_buffer *paths, const moati_buffer *stock) {
    moati_buffer before = {.text = NULL}, now = {.text = NULL};
    bool going = true, changed = false;
    take_stock(paths, &before);
    while (going && !changed) {
        changed = !same(&before, stock);
        going = rest();
        take_stock(paths, &now);
        changed = changed && same(&now, &before) && !now.failed;
        const moati_buffer other = before;
        before = now;
        now = other;
    }
    moati_buffer_free(&before);
    moati_buffer_free(&now);
    return going;
}

/* Ctrl-C waits until it is asked for, but for while a report is being made, when the watch has it.
 */
static void hold_interrupts(void) {
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    pthread_sigmask(SIG_BLOCK, &interrupt, NULL);
}

int moati_report_watch(const moati_args *args) {
    moati_buffer paths = {.text = NULL}, stock = {.text = NULL};
    int outcome = MOATI_EXIT_DONE;
    moati_buffer_add(&paths, args->script, strlen(args->script) + 1);
    do {
        /* Of before the report: what changes while it is made is seen afterwards. */
        moati_buffer known = {.text = NULL};
        take_stock(&paths, &stock);
        outcome = moati_report_make(args, &known);
        hold_interrupts();
        if (!same(&paths, &known))
            take_stock(&known, &stock);
        moati_buffer_free(&paths);
        paths = known;
        if (outcome == MOATI_EXIT_INTERRUPTED || paths.failed || stock.failed)
            break;
        outcome = MOATI_EXIT_INTERRUPTED;
    } while (wait_for_change(&paths, &stock));
    if (paths.failed || stock.failed) {
        moati_complain("out of memory");
        outcome = MOATI_EXIT_LIMIT;
    }
    moati_buffer_free(&paths);
    moati_buffer_free(&stock);
    return outcome;
}
