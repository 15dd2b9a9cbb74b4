/* The shortest script of deletions and insertions by the greedy algorithm of E. Myers, "An O(ND)
 * Difference Algorithm and Its Variations" (1986): furthest[k] is how far in the old text a path of
 * d edits comes on diagonal k = old - new; the arrays of all d are kept to walk the path back. */
#include "diff.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 3, MOST_EDITS = 3000 };

typedef struct line {
    const char *text;
    size_t length; /* with its break */
} line;

typedef struct lines {
    size_t count;
    line *items;
} lines;

/* Which lines of either text the other has not. */
typedef struct difference {
    lines old, new;
    bool *deleted, *inserted;
    size_t head, old_end, new_end; /* where the texts begin and cease to differ */
} difference;

static bool split(const moati_diff_side *side, lines *l) {
    size_t count = side->length > 0 && side->text[side->length - 1] != '\n';
    for (size_t i = 0; i < side->length; i++)
        count += side->text[i] == '\n';
    l->items = malloc((count + 1) * sizeof *l->items);
    if (l->items == NULL)
        return false;
    const char *at = side->text, *end = side->text + side->length;
    for (l->count = 0; l->count < count; l->count++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const size_t length = stop != NULL ? (size_t)(stop - at) + 1 : (size_t)(end - at);
        l->items[l->count] = (line){at, length};
        at += length;
    }
    return true;
}

