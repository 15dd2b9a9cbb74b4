/* Differences: compared with what the tools of the field make of them. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diff.h"

static char *diff(const char *old, const char *new) {
    char *text = NULL;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    const moati_diff_side a = {"a/x", old, strlen(old)}, b = {"b/x", new, strlen(new)};
    moat_error error;
    cr_assert_eq(moati_diff_print(&a, &b, file, &error), MOAT_OK, "%s", error.message);
    fclose(file);
    return text;
}

#define HEAD "--- a/x\n+++ b/x\n"

Test(diff, as_written) {
    static const struct {
        const char *old, *new, *result;
    } rows[] = {
        {"", "", ""},
        {"a\nb\n", "a\nb\n", ""},
        {"", "a\n", HEAD "@@ -0,0 +1 @@\n+a\n"},
        {"a\n", "", HEAD "@@ -1 +0,0 @@\n-a\n"},
        {"a\nb\nc\n", "a\nB\nc\n", HEAD "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"},
        {"a", "a\n", HEAD "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
        {"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
         HEAD "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"},
        /* Two changes that share their context, and two that do not. */
        {"a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
         HEAD "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n"},
        {"a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
         HEAD "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = diff(rows[i].old, rows[i].new);
        cr_expect_str_eq(text, rows[i].result, "row %zu", i);
        free(text);
    }
}

/* Takes the lines that a difference says are in the old text (or the new) from it. */
static void rebuild(const char *text, bool new, char *built, size_t size) {
    built[0] = '\0';
    for (const char *at = text; *at != '\0';) {
        const size_t length = strcspn(at, "\n") + 1;
        const bool heading = strncmp(at, "---", 3) == 0 || strncmp(at, "+++", 3) == 0;
        if (!heading && (*at == ' ' || *at == (new ? '+' : '-')))
            strncat(built, at + 1, length - 1);
        cr_assert_lt(strlen(built) + 100, size);
        at += length;
    }
}

static size_t changes(const char *text) {
    size_t count = 0;
    for (const char *at = strstr(text, "@@"); at != NULL && *at != '\0';) {
        count += *at == '-' || *at == '+';
        at += strcspn(at, "\n") + 1;
    }
    return count;
}

static size_t longest_common(const char *a, const char *b, size_t n, size_t m) {
    enum { MOST = 24 };
    size_t best[MOST + 1][MOST + 1] = {{0}};
    for (size_t i = n; i-- > 0;)
        for (size_t j = m; j-- > 0;) {
            const size_t skip = best[i + 1][j] > best[i][j + 1] ? best[i + 1][j] : best[i][j + 1];
            best[i][j] = a[i] == b[j] ? best[i + 1][j + 1] + 1 : skip;
        }
    return best[0][0];
}

/* Texts of few different lines: nothing is lost, and nothing is changed that need not be. */
Test(diff, shortest) {
    unsigned state = 1;
    for (int round = 0; round < 3000; round++) {
        char letters[2][16], text[2][40], built[4000];
        size_t count[2];
        for (int side = 0; side < 2; side++) {
            count[side] = 0;
            text[side][0] = '\0';
            state = state * 1103515245 + 12345;
            for (size_t n = (state >> 16) % 8; n > 0; n--) {
                state = state * 1103515245 + 12345;
                const char letter = (char)('a' + (state >> 16) % 3), line[] = {letter, '\n', '\0'};
                letters[side][count[side]++] = letter;
                strcat(text[side], line);
            }
        }
        char *found = diff(text[0], text[1]);
        const size_t common = longest_common(letters[0], letters[1], count[0], count[1]);
        cr_assert_eq(changes(found), count[0] + count[1] - 2 * common, "%s", found);
        const bool equal = strcmp(text[0], text[1]) == 0;
        const bool whole = count[0] <= 4 && count[1] <= 4; /* the context has all lines */
        for (int side = 0; side < 2 && !equal && whole; side++) {
            rebuild(found, side == 1, built, sizeof built);
            cr_assert_str_eq(built, text[side], "%s", found);
        }
        free(found);
    }
}

/* What would take too long to compare line by line is replaced as a whole. */
Test(diff, large) {
    enum { LINES = 20000 };
    char *old = malloc(LINES * 8), *new = malloc(LINES * 8);
    size_t used = 0;
    for (int i = 0; i < LINES; i++)
        used += (size_t)sprintf(old + used, "%d\n", i % 9973);
    used = 0;
    for (int i = 0; i < LINES; i++)
        used += (size_t)sprintf(new + used, "%d\n", i % 9967 + 1);
    char *found = diff(old, new);
    cr_expect(strncmp(found, HEAD "@@ -1", strlen(HEAD) + 5) == 0);
    free(found);
    free(old);
    free(new);
}
