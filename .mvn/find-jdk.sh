# Sourced by ./postern, ./check, ./dev and ./format: prints the home of a JDK 25 or newer, or fails.

# The major version that a home's release file names; nothing when there is none.
jdk_major() {
  [ -x "$1/bin/java" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  if [ -n "${POSTERN_JAVA:-}" ]; then
    major=$(jdk_major "$POSTERN_JAVA")
    [ "${major:-0}" -ge 25 ] || echo "POSTERN_JAVA names no JDK 25 or newer: $POSTERN_JAVA. Looking elsewhere." >&2
  fi
  for home in "${POSTERN_JAVA:-}" "$1/runtime" "${JAVA_HOME:-}" /usr/lib/jvm/* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/*; do
    [ -n "$home" ] || continue
    major=$(jdk_major "$home")
    if [ "${major:-0}" -ge 25 ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}
