# lab.sh - what the scripts of the lab share: places, ports, packages, namespaces. Sourced by bash, never run by itself.
#
# A server's Debian packages are unpacked into a root folder of its own (run-state/pkg/NAME) and the server runs there by
# chroot, in a private mount and process namespace. Nothing is installed: mail servers exclude each other in dpkg, and
# the machine stays as it was. The network is the machine's; every server listens on 127.0.0.1 only.

set -euo pipefail
LAB=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
STATE=${LAB_STATE:-$LAB/run-state}
BASE=${LAB_PORT_BASE:-12500}
READY_SECONDS=90
STOP_SECONDS=10
# Essential packages are nobody's dependency; these few are what the servers' own scripts call.
ESSENTIAL="dash coreutils sed grep mawk findutils diffutils hostname"
MAIL_ID=5000 # user and group that own every mailbox

say() { printf 'lab: %s\n' "$*"; }
fail() { printf 'lab: %s\n' "$*" >&2; exit 1; }
# Exit 3: the lab cannot run here at all, which is not the same as a failed test.
cannot() { printf 'lab: cannot run here: %s\n' "$*" >&2; exit 3; }

servers() { echo postfix exim opensmtpd dovecot sink; }
port() { echo $((BASE + $1)); }

need_machine() {
  [ "$(id -u)" = 0 ] || cannot "root is needed for chroot and namespaces; run it as root"
  local tool
  for tool in apt-get dpkg-deb unshare nsenter openssl setsid; do
    command -v $tool >/dev/null || cannot "the program $tool is missing (Debian: apt-get install apt dpkg util-linux openssl)"
  done
  unshare --mount --pid --fork true 2>/dev/null ||
    cannot "this kernel or container refuses mount and process namespaces (a container needs CAP_SYS_ADMIN)"
}

# Compiles the console with its tests and prints their class path; JAVA_HOME is set for the caller by find_java before.
test_classes() {
  cd "$LAB/.."
  mvn -B -ntp -q -Pfast -pl console -am test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile=target/test.classpath >&2 || fail "the build failed"
  echo "$PWD/console/target/test-classes:$PWD/console/target/classes:$(cat console/target/test.classpath)"
}

find_java() {
  . "$LAB/../.mvn/find-jdk.sh"
  JAVA_HOME=$(find_jdk "$(dirname "$LAB")") || cannot "Java 25 or newer is needed"
  export JAVA_HOME
}

# A setting of this run (password, token); made once by lab/up, read by the servers' scripts.
property() { sed -n "s/^$1=//p" "$STATE/secrets"; }

# --- packages ---------------------------------------------------------------------------------------------------------

# apt with lists, cache and "installed" state of its own, so that the machine's apt is neither needed fresh nor changed.
lab_apt() {
  local suite=$1 home="$STATE/pkg/apt-$1"
  shift
  APT_CONFIG="$home/apt.conf" apt-get -qq -y -o Acquire::Retries=3 "$@"
}

# The archives in this machine's own package sources, whichever form they are written in; first those that it has the
# suite from. apt itself names them, also where it has fetched no lists yet.
mirrors() {
  local suite=$1 uris
  uris=$(apt-get update --print-uris | sed -n "s|^'\(.*\)/dists/\([^']*\)/InRelease' .*|\2 \1|p")
  {
    awk -v suite="$suite" '$1 == suite {print $2}' <<<"$uris"
    awk '{print $2}' <<<"$uris"
  } | awk '!seen[$0]++'
}