static bool same(const difference *d, size_t old, size_t new) {
    const line *a = &d->old.items[old], *b = &d->new.items[new];
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

/* Where both texts begin and end alike there is nothing to look for. */
static void trim(difference *d) {
    d->old_end = d->old.count;
    d->new_end = d->new.count;
    while (d->head < d->old_end && d->head < d->new_end && same(d, d->head, d->head))
        d->head++;
    while (d->old_end > d->head && d->new_end > d->head &&
           same(d, d->old_end - 1, d->new_end - 1)) {
        d->old_end--;
        d->new_end--;
    }
}

static void mark_all(difference *d) {
    memset(d->deleted + d->head, true, d->old_end - d->head);
    memset(d->inserted + d->head, true, d->new_end - d->head);
}

/* One more edit on each diagonal: `furthest` and `before` are those of d and d - 1 edits, of
 * diagonals -d .. d at 0 .. 2d and -(d - 1) .. d - 1. Returns whether the end was reached. */
static bool extend(const difference *d, long edits, const long *before, long *furthest) {
    const long old_count = (long)(d->old_end - d->head), new_count = (long)(d->new_end - d->head);
    for (long k = -edits; k <= edits; k += 2) {
        long old = 0;
        if (edits > 0) {
            const long *at = before + (edits - 1);
            const bool down = k == -edits || (k != edits && at[k - 1] < at[k + 1]);
            old = down ? at[k + 1] : at[k - 1] + 1;
        }
        while (old < old_count && old - k < new_count && old - k >= 0 &&
               same(d, d->head + (size_t)old, d->head + (size_t)(old - k)))
            old++;
        furthest[edits + k] = old;
        if (old >= old_count && old - k >= new_count)
            return true;
    }
    return false;
}

/* Marks the edits of a path that ends at the end of both texts. */
static void walk_back(difference *d, long *const *furthest, long edits) {
    long old = (long)(d->old_end - d->head), new = (long)(d->new_end - d->head);
    for (; edits > 0; edits--) {
        const long k = old - new, *at = furthest[edits - 1] + (edits - 1);
        const bool down = k == -edits || (k != edits && at[k - 1] < at[k + 1]);
        const long from = down ? k + 1 : k - 1;
        old = at[from];
        new = old - from;
        if (down)
            d->inserted[d->head + (size_t) new] = true;
        else
            d->deleted[d->head + (size_t)old] = true;
    }
}

static bool find_path(difference *d) {
    bool done = true, found = false;
    long edits = 0, **furthest = calloc(MOST_EDITS, sizeof *furthest);
    if (furthest == NULL)
        return false;
    for (; edits < MOST_EDITS && done && !found; edits++) {
        furthest[edits] = calloc(2 * (size_t)edits + 1, sizeof **furthest);
        done = furthest[edits] != NULL;
        if (done)
            found = extend(d, edits, edits > 0 ? furthest[edits - 1] : NULL, furthest[edits]);
    }
    if (found)
        walk_back(d, furthest, edits - 1);
    else
        mark_all(d);
    for (long i = 0; i < edits; i++)
        free(furthest[i]);
    free(furthest);
    return done;
}

/* --- What is written. */

static void print_line(const line *l, char mark, FILE *file) {
    putc(mark, file);
    fwrite(l->text, 1, l->length, file);
    if (l->length == 0 || l->text[l->length - 1] != '\n')
        fputs("\n\\ No newline at end of file\n", file);
}

/* A place in both texts. */
typedef struct place {
    size_t old, new;
} place;

static bool is_changed(const difference *d, place at) {
    return (at.old < d->old.count && d->deleted[at.old]) ||
           (at.new < d->new.count && d->inserted[at.new]);
}

static bool is_end(const difference *d, place at) {
    return at.old == d->old.count && at.new == d->new.count;
}

/* Passes over the deletions and then the insertions at a place, or one line that both have. */
static place next(const difference *d, place at) {
    if (!is_changed(d, at))
        return (place){at.old + 1, at.new + 1};
    while (at.old < d->old.count && d->deleted[at.old])
        at.old++;
    while (at.new < d->new.count && d->inserted[at.new])
        at.new ++;
    return at;
}

/* Where a hunk that begins with a change ends: after it more lines are alike than two changes share
 * as their context. */
static place find_end(const difference *d, place at) {
    place end = at;
    for (size_t alike = 0; !is_end(d, at) && alike <= 2 * (size_t)CONTEXT;) {
        alike = is_changed(d, at) ? 0 : alike + 1;
        at = next(d, at);
        if (alike <= CONTEXT)
            end = at;
    }
    /* The context of a change that did not follow after all. */
    return end;
}

static void print_range(char mark, size_t start, size_t count, FILE *file) {
    fprintf(file, "%c%zu", mark, count > 0 ? start + 1 : start);
    if (count != 1)
        fprintf(file, ",%zu", count);
}

static void print_hunk(const difference *d, place start, place end, FILE *file) {
    fputs("@@ ", file);
    print_range('-', start.old, end.old - start.old, file);
    putc(' ', file);
    print_range('+', start.new, end.new - start.new, file);
    fputs(" @@\n", file);
    for (place at = start; at.old < end.old || at.new < end.new;) {
        const place after = next(d, at);
        if (!is_changed(d, at)) {
            print_line(&d->old.items[at.old], ' ', file);
        } else {
            for (size_t i = at.old; i < after.old; i++)
                print_line(&d->old.items[i], '-', file);
            for (size_t i = at.new; i < after.new; i++)
                print_line(&d->new.items[i], '+', file);
        }
        at = after;
    }
}

static void print_hunks(const difference *d, FILE *file) {
    place at = {0, 0};
    for (size_t alike = 0; !is_end(d, at);) {
        if (!is_changed(d, at)) {
            at = next(d, at);
            alike++;
            continue;
        }
        const size_t context = alike < CONTEXT ? alike : CONTEXT;
        const place start = {at.old - context, at.new - context}, end = find_end(d, at);
        print_hunk(d, start, end, file);
        at = end;
        alike = 0;
    }
}

static bool equal(const moati_diff_side *old, const moati_diff_side *new) {
    return old->length == new->length &&
           (old->length == 0 || memcmp(old->text, new->text, old->length) == 0);
}

moat_status moati_diff_print(const moati_diff_side *old, const moati_diff_side *new, FILE *file,
                             moat_error *error) {
    if (equal(old, new))
        return MOAT_OK;
    difference d = {.head = 0};
    bool done = split(old, &d.old) && split(new, &d.new);
    if (done) {
        d.deleted = calloc(d.old.count + 1, sizeof *d.deleted);
        d.inserted = calloc(d.new.count + 1, sizeof *d.inserted);
        done = d.deleted != NULL && d.inserted != NULL;
    }
    if (done) {
        trim(&d);
        done = find_path(&d);
    }
    if (done) {
        fprintf(file, "--- %s\n+++ %s\n", old->name, new->name);
        print_hunks(&d, file);
    }
    free(d.deleted);
    free(d.inserted);
    free(d.old.items);
    free(d.new.items);
    return done ? MOAT_OK : moat_fail(error, MOAT_NO_MEMORY, "out of memory");
}
