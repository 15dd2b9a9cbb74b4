/* Nodes as formulas: as a script would write them, with the names that there are for their parts. A
 * part without a name is written out where that is short, and is "(...)" where it is not. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"
#include "repl_formula.h"

/* How tightly an operation holds its operands together. */
typedef enum tightness { LOOSE, OR, AND, SUM, PRODUCT, SIGN, POWER, TIGHT } tightness;

enum { DRAWN = 512, DEEPEST_DRAW = 12, DEEPEST = 5, MOST_LINKS = 8, MOST_OPERANDS = 64 };

static const struct {
    moat_op op;
    tightness own;
    const char *between;
} infix[] = {
    {MOAT_ADD, SUM, " + "},     {MOAT_SUB, SUM, " - "},     {MOAT_MUL, PRODUCT, " * "},
    {MOAT_DIV, PRODUCT, " / "}, {MOAT_MOD, PRODUCT, " % "}, {MOAT_POW, POWER, " ^ "},
    {MOAT_AND, AND, " & "},     {MOAT_OR, OR, " | "},
};

/* Comparisons, as they read with their operands in order and where a number stands first. */
static const struct {
    moat_op op;
    const char *first, *second;
} comparisons[] = {
    {MOAT_LESS, "below", "above"},
    {MOAT_AT_MOST, "at_most", "at_least"},
    {MOAT_EQUAL, "equals", "equals"},
};

static void write(moati_formula *f, const char *format, ...) MOAT_PRINTF(2, 3);

