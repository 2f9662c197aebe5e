# Processes of a test's server that outlive the script which started them: sourced by the scripts beside this one. They set
# STATE, the folder of its pid files and logs, and `die`, which says what is wrong and ends.

# Ours still, and not another process that was given the same number?
running() {
  local pid born
  [ -f "$STATE/$1.pid" ] || return 1
  read -r pid born < "$STATE/$1.pid"
  [ "$(cut -d' ' -f22 "/proc/$pid/stat" 2>/dev/null)" = "$born" ] && echo "$pid"
}

start() {
  local name=$1 pid; shift
  setsid "$@" > "$STATE/$name.log" 2>&1 < /dev/null &
  pid=$!
  echo "$pid $(cut -d' ' -f22 "/proc/$pid/stat")" > "$STATE/$name.pid"
}

stop() {
  local pid
  if pid=$(running "$1"); then
    kill -TERM -- "-$pid" 2>/dev/null || true
    for _ in $(seq 100); do kill -0 -- "-$pid" 2>/dev/null || break; sleep 0.1; done
    kill -KILL -- "-$pid" 2>/dev/null || true
  fi
  rm -f "$STATE/$1.pid"
}

# until_true SECONDS PROCESS COMMAND...
until_true() {
  local seconds=$1 process=$2; shift 2
  for _ in $(seq $((seconds * 10))); do
    "$@" >/dev/null 2>&1 && return 0
    running "$process" >/dev/null || break
    sleep 0.1
  done
  tail -20 "$STATE/$process.log" >&2
  die "$process did not come up"
}