apt_home() {
  local suite=$1 home="$STATE/pkg/apt-$1" mirror
  [ ! -e "$home/fresh" ] || return 0
  mkdir -p "$home/lists/partial" "$STATE/pkg/debs/partial"
  : >"$home/status"
  cat >"$home/apt.conf" <<-EOF
	Dir::State "$home"; Dir::State::status "$home/status"; Dir::State::lists "$home/lists";
	Dir::Cache "$home"; Dir::Cache::archives "$STATE/pkg/debs"; Dir::Etc::sourcelist "$home/sources.list";
	Dir::Etc::sourceparts "/dev/null"; Dir::Etc::preferencesparts "/dev/null";
	APT::Sandbox::User "root"; APT::Install-Recommends "false"; Acquire::Languages "none";
	EOF
  rm -f "$home/log"
  for mirror in $(mirrors "$suite"); do
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$home/sources.list"
    if lab_apt "$suite" update --error-on=any >"$home/log" 2>&1; then
      touch "$home/fresh"
      return 0
    fi
  done
  [ -e "$home/log" ] || cannot "the package sources of this machine (/etc/apt) name no archive; the lab needs Debian $suite"
  cannot "no archive in the package sources of this machine (/etc/apt) gives Debian $suite with a signature that debian-archive-keyring knows; the last one said: $(grep -m1 '^[EW]:' "$home/log")"
}

# unpack SUITE NAME PACKAGE...: the packages with all they depend on, as a root folder under run-state/pkg/NAME.
unpack() {
  local suite=$1 name=$2 root="$STATE/pkg/$2" log="$STATE/pkg/$2.log" deb folder
  shift 2
  [ "$(cat "$root/.lab" 2>/dev/null)" = "$suite $*" ] && return
  say "unpacking $name from Debian $suite"
  rm -rf "$root"
  apt_home "$suite"
  # shellcheck disable=SC2086
  lab_apt "$suite" install --download-only $ESSENTIAL "$@" \
    >"$log" 2>&1 || { rm -f "$STATE/pkg/apt-$suite/fresh"; cannot "packages not downloaded: $(grep '^E:' "$log" | head -1)"; }
  mkdir -p "$root"
  for folder in bin sbin lib lib64; do
    mkdir -p "$root/usr/$folder"
    ln -s "usr/$folder" "$root/$folder"
  done
  # shellcheck disable=SC2086
  lab_apt "$suite" -s install $ESSENTIAL "$@" |
    awk '$1 == "Inst" {v = $3; sub(/^\(/, "", v); gsub(/:/, "%3a", v); print $2 "_" v}' |
    while read -r deb; do
      dpkg-deb --fsys-tarfile "$STATE/pkg/debs/$deb"_*.deb | tar -x -C "$root" --keep-directory-symlink \
        --exclude=./usr/share/{doc,man,locale,i18n,perl} || fail "$deb does not unpack"
    done || exit
  ln -sf mawk "$root/usr/bin/awk"
  accounts "$root"
  echo "$suite $*" >"$root/.lab"
}

# The accounts that the packages' own scripts would have made.
accounts() {
  local root=$1 id=200 name
  mkdir -p "$root"/{etc,dev,proc,run,tmp,lab,var/run}
  printf 'root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/false\nvmail:x:%s:%s::/lab/mail:/bin/false\n' \
    $MAIL_ID $MAIL_ID >"$root/etc/passwd"
  printf 'root:x:0:\nmail:x:8:\nnogroup:x:65534:\nvmail:x:%s:\n' $MAIL_ID >"$root/etc/group"
  for name in postfix postdrop dovecot dovenull Debian-exim opensmtpd opensmtpq; do
    echo "$name:x:$id:$id::/:/bin/false" >>"$root/etc/passwd"
    echo "$name:x:$id:" >>"$root/etc/group"
    id=$((id + 1))
  done
  printf '127.0.0.1 localhost mail.lab.test\n' >"$root/etc/hosts"
  printf 'hosts: files\n' >"$root/etc/nsswitch.conf"
  echo mail.lab.test >"$root/etc/mailname"
}

# --- processes --------------------------------------------------------------------------------------------------------

# The state and start time of a process. A process id alone may by now belong to somebody else.
birth() { awk '{sub(/.*\) /, ""); if ($1 != "Z") print $20}' "/proc/$1/stat" 2>/dev/null || true; }

