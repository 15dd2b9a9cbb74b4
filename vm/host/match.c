/* A backtracking search. What is optional or repeated is tried by recursion, whose depth is
 * limited; all else is a loop. */
#include "match.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <string.h>

#include "state.h"

enum { ESCAPE = '%', DEEPEST = 200, STEPS_BETWEEN_LOOKS = 1 << 16 };

static const char *search(moati_matcher *m, const char *s, const char *p);

void moati_matcher_begin(moati_matcher *m, lua_State *L, const char *text, size_t length,
                         const char *pattern_end) {
    m->L = L;
    m->text = text;
    m->text_end = text + length;
    m->pattern_end = pattern_end;
    m->steps = STEPS_BETWEEN_LOOKS;
    m->depth = m->count = 0;
}

/* Counts steps of the search, or as many characters that it looked at. */
static void spend(moati_matcher *m, ptrdiff_t steps) {
    if (steps < m->steps) {
        m->steps -= (int)steps;
        return;
    }
    m->steps = STEPS_BETWEEN_LOOKS;
    moatl_look(m->L);
}

/* --- One character. */

static bool is_lower(unsigned char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_upper(unsigned char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(unsigned char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(unsigned char c) {
    return is_lower(c) || is_upper(c);
}

static bool is_visible(unsigned char c) {
    return c > ' ' && c < 0x7f;
}

static bool in_class(unsigned char c, unsigned char class) {
    const int kind = is_upper(class) ? class - 'A' + 'a' : class;
    bool is_in;
    switch (kind) {
    case 'a': is_in = is_letter(c); break;
    case 'c': is_in = c < ' ' || c == 0x7f; break;
    case 'd': is_in = is_digit(c); break;
    case 'g': is_in = is_visible(c); break;
    case 'l': is_in = is_lower(c); break;
    case 'p': is_in = is_visible(c) && !is_letter(c) && !is_digit(c); break;
    case 's': is_in = c == ' ' || (c >= '\t' && c <= '\r'); break;
    case 'u': is_in = is_upper(c); break;
    case 'w': is_in = is_letter(c) || is_digit(c); break;
    case 'x': is_in = is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); break;
    case 'z': is_in = c == 0; break; /* not in its manual any more */
    default: return class == c;
    }
    return is_in != is_upper(class);
}

/* Of the set from the `[` at p to the `]` at last. */
static bool in_set(unsigned char c, const char *p, const char *last) {
    const bool is_complement = p[1] == '^';
    p += is_complement;
    while (++p < last) {
        if (*p == ESCAPE) {
            p++;
            if (in_class(c, (unsigned char)*p))
                return !is_complement;
        } else if (p[1] == '-' && p + 2 < last) {
            p += 2;
            if ((unsigned char)p[-2] <= c && c <= (unsigned char)*p)
                return !is_complement;
        } else if ((unsigned char)*p == c) {
            return !is_complement;
        }
    }
    return is_complement;
}

/* The end of the item at p that stands for one character. */
static const char *item_end(const moati_matcher *m, const char *p) {
    const char first = *p++;
    if (first == ESCAPE) {
        if (p == m->pattern_end)
            luaL_error(m->L, "malformed pattern (ends with '%%')");
        return p + 1;
    }
    if (first != '[')
        return p;
    p += *p == '^';
    do { /* a `]` at the beginning is one of the set */
        if (p == m->pattern_end)
            luaL_error(m->L, "malformed pattern (missing ']')");
        if (*p++ == ESCAPE && p < m->pattern_end)
            p++;
    } while (*p != ']');
    return p + 1;
}

static bool matches_item(const moati_matcher *m, const char *s, const char *p, const char *end) {
    if (s >= m->text_end)
        return false;
    switch (*p) {
    case '.': return true;
    case ESCAPE: return in_class((unsigned char)*s, (unsigned char)p[1]);
    case '[': return in_set((unsigned char)*s, p, end - 1);
    default: return *p == *s;
    }
}

/* --- Repetitions of the item p .. end - 1. */

static const char *most(moati_matcher *m, const char *s, const char *p, const char *end) {
    ptrdiff_t count = 0;
    while (matches_item(m, s + count, p, end))
        count++;
    spend(m, count);
    for (; count >= 0; count--) {
        const char *found = search(m, s + count, end + 1);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static const char *fewest(moati_matcher *m, const char *s, const char *p, const char *end) {
    for (;; s++) {
        const char *found = search(m, s, end + 1);
        if (found != NULL || !matches_item(m, s, p, end))
            return found;
    }
}

/* --- Captures. */

static const char *open_capture(moati_matcher *m, const char *s, const char *p, ptrdiff_t kind) {
    if (m->count >= MOATI_CAPTURES)
        luaL_error(m->L, "too many captures");
    m->captures[m->count++] = (moati_capture){s, kind};
    const char *found = search(m, s, p);
    if (found == NULL)
        m->count--;
    return found;
}

static const char *close_capture(moati_matcher *m, const char *s, const char *p) {
    int last = m->count - 1;
    while (last >= 0 && m->captures[last].length != MOATI_CAPTURE_OPEN)
        last--;
    if (last < 0)
        luaL_error(m->L, "invalid pattern capture");
    m->captures[last].length = s - m->captures[last].start;
    const char *found = search(m, s, p);
    if (found == NULL)
        m->captures[last].length = MOATI_CAPTURE_OPEN;
    return found;
}

/* %1 .. %9: the same text again. */
static const char *match_capture(moati_matcher *m, const char *s, char digit) {
    const int index = digit - '1';
    if (index < 0 || index >= m->count || m->captures[index].length == MOATI_CAPTURE_OPEN)
        luaL_error(m->L, "invalid capture index %%%d", index + 1);
    const moati_capture *capture = &m->captures[index];
    const ptrdiff_t length = capture->length;
    if (length == MOATI_CAPTURE_POSITION || m->text_end - s < length)
        return NULL;
    spend(m, length / 16);
    return memcmp(capture->start, s, (size_t)length) == 0 ? s + length : NULL;
}

/* --- %b and %f */

static const char *match_balance(moati_matcher *m, const char *s, const char *p) {
    if (p >= m->pattern_end - 1)
        luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
    const char *const begin = s;
    ptrdiff_t depth = 1;
    if (s >= m->text_end || *s != p[0])
        return NULL;
    while (++s < m->text_end) {
        if (*s == p[1])
            depth--;
        else if (*s == p[0])
            depth++;
        if (depth == 0)
            break;
    }
    spend(m, s - begin);
    return s < m->text_end ? s + 1 : NULL;
}

/* The set at p begins here: beyond either end of the text is a 0. */
static bool at_frontier(const moati_matcher *m, const char *s, const char *p, const char *end) {
    const unsigned char before = s == m->text ? '\0' : (unsigned char)s[-1];
    return !in_set(before, p, end - 1) && in_set((unsigned char)*s, p, end - 1);
}

static const char *frontier_set(const moati_matcher *m, const char *p) {
    if (*p != '[')
        luaL_error(m->L, "missing '[' after '%%f' in pattern");
    return p;
}

/* --- The search. */

/* What is left to be matched where one item has been looked at; NULL in `s` where nothing can. */
typedef struct place {
    const char *s, *p;
} place;

/* One of %b, %f and %1: false where p is none of them. */
static bool match_special(moati_matcher *m, place *at) {
    const char *p = at->p, *end;
    if (*p != ESCAPE || p + 1 >= m->pattern_end)
        return false;
    if (p[1] == 'b') {
        *at = (place){match_balance(m, at->s, p + 2), p + 4};
    } else if (p[1] == 'f') {
        p = frontier_set(m, p + 2);
        end = item_end(m, p);
        *at = (place){at_frontier(m, at->s, p, end) ? at->s : NULL, end};
    } else if (is_digit((unsigned char)p[1])) {
        *at = (place){match_capture(m, at->s, p[1]), p + 2};
    } else {
        return false;
    }
    return true;
}

/* An item and what says how often: true where the search goes on at *at; else its end is *found. */
static bool match_item(moati_matcher *m, place *at, const char **found) {
    const char *s = at->s, *p = at->p, *end = item_end(m, p);
    const bool fits = matches_item(m, s, p, end);
    *found = NULL;
    *at = (place){s, end + 1};
    if (!fits)
        return *end == '?' || *end == '*' || *end == '-';
    switch (*end) {
    case '?': *found = search(m, s + 1, end + 1); return *found == NULL;
    case '+': *found = most(m, s + 1, p, end); return false;
    case '*': *found = most(m, s, p, end); return false;
    case '-': *found = fewest(m, s, p, end); return false;
    default: *at = (place){s + 1, end}; return true;
    }
}

static const char *search_on(moati_matcher *m, place at) {
    const char *found;
    for (;;) {
        spend(m, 1);
        if (at.s == NULL || at.p == m->pattern_end)
            return at.s;
        if (*at.p == '(' && at.p[1] == ')')
            return open_capture(m, at.s, at.p + 2, MOATI_CAPTURE_POSITION);
        if (*at.p == '(')
            return open_capture(m, at.s, at.p + 1, MOATI_CAPTURE_OPEN);
        if (*at.p == ')')
            return close_capture(m, at.s, at.p + 1);
        if (*at.p == '$' && at.p + 1 == m->pattern_end)
            return at.s == m->text_end ? at.s : NULL;
        if (!match_special(m, &at) && !match_item(m, &at, &found))
            return found;
    }
}

static const char *search(moati_matcher *m, const char *s, const char *p) {
    if (m->depth++ == DEEPEST)
        luaL_error(m->L, "pattern too complex");
    const char *found = search_on(m, (place){s, p});
    m->depth--;
    return found;
}

const char *moati_match(moati_matcher *m, const char *from, const char *pattern) {
    m->depth = m->count = 0;
    return search(m, from, pattern);
}
