/* report: what a script says of its own report. Everything is recorded; nothing is evaluated. */
#include <string.h>

#include "columns_lua.h"
#include "language.h"
#include "state.h"

/* How many columns the table at an index can have at most. */
static size_t room_for(lua_State *L, int table) {
    const lua_Integer keys = moatl_push_keys(L, table);
    lua_pop(L, 1);
    return (size_t)keys;
}

static void add_item(lua_State *L, const moat_item *item) {
    moat_error error;
    moatl_check_status(L, moat_report_add(moatl_model(L), item, &error), &error);
}

/* --- Options. */

static const char *title_option(lua_State *L, int table) {
    return lua_getfield(L, table, "title") == LUA_TNIL ? NULL : moatl_check_name(L, -1, "title");
}

static bool by_year(lua_State *L, int table) {
    static const char *const axes[] = {"period", "year", NULL};
    return lua_getfield(L, table, "by") != LUA_TNIL && moatl_check_word(L, -1, "by", axes) == 1;
}

static moat_figure figure_option(lua_State *L, int table) {
    if (lua_getfield(L, table, "show") == LUA_TNIL)
        return MOAT_FIGURE_USUAL;
    return (moat_figure)(MOAT_FIGURE_MEAN + moatl_check_word(L, -1, "show", moat_figure_names()));
}

/* --- The functions. */

static int title(lua_State *L) {
    moat_error error;
    const char *text = moatl_check_name(L, 1, "the title");
    moatl_check_status(L, moat_report_set_title(moatl_model(L), text, &error), &error);
    return 0;
}

static int section(lua_State *L) {
    add_item(
        L, &(moat_item){.kind = MOAT_ITEM_SECTION, .text = moatl_check_name(L, 1, "the heading")});
    return 0;
}

/* How far all lines are indented, blank ones aside, and the first where the text begins on the line
 * of its bracket. */
static size_t indentation(const char *text) {
    size_t least = SIZE_MAX;
    for (const char *line = text; *line != '\0'; line += *line == '\n') {
        const size_t blanks = strspn(line, " \t");
        const bool counts =
            line[blanks] != '\n' && line[blanks] != '\0' && (line != text || blanks > 0);
        if (counts && blanks < least)
            least = blanks;
        line += strcspn(line, "\n");
    }
    return least;
}

/* Pushes a text as it would be were it not indented with the lines of the script around it:
 * indented lines are code to Markdown. */
static const char *push_dedented(lua_State *L, const char *text) {
    luaL_Buffer buffer;
    const size_t common = indentation(text);
    luaL_buffinit(L, &buffer);
    while (*text != '\0') {
        const size_t blanks = strspn(text, " \t");
        text += blanks < common ? blanks : common;
        const size_t length = strcspn(text, "\n");
        luaL_addlstring(&buffer, text, length + (text[length] == '\n'));
        text += length + (text[length] == '\n');
    }
    luaL_pushresult(&buffer);
    return lua_tostring(L, -1);
}

static int text(lua_State *L) {
    static const char *const none[] = {NULL};
    lua_settop(L, 2);
    const char *markdown = push_dedented(L, moatl_check_text(L, 1, "the text"));
    moat_item item = {.kind = MOAT_ITEM_TEXT, .text = markdown};
    if (!lua_isnil(L, 2)) {
        moatl_check_table(L, 2, "the second argument");
        moatl_columns c = moatl_new_columns(L, room_for(L, 2));
        moatl_add_columns(L, &c, 2, none);
        item.columns = c.list;
        item.count = c.count;
    }
    add_item(L, &item);
    return 0;
}

static int table(lua_State *L) {
    static const char *const options[] = {"title", "by", "show", NULL};
    moatl_check_table(L, 1, "the argument");
    lua_settop(L, 1);
    moat_item item = {
        .kind = MOAT_ITEM_TABLE, .text = title_option(L, 1), .figure = figure_option(L, 1)};
    const bool annual = by_year(L, 1);
    moatl_columns c = moatl_new_columns(L, room_for(L, 1));
    c.by_year = annual;
    moatl_add_columns(L, &c, 1, options);
    item.columns = c.list;
    item.count = c.count;
    add_item(L, &item);
    return 0;
}

/* What shows these quantities best. */
static moat_chart_kind usual_kind(const moatl_columns *c) {
    const bool is_condition = c->count > 0 && c->list[0].show == MOAT_SHOW_CONDITION;
    if (c->count > 0 && c->list[0].axis != MOAT_NO_AXIS)
        return c->count > 1 || is_condition ? MOAT_CHART_LINES : MOAT_CHART_FAN;
    return c->count > 1 || is_condition ? MOAT_CHART_BARS : MOAT_CHART_HISTOGRAM;
}

