# servers.sh - the mail servers and the database that Postern is measured against. Sourced by bench/run.
#
# As in the lab: Postfix's Debian package is unpacked into a folder of its own and runs there, on loopback, and is gone afterwards.

BENCH=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export LAB_STATE=${BENCH_STATE:-$BENCH/run-state} LAB_PORT_BASE=${BENCH_PORT_BASE:-13500}
mkdir -p "$LAB_STATE"
. "$BENCH/../lab/lab.sh"
ROOT=postfix
SINK_SESSIONS_MAX=256

sink_port() { port 0; }
queue_port() { port 1; }
database_port() { port 2; }

# smtp-sink takes every mail and throws it away.
sink_up() {
  home sink
  cat >"$STATE/sink/init" <<-EOF
	trap 'exit 0' TERM
	/usr/sbin/smtp-sink -4 -u nobody -h sink.bench.test 127.0.0.1:$(sink_port) $SINK_SESSIONS_MAX &
	wait
	EOF
  refuse_taken "$(sink_port)"
  launch sink
  wait_ready sink "$(sink_port)"
}

# A Postfix as Debian ships it, whose deliveries go nowhere: what it takes to accept a mail durably and to be rid of it.
queue_up() {
  home queue
  mkdir -p "$STATE"/queue/{spool,data}
  cat >"$STATE/queue/etc/main.cf" <<-EOF
	compatibility_level = 3.6
	queue_directory = /lab/spool
	data_directory = /lab/data
	command_directory = /usr/sbin
	daemon_directory = /usr/lib/postfix/sbin
	meta_directory = /etc/postfix
	shlib_directory = /usr/lib/postfix
	maillog_file_prefixes = /lab
	maillog_file = /lab/log/mail.log
	inet_interfaces = 127.0.0.1
	inet_protocols = ipv4
	myhostname = queue.bench.test
	mynetworks = 127.0.0.0/8
	mydestination =
	alias_maps =
	local_recipient_maps =
	default_transport = discard:
	smtpd_peername_lookup = no
	smtpd_client_connection_count_limit = 0
	EOF
  cat >"$STATE/queue/etc/master.cf" <<-EOF
	127.0.0.1:$(queue_port) inet n - n - - smtpd
	cleanup unix n - n - 0 cleanup
	qmgr unix n - n 300 1 qmgr
	rewrite unix - - n - - trivial-rewrite
	bounce unix - - n - 0 bounce
	defer unix - - n - 0 bounce
	trace unix - - n - 0 bounce
	proxymap unix - - n - - proxymap
	error unix - - n - - error
	retry unix - - n - - error
	discard unix - - n - - discard
	anvil unix - - n - 1 anvil
	tlsmgr unix - - n 1000? 1 tlsmgr
	postlog unix-dgram n - n - 1 postlogd
	EOF
  cat >"$STATE/queue/init" <<-'EOF'
	export PATH=/usr/sbin:/usr/bin
	mkdir -p /lab/spool/private
	chown postfix /lab/data /lab/spool/private
	chgrp postdrop /usr/sbin/postqueue /usr/sbin/postdrop
	chmod 2755 /usr/sbin/postqueue /usr/sbin/postdrop
	trap 'kill $master; wait $master; exit 0' TERM
	postfix -c /lab/etc check
	/usr/lib/postfix/sbin/master -c /lab/etc -s &
	master=$!
	wait
	EOF
  refuse_taken "$(queue_port)"
  launch queue
  wait_ready queue "$(queue_port)"
}

# PostgreSQL as Debian ships it, durable: fsync and synchronous_commit stay on.
database_up() {
  local bin
  bin=$(find /usr/lib/postgresql -name initdb -path '*/bin/*' 2>/dev/null | sort -V | tail -1)
  [ -n "$bin" ] || cannot "PostgreSQL is missing; .ci/install installs it"
  bin=$(dirname "$bin")
  DATABASE=$(mktemp -d /tmp/postern-bench.XXXXXX)
  chown postgres "$DATABASE"
  DATABASE_STOP="$bin/pg_ctl"
  runuser -u postgres -- "$bin/initdb" -D "$DATABASE/data" -U postern -A trust -E UTF8 --locale=C >"$DATABASE.log" 2>&1 || fail "initdb: $(tail -2 "$DATABASE.log")"
  runuser -u postgres -- "$bin/pg_ctl" -D "$DATABASE/data" -s -w -t 60 -l "$DATABASE/server.log" start -o \
    "-c listen_addresses=127.0.0.1 -c port=$(database_port) -c unix_socket_directories='' -c max_connections=300 -c shared_buffers=128MB" \
    </dev/null >/dev/null 2>&1 || fail "PostgreSQL does not start: $(tail -2 "$DATABASE/server.log")"
}

database_down() {
  [ -n "${DATABASE:-}" ] || return 0
  runuser -u postgres -- "$DATABASE_STOP" -D "$DATABASE/data" -s -m immediate -w stop 2>/dev/null || true
  rm -rf "${DATABASE:?}" "$DATABASE.log"
  DATABASE=
}

home() {
  halt "$1"
  rm -rf "${STATE:?}/$1"
  mkdir -p "$STATE/$1"/{etc,log}
}

servers_down() {
  halt sink
  halt queue
  database_down
}
