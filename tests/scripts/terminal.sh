#!/usr/bin/env bash
# moat repl at a terminal.
# libedit, which is not instrumented, goes on from its handler of Ctrl-C by a way that
# ThreadSanitizer does not see: all that follows is inside of the signal to it.
export TSAN_OPTIONS="report_signal_unsafe=0 ${TSAN_OPTIONS-}"
exec python3 -B tests/terminal/repl.py "$(realpath "$1")"
