#!/bin/bash
# sink.sh up|start|stop|status|unpack - smtp-sink of the Postfix package: takes every mail and throws it away, for speed.
# sink.sh source [OPTION...]           - smtp-source against it, e.g. lab/servers/sink.sh source -m 5000 -l 4096 -s 20
. "$(dirname "$0")/../lab.sh"

ROOT=postfix

packages() { "$LAB/servers/postfix.sh" unpack; }

facts() { echo "sink.none.port=$(port 199)"; }

configure() {
  cat >"$STATE/sink/init" <<-EOF
	trap 'exit 0' TERM
	/usr/sbin/smtp-sink -u nobody -h sink.lab.test 127.0.0.1:$(port 199) 1000 &
	wait
	EOF
}

case "${1:-}" in
  source)
    shift
    "$LAB/inside" sink /usr/sbin/smtp-source "$@" "127.0.0.1:$(port 199)"
    ;;
  *) server_main sink "$@" ;;
esac
