# Waiting for processes, for tests that end them. By what the system says of them: a time that is
# always long enough is too long.

# await_watch PID: until the process waits for Ctrl-C itself; before, a signal ends it untold, or is
# lost where the shell has it ignored.
await_watch() {
    for _ in $(seq 1000); do
        grep -qs '^SigBlk:.*[2367abef]$' "/proc/$1/status" && return
        sleep 0.02
    done
    return 1
}

# await_child PID: prints the process that it has started.
await_child() {
    local status
    for _ in $(seq 1000); do
        status=$(grep -lsx "PPid:[[:space:]]*$1" /proc/[0-9]*/status | head -n 1) || true
        if [ -n "$status" ]; then
            echo "$status" | tr -cd 0-9
            return
        fi
        sleep 0.02
    done
    return 1
}

# await_end PID: until there is no such process, or only its status is left to be asked for.
await_end() {
    for _ in $(seq 500); do
        grep -qs '^State:[[:space:]]*[^ZX]' "/proc/$1/status" || return 0
        sleep 0.02
    done
    return 1
}
