#!/bin/bash
# moat report from outside: files, memos, pages, comparing, watching. $1 is the moat binary.
set -u
moat=$(realpath "$1")
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export LC_ALL=C.UTF-8
unset NO_COLOR COLUMNS
failures=0

complain() {
    failures=$((failures + 1))
    echo "report.sh: $*" >&2
}

# expect STATUS ARGUMENT...: runs moat report; standard output and error are in out and err.
expect() {
    local wanted=$1
    shift
    "$moat" report "$@" >out 2>err </dev/null
    local status=$?
    [ $status -eq "$wanted" ] ||
        complain "moat report $*: exit status $status, not $wanted: $(cat err)"
}

says() {
    grep -qF -- "$2" "$1" || complain "$1 does not say '$2': $(head -c 2000 "$1")"
}

lacks() {
    ! grep -qF -- "$2" "$1" || complain "$1 says '$2': $(head -c 2000 "$1")"
}

absent() {
    for path in "$@"; do
        [ ! -e "$path" ] || complain "$path is there"
    done
}

# same FOLDER FOLDER: both hold the same report of lab.
same() {
    cmp -s "$1/lab.report.md" "$2/lab.report.md" && diff -r "$1/lab.report" "$2/lab.report" >diff ||
        complain "the reports in $1 and $2 differ: $(cat diff)"
}

cat >lab.lua <<'END'
-- Can the lab pay for its compute?
horizon { from = "2026-Q3", periods = 6, step = "quarter" }
local words = require "parts.words"
local a = assume {
  revenue = { "40 to 48 $bn/yr", source = "a footnote" },
  growth = "0 to 40 %/yr",
  compute = { "3 to 4 GW", note = words.note },
}
variant("dear", { compute = "5 GW" })
local profit = grow(a.revenue, a.growth) - a.compute * "13 $bn/GW/yr"
output("profit", profit)
output("last", profit:last(), { label = "Profit | in the *end*" })
END
mkdir parts
echo 'return { note = "all of it" }' >parts/words.lua
cat >small.lua <<'END'
output("x", q "1 to 2 $bn")
END

# --- Where it goes, and that what is there already is not touched.
expect 0 lab.lua
says err "lab.report.md: written, with "
[ ! -s out ] || complain "a report that is written prints: $(cat out)"
says lab.report.md "# Can the lab pay for its compute?"
says lab.report.md "](lab.report/"
says lab.report.md "parts/words.lua"
for picture in $(sed -n 's/.*](\(lab.report[^)]*\)).*/\1/p' lab.report.md); do
    [ -s "$picture" ] || complain "there is no $picture"
done
[ "$(grep -c '](lab.report/' lab.report.md)" -eq "$(ls lab.report | wc -l)" ] ||
    complain "pictures that the report does not show: $(ls lab.report)"