static moat_chart_kind kind_option(lua_State *L, int table_of, const moatl_columns *c) {
    if (lua_getfield(L, table_of, "kind") == LUA_TNIL)
        return usual_kind(c);
    const char *const *names = moat_chart_names();
    if (lua_type(L, -1) == LUA_TSTRING && !moatl_is_word(lua_tostring(L, -1), names)) {
        const char *near = moatl_nearest_word(lua_tostring(L, -1), names);
        if (near != NULL)
            moatl_fail(L, "report.chart: there is no kind \"%s\"; did you mean \"%s\"?",
                       lua_tostring(L, -1), near);
    }
    return (moat_chart_kind)moatl_check_word(L, -1, "kind", names);
}

static int chart_of_arguments(lua_State *L) {
    const int count = lua_gettop(L);
    moatl_columns c = moatl_new_columns(L, (size_t)count);
    for (int i = 1; i <= count; i++)
        moatl_add_column(L, &c, NULL, i);
    add_item(L, &(moat_item){.kind = MOAT_ITEM_CHART,
                             .chart = usual_kind(&c),
                             .count = c.count,
                             .columns = c.list});
    return 0;
}

static int chart(lua_State *L) {
    static const char *const options[] = {"kind", "title", "by", NULL};
    if (!lua_istable(L, 1))
        return chart_of_arguments(L);
    lua_settop(L, 1);
    const char *given = title_option(L, 1);
    const bool annual = by_year(L, 1);
    moatl_columns c = moatl_new_columns(L, room_for(L, 1));
    c.by_year = annual;
    moatl_add_columns(L, &c, 1, options);
    add_item(L, &(moat_item){.kind = MOAT_ITEM_CHART,
                             .text = given,
                             .chart = kind_option(L, 1, &c),
                             .count = c.count,
                             .columns = c.list});
    return 0;
}

static int hide(lua_State *L) {
    static const char *const parts[] = {"charts", "drivers", "variants", NULL};
    unsigned hidden = 0;
    if (lua_gettop(L) == 0)
        lua_pushnil(L);
    for (int i = 1; i <= lua_gettop(L); i++)
        hidden |= 1U << moatl_check_word(L, i, "what is hidden", parts);
    moat_report_hide(moatl_model(L), hidden);
    return 0;
}

#define CASH                                                                                       \
    "horizon { periods = 4 }\n"                                                                    \
    "local cash = series(\"$bn\", \"30 to 40 $bn\")\n"                                             \
    "output(\"cash\", cash, { label = \"Cash\" })\n"

const moat_lua_function moatl_report_functions[] = {
    {"report.title", title, NULL, "report.title(text)",
     "the title of the report; without one it is the first sentence of the script's first comment",
     "report.title \"Can the lab break even?\"; print \"recorded\"", "recorded\n"},
    {"report.section", section, NULL, "report.section(heading)",
     "begins a section, which the texts, tables and charts that follow belong to",
     "report.section \"How long the cash lasts\"; print \"recorded\"", "recorded\n"},
    {"report.text", text, NULL, "report.text(markdown, { name = x, ... })",
     "Markdown, in which {name} becomes the median of x with its unit, of a condition its "
     "probability, of a date the date; {name.mean}, .p5, .p25, .p75, .p95 and .range other "
     "figures of it",
     "local price = assume(\"price\", \"12 to 15 $bn/GW/yr\")\n"
     "report.text([[\n"
     "  A GW costs **{price}** a year, or anything from {price.range}.\n"
     "]], { price = price })\n"
     "print \"recorded\"",
     "recorded\n"},
    {"report.table", table, NULL,
     "report.table { title =, by =, show =, x, \"output\", { x, label =, unit = }, name = x, ... }",
     "a table: of values one row each, with mean and percentiles; of series one column each and a "
     "row for each period, or with by = \"year\" each calendar year (as x:annual() gives it); "
     "show = \"mean\", \"median\", \"p5\", \"p25\", \"p75\", \"p95\" or \"range\" chooses the "
     "figure of series, which is the median else",
     CASH "report.table { title = \"Cash by year\", by = \"year\", show = \"range\", cash }\n"
          "print \"recorded\"",
     "recorded\n"},
    {"report.chart", chart, NULL,
     "report.chart { kind =, title =, by =, x, \"output\", { x, label =, unit = }, name = x, ... "
     "}, "
     "report.chart(x, ...)",
     "a chart of series: \"fan\" (of one the kind that is chosen), \"lines\" (of several; "
     "medians), "
     "\"areas\", \"shares\", \"stacks\" (means, which add up); of values: \"histogram\" (of one), "
     "\"bars\" (of several; means), \"cumulative\", \"scatter\" (x, y), \"tornado\" (a value, then "
     "the assumptions that move it, or none for all), \"bridge\" (means: the beginning, the "
     "changes, the end)",
     CASH "report.chart { kind = \"lines\", title = \"Cash, and twice that\", cash, twice = 2 * "
          "cash }\n"
          "report.chart(cash)\n"
          "print \"recorded\"",
     "recorded\n"},
    {"report.hide", hide, NULL, "report.hide(\"charts\" | \"drivers\" | \"variants\", ...)",
     "leaves parts out of the report: the charts of outputs, what drives them, the variants side "
     "by side",
     "report.hide(\"charts\", \"variants\"); print \"recorded\"", "recorded\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};