static void write(moati_formula *f, const char *format, ...) {
    const size_t used = strlen(f->text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(f->text + used, sizeof f->text - used, format, arguments);
    va_end(arguments);
}

static const moat_graph *graph_of(const moati_formula *f) {
    return moat_model_graph(f->model);
}

static void note_error(moati_formula *f, const moat_error *error) {
    f->failed = f->failed || error->status == MOAT_NO_MEMORY;
}

static size_t precedents_of(moati_formula *f, moat_node node, const moat_node **list) {
    moat_error error = {.status = MOAT_OK};
    const size_t count = moat_model_precedents(f->model, node, list, &error);
    note_error(f, &error);
    return count;
}

static void add_term(moati_formula *f, moat_node node) {
    for (size_t i = 0; i < f->term_count && i < MOATI_MOST_TERMS; i++)
        if (f->terms[i] == node)
            return;
    if (f->term_count < MOATI_MOST_TERMS)
        f->terms[f->term_count] = node;
    f->term_count++;
}

/* --- Parts without parts. */

/* "3 mo", "0.5"; the length of a period by its name. */
static void write_constant(moati_formula *f, moat_node node, double value) {
    moat_units *units = moat_model_units(f->model);
    const moat_dim dim = moat_node_dim(graph_of(f), node);
    const moat_horizon *horizon = moat_model_horizon(f->model);
    char number[MOATI_NUMBER];
    if (horizon->periods > 0 && value == moat_horizon_dt(horizon) &&
        strcmp(moat_dim_text(units, dim), "yr") == 0) {
        write(f, "dt");
        return;
    }
    const moat_unit unit = moat_unit_readable(units, dim, value < 0 ? -value : value);
    const bool has_unit = value != 0 && unit != MOAT_NO_UNIT && dim != MOAT_DIMENSIONLESS;
    moati_number_show_exact(number, has_unit ? value / moat_unit_factor(units, unit) : value);
    write(f, "%s%s%s", number, has_unit ? " " : "", has_unit ? moat_unit_text(units, unit) : "");
}

static bool is_draw(const moati_formula *f, moat_node node) {
    const moat_op op = moat_node_op(graph_of(f), node);
    return op == MOAT_DRAW_U || op == MOAT_DRAW_Z;
}

/* The one draw that a node is made of, beside numbers; MOAT_NO_NODE where that is not all. */
static moat_node find_draw(moati_formula *f, moat_node node, unsigned depth) {
    double value;
    const moat_node *list;
    moat_node found = MOAT_NO_NODE;
    if (is_draw(f, node))
        return node;
    if (depth == 0 || (depth < DEEPEST_DRAW && moati_names_find(f->names, node) != NULL))
        return MOAT_NO_NODE;
    const size_t count = precedents_of(f, node, &list);
    for (size_t i = 0; i < count; i++) {
        if (moat_node_is_constant(graph_of(f), list[i], &value))
            continue;
        const moat_node draw = find_draw(f, list[i], depth - 1);
        if (draw == MOAT_NO_NODE || (found != MOAT_NO_NODE && draw != found))
            return MOAT_NO_NODE;
        found = draw;
    }
    return found;
}

/* A draw's name, which is written to `line`, and its period. */
static char *read_draw(const moati_formula *f, moat_node draw, char line[DRAWN], unsigned *period) {
    moat_node_print(graph_of(f), draw, line, DRAWN);
    char *name = strchr(line, '"'), *end = strrchr(line, '"');
    if (name == NULL || end == name)
        return NULL;
    *end = '\0';
    *period = (unsigned)strtoul(end + 1, NULL, 10);
    return name + 1;
}

/* What the names of draws begin with that have none of their own; "#" and a number follow. */
static const char prefix[] = "literal:";

/* Whether a node is what a literal that has no other name stands for: drawn again it would be the
 * same node. Writes the literal. */
static bool is_literal(moati_formula *f, moat_node node, char text[DRAWN]) {
    const moat_node draw = find_draw(f, node, DEEPEST_DRAW);
    moat_graph *graph = moat_model_graph(f->model);
    moat_literal literal;
    moat_source source;
    unsigned period;
    char *name = draw == MOAT_NO_NODE ? NULL : read_draw(f, draw, text, &period);
    char *place = name == NULL ? NULL : strrchr(name, '#');
    if (place == NULL || strncmp(name, prefix, strlen(prefix)) != 0)
        return false;
    moat_error error = {.status = MOAT_OK};
    moat_status status = moat_graph_source(graph, name, period, &source, &error);
    name += strlen(prefix);
    *place = '\0';
    if (status == MOAT_OK)
        status = moat_literal_parse(graph, name, strlen(name), &literal, &error);
    const bool is = status == MOAT_OK && literal.dist != MOAT_NO_DIST &&
                    moat_dist_draw(graph, literal.dist, source, &error) == node;
    note_error(f, &error);
    if (!is)
        return false;
    memmove(text, name, strlen(name) + 1);
    return true;
}

/* Writes what is drawn, and no more than that: a literal, or the draw of a process. */
static bool write_draw(moati_formula *f, moat_node node) {
    char text[DRAWN], label[16];
    unsigned period = 0;
    if (is_literal(f, node, text)) {
        write(f, "\"%.80s\"", text);
        return true;
    }
    const char *name = is_draw(f, node) ? read_draw(f, node, text, &period) : NULL;
    if (name == NULL)
        return false;
    const bool is_nameless = strncmp(name, prefix, strlen(prefix)) == 0;
    char *place = strrchr(name, '#');
    if (is_nameless && place != NULL)
        *place = '\0';
    write(f, "draw of %.60s", name + (is_nameless ? strlen(prefix) : 0));
    moat_horizon_label(moat_model_horizon(f->model), period, label);
    if (period > 0)
        write(f, "[%s]", label);
    return true;
}

/* --- Parts of parts. */

static void write_part(moati_formula *f, moat_node node, tightness around, unsigned depth);

/* Sums of sums and the like are told as one, as a person would. */
static bool is_link(moati_formula *f, moat_op op, moat_node part) {
    char text[DRAWN];
    return (op == MOAT_ADD || op == MOAT_MUL || op == MOAT_MIN || op == MOAT_MAX ||
            op == MOAT_AND || op == MOAT_OR) &&
           moat_node_op(graph_of(f), part) == op && moati_names_find(f->names, part) == NULL &&
           !is_literal(f, part, text);
}

/* The operands of a node in the order in which they were written, those of links in their place;
 * returns how many there are, of which the first MOST_OPERANDS are given. */
static size_t find_operands(moati_formula *f, moat_node node, moat_node operands[MOST_OPERANDS]) {
    const moat_node *list;
    moat_node stack[2 * MOST_OPERANDS];
    const size_t room = sizeof stack / sizeof *stack;
    const moat_op op = moat_node_op(graph_of(f), node);
    size_t depth = 0, found = 0, count = precedents_of(f, node, &list);
    for (size_t i = count < room ? count : room; i-- > 0;)
        stack[depth++] = list[i];
    while (depth > 0) {
        const moat_node part = stack[--depth];
        if (is_link(f, op, part) && depth + 2 <= room) {
            count = precedents_of(f, part, &list);
            for (size_t i = count; i-- > 0;)
                stack[depth++] = list[i];
            continue;
        }
        if (found < MOST_OPERANDS)
            operands[found] = part;
        found++;
    }
    return found;
}

/* The operands with something between them; of many, the first, while all are terms. */
static void write_list(moati_formula *f, size_t count, const moat_node *at, const char *between,
                       tightness own, tightness last, unsigned depth) {
    const size_t given = count < MOST_OPERANDS ? count : MOST_OPERANDS;
    const size_t shown = count > MOST_LINKS ? MOST_LINKS / 2 : given;
    for (size_t i = 0; i < shown; i++) {
        write(f, "%s", i > 0 ? between : "");
        write_part(f, at[i], i > 0 ? last : own, depth - 1);
    }
    if (shown == count)
        return;
    write(f, "%s%s", between, f->utf8 ? "…" : "...");
    f->holes++;
    for (size_t i = shown; i < given; i++)
        add_term(f, at[i]);
}

/* x * x, which is what x ^ 2 is computed by. */
static bool write_power(moati_formula *f, moat_op op, size_t count, const moat_node *at,
                        unsigned depth) {
    for (size_t i = 1; i < count; i++)
        if (at[i] != at[0])
            return false;
    if (op != MOAT_MUL)
        return false;
    write_part(f, at[0], TIGHT, depth - 1);
    write(f, " ^ %zu", count);
    return true;
}

static bool write_infix(moati_formula *f, moat_op op, size_t count, const moat_node *at,
                        tightness around, unsigned depth) {
    size_t i = 0;
    while (i < sizeof infix / sizeof *infix && infix[i].op != op)
        i++;
    if (i == sizeof infix / sizeof *infix)
        return false;
    const tightness own = infix[i].own;
    const bool is_left = op == MOAT_SUB || op == MOAT_DIV || op == MOAT_MOD;
    write(f, "%s", own < around ? "(" : "");
    write_list(f, count, at, infix[i].between, op == MOAT_POW ? TIGHT : own, own + is_left, depth);
    write(f, "%s", own < around ? ")" : "");
    return true;
}

static bool write_comparison(moati_formula *f, moat_op op, const moat_node *at, unsigned depth) {
    double value;
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
        if (comparisons[i].op != op)
            continue;
        const bool turned = moat_node_is_constant(graph_of(f), at[0], &value);
        write_part(f, at[turned], TIGHT, depth - 1);
        write(f, ":%s(", turned ? comparisons[i].second : comparisons[i].first);
        write_part(f, at[!turned], LOOSE, depth - 1);
        write(f, ")");
        return true;
    }
    return false;
}