touch -d 2020-01-01 lab.report.md lab.report/*
expect 0 lab.lua
says err "lab.report.md: as it was"
[ -z "$(find lab.report.md lab.report/* -newermt 2021-01-01)" ] || complain "what has not changed was written"
expect 0 lab.lua --quiet
[ ! -s err ] || complain "--quiet says $(cat err)"
mkdir elsewhere
expect 0 lab.lua --output elsewhere/other.md
says elsewhere/other.md "](other.report/"
[ -d elsewhere/other.report ] || complain "there is no elsewhere/other.report"

# --- The same bytes wherever and however it is made.
for how in "--threads 1" "--threads 2" "--threads 7" "MOAT_ISA=baseline" "MOAT_ISA=avx2"; do
    rm -rf copy && mkdir copy && cp -r lab.lua parts copy/
    case $how in
    MOAT_ISA*)
        env "$how" "$moat" --version >/dev/null 2>&1 || continue
        (cd copy && env "$how" "$moat" report lab.lua --quiet 2>"$folder/err") || grep -q "does not have" err || complain "$how: $(cat err)"
        [ -e copy/lab.report.md ] || continue
        ;;
    *)
        # shellcheck disable=SC2086 # an option and its value
        expect 0 "$folder/copy/lab.lua" $how
        ;;
    esac
    same . copy
done

# --- Comparing.
expect 0 lab.lua --check
says err "lab.report.md: up to date"
cp -r . "$folder.kept"
sed -i 's/pay for its/pay its/' lab.report.md
picture=$(ls lab.report | head -n 1)
echo "<!-- -->" >>"lab.report/$picture"
rm "lab.report/$(ls lab.report | tail -n 1)"
echo "<svg/>" >lab.report/more.svg
find lab.report* -type f -printf '%p %T@ %s %i\n' >before
expect 3 lab.lua --check
find lab.report* -type f -printf '%p %T@ %s %i\n' >after
cmp -s before after || complain "--check changes files"
says err "lab.report.md: not what would be written now"
says out "-# Can the lab pay its compute?"
says out "+# Can the lab pay for its compute?"
says out "+++ /dev/null"
says out "--- /dev/null"
if command -v git >/dev/null; then
    git apply out 2>apply || complain "the patch does not apply: $(cat apply)"
    expect 0 lab.lua --check
    same . "$folder.kept"
fi
rm -rf "$folder.kept"
expect 0 lab.lua
expect 3 lab.lua --check --seed 2
expect 3 lab.lua --check --output missing.md
absent missing.md missing.report
expect 0 lab.lua --to html
expect 0 lab.lua --to html --check
echo >>lab.report.html
expect 3 lab.lua --to html --check
expect 2 lab.lua --check --watch
says err "exclude each other"
expect 2 lab.lua --check --output -
expect 2 lab.lua --to pdf
says err "--to needs markdown or html"

# --- A change of one assumption changes its own lines, and those of what depends on it.
cp lab.report.md before
sed 's/"a footnote"/"another footnote"/' lab.lua >changed && cp changed lab.lua
expect 3 lab.lua --check
[ "$(grep -c '^-' out)" -eq 3 ] || complain "a new source changes more than its line: $(cat out)"
expect 0 lab.lua

# --- Standard output, devices and standard input.
expect 0 lab.lua --output -
says out '```text'
lacks out '](lab.report'
"$moat" report - <small.lua >out 2>err || complain "a script from standard input: $(cat err)"
says out "## Outputs"
"$moat" report small.lua --output - >/dev/full 2>err && complain "a full disk is no failure"
says err "No space left"
expect 1 small.lua --output /dev/full
says err "cannot write /dev/full"
absent small.report.md small.report
"$moat" report lab.lua --output - --to html 2>err | head -c 10 >out
[ "$(cat out)" = "<!DOCTYPE " ] || complain "a page on standard output begins with $(cat out)"

# --- Pages: well-formed, self-contained.
expect 0 lab.lua --to html
python3 - lab.report.html <<'END' || complain "the page is not as it should be"
import re, sys
from html.parser import HTMLParser
void = {"meta", "hr", "br", "input", "link", "img"}
class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.refs, self.tags = [], [], [], []
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append(tag)
        if tag not in void: self.open.append(tag)
        if "id" in attributes: self.ids.append(attributes["id"])
        for name in ("href", "aria-labelledby", "aria-describedby"):
            self.refs += (attributes.get(name) or "").split()
        assert "src" not in attributes and "xlink:href" not in attributes, attributes
        assert not any(name.startswith("on") for name in attributes), attributes
    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in void: self.open.pop()
    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open, self.getpos())
        self.open.pop()
text = open(sys.argv[1], encoding="utf-8").read()
page = Page()
page.feed(text)
page.close()
assert not page.open, page.open
assert len(page.ids) == len(set(page.ids)), sorted(page.ids)
for ref in page.refs:
    assert ref.startswith("http") or ref.lstrip("#") in page.ids, ref
assert "script" not in page.tags and "svg" in page.tags and "nav" in page.tags
assert '<html lang="en">' in text and "<title>Can the lab pay for its compute?</title>" in text
assert not re.search(r"@import|url\(\s*['\"]?(?!#)", text)
END

# --- Memos.
cat >memo.md <<'END'
# A *memo* of {{ "the lab" }}

```lua hide
local a = assume { price = "12 to 15 $bn/GW/yr", power = "2 GW" }
local cost = a.price * a.power
print "hidden"
```

It costs {{ cost | mean | 4 digits }}, or {{ cost | range }}; `{{ code }}`, \{{ text }}.

```lua
print("shown", a.power)
report.chart { title = "What it costs", kind = "histogram", { cost, label = "cost" } }
```

```lua echo
local dear = cost:above("28 $bn/yr")
```

Above 28 in {{ dear | expect 10 to 40 }}; in {{ "2026" }} and {{ 2026 }} and {{ 12345 }}.

```python
print("{{ as it is }}")
```
END
expect 0 memo.md
printf '%s\n' '# A *memo* of the lab' '' >expected
sed -n '1,2p' memo.report.md | cmp -s - expected || complain "the memo begins: $(head -n 3 memo.report.md)"
says memo.report.md 'It costs 26.91 $bn/yr, or 24.0 to 30.0 $bn/yr; `{{ code }}`, \{{ text }}.'
says memo.report.md $'shown\t2 GW'
says memo.report.md "](memo.report/What-it-costs.svg)"
says memo.report.md 'local dear = cost:above'
says memo.report.md 'in 2026 and 2026 and 12,345.'
says memo.report.md 'print("{{ as it is }}")'
lacks memo.report.md hidden
lacks memo.report.md 'report.chart'
expect 0 memo.md --check
expect 0 memo.md --to html
says memo.report.html "<h1 id=\"a-memo-of-the-lab\">A <em>memo</em> of the lab</h1>"
expect 2 memo.report.md
says err "memo.report.md is a report"
expect 2 memo.md --output memo.md
says err "would take the place of memo.md"
cp memo.report.md kept
expect 1 memo.md --set 'price=20 $bn/GW/yr'
says err "moat: memo.md:20: expected 10 to 40, found 100 %: dear"
expect 2 memo.md --set 'prise=20 $bn/GW/yr'
says err "price"
cmp -s kept memo.report.md || complain "a failed expectation changes the report"
printf '{{ 1 | expect 2 }}\n\n{{ 2 | expect 2 }} {{ q "3 $bn"\n | expect below 3 $bn }}\n' >two.md
expect 1 two.md
says err "moat: two.md:1: expected 2, found 1: 1"
says err 'moat: two.md:3: expected below 3 $bn, found 3 $bn: q "3 $bn"'
absent two.report.md
echo 'return 12' >parts/twelve.lua
echo '{{ require "parts/twelve" }} in all' >two.md
expect 0 two.md --output -
says out "12 in all"
rm two.md

# mistake LINE MESSAGE TEXT: a memo of this text fails with the message at the line.
mistake() {
    printf '%b' "$3" >bad.md
    expect 1 bad.md
    says err "moat: bad.md:$1: $2"
    absent bad.report.md bad.report .bad.report.md.new
}
# A memo without outputs has no digest of them, and says once what is judged.
cat >few.md <<'END'
```lua hide
local a = assume {
  x = { "1 to 2 $bn", note = "a judgement of ours" },
  y = { 3, note = "by definition" },
  z = { 4, note = "rented" },
}
```

{{ a.x }}

{{ report }}
END
expect 0 few.md --output -
lacks out "digest of all outputs"
says out "version give the same figures to the last bit."
says out "None of 3 has a source: they are judgements, and the first thing to argue about."
says out "| a judgement of ours "
says out "| by definition "
says out "| judgement; rented "
for command in run repl check "compare lab.lua"; do
    # shellcheck disable=SC2086
    "$moat" $command few.md >out 2>err </dev/null &&
        complain "moat $command takes a memo"
    says err "moat: few.md is a memo and no script; moat report few.md runs it"
done
printf '```lua\na = assume { x = { 3, source = "a" } }\n```\n{{ report }}\n' >few.md
expect 0 few.md --output -
says out "The one assumption has a source."
printf '```lua\na = assume { x = 3 }\n```\n{{ report }}\n' >few.md
expect 0 few.md --output -
says out "The one assumption is a judgement, and the first thing to argue about."
printf '```lua\na = assume { x = { 3, source = "a" }, y = { 4, source = "b" } }\n```\n{{ report }}\n' >few.md
expect 0 few.md --output -
says out "All 2 have a source."
mistake 3 "the block that begins here has no end" 'a\n\n```lua\nx = 1\n'
mistake 2 "the block that begins here has no end" 'a\n```\n{{ x }}\n'
mistake 2 "the {{ has no }} in its paragraph" 'a\nb {{ c\n\nd }}\n'
mistake 1 "there is no expression" 'a {{ }}'
mistake 2 "a block of Lua has no option hidden" '\n```lua hidden\n```\n'
mistake 4 "'then' expected" 'a\n\n```lua\nif x the\n```\n'
mistake 6 "the key" 'a\n\n```lua\nx = 1\n\nerror "the key"\n```\n'
mistake 5 "attempt" '```lua\nlocal f\n```\n\n{{ f.x }}\n'
mistake 4 "periods needs the periods" '```lua hide\nx = 1\n```\n{{ #periods() }}'
mistake 3 'q: "3 GWW" is not a quantity: unknown unit' 'a\n\n{{ q "3 GWW" }}\n'
mistake 2 'there is nothing named "nothing"' 'a\n{{ nothing }}\n'
mistake 2 "the expression between {{ and }} is nil" 'a\n{{ ({}).x }}\n'
mistake 1 "a table cannot stand in a text" '{{ {1} }}'
mistake 1 "the expression between {{ and }} gives several values" '{{ 1, 2 }}'
mistake 2 "a series cannot stand in a text" '\n{{ horizon { from = "2026", periods = 2, step = "year" } or grow("1 $bn", "5 %/yr") }}'
mistake 1 '"three" is no number that could be expected' '{{ 3 | expect three }}'
mistake 1 "after | stands which figure is shown" '{{ q "3 to 4 $bn" | exect 3 }}'
mistake 1 "after | stands which figure is shown" '{{ q "3 to 4 $bn" | meen value | 3 digits }}'
mistake 1 'nothing is from "4 to 3"' '{{ q "3 $bn" | expect 4 to 3 }}'
mistake 1 '"GW" does not fit what was found' '{{ q "3 $bn" | expect 3 GW }}'
mistake 1 "nothing can be expected of a range" '{{ q "3 to 4 $bn" | range | expect 3 }}'
printf 'a\n\0b' >bad.md
expect 1 bad.md
says err "moat: bad.md:2: there is a zero byte"
printf '```lua\nwhile true do end\n```\n' >bad.md
expect 4 bad.md --time-limit 0.2
says err "bad.md:2: stopped after 0.2 s"
rm bad.md

# --- What stands in the way.
expect 1 lab.lua --output nowhere/x.md
says err "nowhere"
absent nowhere
rm -rf lab.report.md lab.report && expect 0 lab.lua
echo "mine" >lab.report/notes.txt
cp lab.report.md kept
expect 1 lab.lua --seed 7
says err "lab.report is the folder of a report's pictures, but holds notes.txt"
cmp -s kept lab.report.md || complain "a refused report changes the document"
rm lab.report/notes.txt
mkdir lab.report/more.svg
expect 1 lab.lua --seed 7
says err "but holds more.svg"
rmdir lab.report/more.svg
echo x >small.report
expect 1 small.lua
says err "small.report stands where the folder"
absent small.report.md
rm small.report
mkdir small.report.md
expect 1 small.lua
says err "small.report.md"
rmdir small.report.md
if [ "$(id -u)" != 0 ]; then
    mkdir locked && cp small.lua locked/ && chmod a-w locked
    expect 1 locked/small.lua
    says err "Permission denied"
fi
expect 2 missing.lua
says err "missing.lua"

# --- What a process that was killed has left is removed; what has no more pictures loses the folder.
mkdir .lab.report.new .lab.report.old
echo x | tee .lab.report.new/a.svg .lab.report.old/b.svg >.lab.report.md.new
expect 0 lab.lua --seed 7
absent .lab.report.new .lab.report.old .lab.report.md.new
echo "No picture." >plain.md
mkdir plain.report && echo "<svg/>" >plain.report/old.svg
expect 0 plain.md
absent plain.report .plain.report.old
rm plain.*

# --- Whenever it is killed, the old report or the new is there, complete.
expect 0 lab.lua --seed 1
for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
    "$moat" report lab.lua --seed $((n % 2 + 1)) --quiet >/dev/null 2>&1 &
    sleep "0.0$((n * 7 % 10))"
    { kill -9 $! && wait $!; } >/dev/null 2>&1
    tail -n 3 lab.report.md | grep -q "SHA-256" || complain "killed: the document is cut off"
    for picture in $(sed -n 's/.*](\(lab.report[^)]*\)).*/\1/p' lab.report.md); do
        [ "$(tail -n 1 "$picture")" = "</svg>" ] || complain "killed: $picture is cut off"
    done
