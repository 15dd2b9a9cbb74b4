#!/usr/bin/env bash
# moat repl at a terminal.
exec python3 -B tests/terminal/repl.py "$(realpath "$1")"
