#!/bin/bash
# dovecot.sh up|start|stop|status|unpack - Dovecot's submission server of Debian 12. It takes the mail and relays it to the lab's
# Postfix (door mx), so mails are found there: run-state/postfix/mail.
#
# Mechanisms are a setting of the whole Dovecot, so there is an instance for all of them and one more for each. The door
# `none` is the same listener kind as `starttls`, used without it: Dovecot takes every sign-in from loopback.
. "$(dirname "$0")/../lab.sh"
. "$LAB/sasl.sh"

packages() { unpack bookworm dovecot dovecot-core dovecot-submissiond; }

# instances: lines "SUFFIX OFFSET MECHANISM..."; each takes three ports
instances() {
  local mechanism offset=103
  echo "all 100 $MECHANISMS"
  for mechanism in $MECHANISMS; do
    echo "$(echo "$mechanism" | tr 'A-Z' 'a-z') $offset $mechanism"
    offset=$((offset + 3))
  done
}

facts() {
  echo "dovecot.mail=$STATE/postfix/mail"
  instances | while read -r name offset _; do
    [ "$name" = all ] && name= || name=".$name"
    echo "dovecot.starttls$name.port=$(port "$offset")"
    echo "dovecot.tls$name.port=$(port $((offset + 1)))"
    echo "dovecot.none$name.port=$(port $((offset + 2)))"
  done
}

configure() {
  local name offset mechanisms
  "$LAB/servers/postfix.sh" status | grep -q running, || "$LAB/servers/postfix.sh" up
  sasl_accounts dovecot
  instances | while read -r name offset mechanisms; do
    { sasl_settings $mechanisms; submission "$name" "$offset"; } >"$STATE/dovecot/etc/$name.conf"
  done
  init >"$STATE/dovecot/init"
}

submission() {
  cat <<-EOF
	base_dir = /run/dovecot/$1
	state_dir = /run/dovecot/$1/state
	instance_name = $1
	log_path = /lab/log/$1.log
	protocols = submission
	listen = 127.0.0.1
	hostname = mail.lab.test
	ssl = yes
	ssl_cert = </lab/tls/good.pem
	ssl_key = </lab/tls/good.pem
	mail_location = maildir:~
	submission_relay_host = 127.0.0.1
	submission_relay_port = $(port 0)
	userdb {
	  driver = static
	  args = uid=vmail gid=vmail home=/lab/mail/%Ld/%Ln allow_all_users=yes
	}
	service submission-login {
	  inet_listener submission {
	    port = $(port "$2")
	  }
	  inet_listener submissions {
	    port = $(port $(($2 + 1)))
	    ssl = yes
	  }
	  inet_listener unprotected {
	    port = $(port $(($2 + 2)))
	  }
	}
	EOF
}

init() {
  cat <<-'EOF'
	export PATH=/usr/sbin:/usr/bin
	mkdir -p /run/dovecot
	chown vmail:vmail /lab/mail
	trap 'exit 0' TERM
	for instance in /lab/etc/*.conf; do dovecot -F -c $instance & done
	wait
	EOF
}

server_main dovecot "$@"