done
expect 0 lab.lua --seed 1
expect 0 lab.lua --seed 1 --check
absent .lab.report.new .lab.report.old .lab.report.md.new

# --- Watching.
await() {
    for _ in $(seq 100); do
        grep -qF -- "$1" watched && return
        sleep 0.1
    done
    complain "--watch does not say '$1': $(cat watched)"
}
rm -rf small.report*
# Job control, so that the shell does not have Ctrl-C ignored.
set -m
"$moat" report small.lua --watch 2>watched &
watcher=$!
set +m
await "small.report.md: written"
echo 'output("x", q "1 to 3 $bn", { label = require "parts/label" })' >small.lua
await "parts/label"
echo 'return "Labelled"' >parts/label.lua
# What is not there cannot be seen to change: the script is.
touch small.lua
for _ in $(seq 100); do
    grep -q Labelled small.report.md && break
    sleep 0.1
done
says small.report.md Labelled
echo 'return "Renamed"' >parts/next.lua
mv parts/next.lua parts/label.lua
for _ in $(seq 100); do
    grep -q Renamed small.report.md && break
    sleep 0.1
done
says small.report.md Renamed
kill -INT $watcher
wait $watcher
status=$?
[ $status -eq 130 ] || complain "--watch that is interrupted ends with $status"

[ $failures -eq 0 ]