static void write_operation(moati_formula *f, moat_node node, tightness around, unsigned depth) {
    moat_node at[MOST_OPERANDS];
    const moat_op op = moat_node_op(graph_of(f), node);
    const size_t count = find_operands(f, node, at);
    if (op == MOAT_INPUT) { /* an assumption that is computed */
        write_part(f, at[0], around, depth);
    } else if (op == MOAT_NEG || op == MOAT_NOT) {
        write(f, "%s%s", SIGN < around ? "(" : "", op == MOAT_NEG ? "-" : "~");
        write_part(f, at[0], SIGN, depth - 1);
        write(f, "%s", SIGN < around ? ")" : "");
    } else if (!write_power(f, op, count, at, depth) &&
               !write_infix(f, op, count, at, around, depth) &&
               !write_comparison(f, op, at, depth)) {
        write(f, "%s(", op == MOAT_SELECT ? "when" : moat_model_operation(f->model, node));
        write_list(f, count, at, ", ", LOOSE, LOOSE, depth);
        write(f, ")");
    }
}

/* Writes out a part that has no name, or takes it back where it is too long to be read or says
 * nothing. */
static bool write_out(moati_formula *f, moat_node node, tightness around, unsigned depth) {
    const size_t length = strlen(f->text), terms = f->term_count, holes = f->holes,
                 named = f->named;
    if (depth == 0 || f->most == 0)
        return false;
    write_operation(f, node, around, depth);
    const bool fits =
        moati_text_width(f->text + length) <= f->most && strlen(f->text) + 1 < sizeof f->text;
    if (fits && (f->holes == holes || f->named > named))
        return true;
    f->text[length] = '\0';
    f->term_count = terms;
    f->holes = holes;
    f->named = named;
    return false;
}

static void write_part(moati_formula *f, moat_node node, tightness around, unsigned depth) {
    double value;
    if (moat_node_is_constant(graph_of(f), node, &value)) {
        write_constant(f, node, value);
        return;
    }
    const moati_name *name = moati_names_find(f->names, node);
    if (name == NULL && write_draw(f, node)) {
        add_term(f, node);
        return;
    }
    if (name == NULL && write_out(f, node, around, depth))
        return;
    add_term(f, node);
    f->named += name != NULL;
    if (name != NULL) {
        const size_t used = strlen(f->text);
        moati_name_show(f->model, name, f->text + used, sizeof f->text - used);
    } else {
        f->holes++;
        write(f, around == LOOSE ? "%s" : "(%s)", f->utf8 ? "…" : "...");
    }
}

/* --- Formulas. */

static void begin(moati_formula *f, size_t most) {
    f->text[0] = '\0';
    f->term_count = 0;
    f->holes = f->named = 0;
    f->most = most;
}

void moati_formula_write(moati_formula *f, moat_node node, size_t room) {
    static const size_t most[] = {48, 32, 24, 16, 0};
    const moat_node *list;
    double value;
    begin(f, 0);
    if (moat_node_is_constant(graph_of(f), node, &value))
        write_constant(f, node, value);
    else if (!write_draw(f, node) && precedents_of(f, node, &list) > 0)
        for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
            begin(f, most[i]);
            write_operation(f, node, LOOSE, DEEPEST);
            if (moati_text_width(f->text) <= room)
                return;
        }
}