running() {
  local pid born
  read -r pid born 2>/dev/null <"$STATE/$1/pid" || return 1
  [ -n "$born" ] && [ "$(birth "$pid")" = "$born" ]
}

# launch NAME: runs run-state/NAME/init in the server's root folder (ROOT, where a script shares another server's), as the first process of its own namespace.
launch() {
  local name=$1 root="$STATE/pkg/${ROOT:-$1}" home="$STATE/$1" tries=0
  rm -f "$home/pid"
  setsid unshare --mount --pid --fork --propagation private \
    bash "$LAB/enter" "$root" "$home" </dev/null >"$home/console.log" 2>&1 &
  until [ -s "$home/pid" ]; do
    tries=$((tries + 1))
    [ $tries -lt $((READY_SECONDS * 20)) ] || fail "$name did not start: $(tail -3 "$home/console.log")"
    sleep 0.05
  done
}

# halt NAME: ends the first process of the namespace, and with it every other one there.
halt() {
  local name=$1 pid tries=0
  running "$name" || { rm -f "$STATE/$name/pid"; return 0; }
  read -r pid _ <"$STATE/$name/pid"
  kill -TERM "$pid" 2>/dev/null || true
  while running "$name"; do
    tries=$((tries + 1))
    [ $tries -ne $((STOP_SECONDS * 20)) ] || kill -KILL "$pid" 2>/dev/null || true
    [ $tries -lt $((STOP_SECONDS * 40)) ] || fail "$name (process $pid) does not end"
    sleep 0.05
  done
  rm -f "$STATE/$name/pid"
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The ports of a server, from its facts: lines NAME.DOOR.port=NUMBER.
ports() { facts | sed -n 's/^.*\.port=//p'; }

# wait_ready NAME PORT...: until every port takes a connection.
wait_ready() {
  local name=$1 number tries
  shift
  for number in "$@"; do
    tries=0
    until answers "$number"; do
      tries=$((tries + 1))
      running "$name" || fail "$name ended while starting: $(tail -3 "$STATE/$name/console.log")"
      [ $tries -lt $((READY_SECONDS * 20)) ] || fail "$name: port $number does not answer after $READY_SECONDS s"
      sleep 0.05
    done
  done
}

# refuse_taken PORT...: a port that already answers belongs to somebody else; our server would fail less clearly.
refuse_taken() {
  local number
  for number in "$@"; do
    ! answers "$number" || fail "port $number is taken by another program; choose another LAB_PORT_BASE"
  done
}

# The verbs that every lab/servers/NAME.sh understands; NAME.sh defines packages, configure and facts.
server_main() {
  local name=$1 verb=${2:-}
  case "$verb" in
    unpack) packages ;;
    facts) facts ;;
    up)
      halt "$name"
      packages
      rm -rf "${STATE:?}/$name"
      mkdir -p "$STATE/$name"/{etc,log,mail,tls}
      chmod 755 "$STATE/$name"
      cp "$STATE"/ca/*.pem "$STATE/$name/tls/"
      chmod 600 "$STATE/$name"/tls/*
      configure
      server_main "$name" start
      ;;
    start)
      running "$name" && return
      [ -e "$STATE/$name/init" ] || fail "$name is not configured; run lab/up $name"
      # shellcheck disable=SC2046
      refuse_taken $(ports)
      launch "$name"
      # shellcheck disable=SC2046
      wait_ready "$name" $(ports)
      say "$name is up"
      ;;
    stop) halt "$name" ;;
    status)
      if running "$name"; then
        echo "$name: running, process $(cut -d' ' -f1 "$STATE/$name/pid"), ports $(ports | tr '\n' ' ')"
      else
        echo "$name: not running"
      fi
      ;;
    *) fail "$0: up, start, stop, status, facts or unpack" ;;
  esac
}
