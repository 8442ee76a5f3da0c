#!/bin/bash
# postfix.sh up|start|stop|status|unpack - Postfix of Debian 12, with Dovecot as its SASL backend.
# postfix.sh refuse ADDRESS REPLY        - from now on answers REPLY to this recipient, e.g. '450 4.2.0 Later'
# postfix.sh accept ADDRESS              - takes it back
#
# Every address of lab.test, tenant.test, example.com and example.org has a mailbox: run-state/postfix/mail/DOMAIN/LOCAL/.
# Nothing leaves the machine: other domains are an error. The ports are listed in lab/README.md.
. "$(dirname "$0")/../lab.sh"
. "$LAB/sasl.sh"
FAULTS="expired notyet wronghost cnonly selfsigned nointermediate unknownca rsa1024 sha1"

packages() { unpack bookworm postfix postfix dovecot-core dovecot-lmtpd; }

# service DOOR OFFSET OPTION...: one smtpd in master.cf; while listing, the line of lab.properties that tells its port
listing=
service() {
  local door=$1 number option
  number=$(port "$2")
  shift 2
  if [ -n "$listing" ]; then
    echo "postfix.$door.port=$number"
    return
  fi
  echo "127.0.0.1:$number inet n - n - - smtpd"
  for option; do echo "  -o $option"; done
}

facts() {
  echo "postfix.mail=$STATE/postfix/mail"
  listing=yes
  doors
  pinned
  faulty
  listing=
}

configure() {
  local home="$STATE/postfix"
  mkdir -p "$home"/{spool,data}
  chown "$MAIL_ID:$MAIL_ID" "$home/mail"
  sasl_accounts postfix
  { sasl_settings $MECHANISMS DIGEST-MD5; mailboxes; backend; } >"$home/etc/dovecot.conf"
  main >"$home/etc/main.cf"
  { housekeeping; doors; pinned; faulty; } >"$home/etc/master.cf"
  tables
  init >"$home/init"
}

backend() {
  cat <<-EOF
	log_path = /lab/log/dovecot.log
	service auth {
	  unix_listener /lab/spool/private/auth {
	    mode = 0660
	    user = postfix
	    group = postfix
	  }
	}
	service lmtp {
	  unix_listener /lab/spool/private/dovecot-lmtp {
	    mode = 0600
	    user = postfix
	  }
	}
	EOF
}

main() {
  cat <<-EOF
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
	myhostname = mail.lab.test
	mynetworks =
	mydestination =
	alias_maps =
	local_recipient_maps =
	default_transport = error:5.4.4 nothing leaves the lab
	virtual_mailbox_domains = lab.test, tenant.test, example.com, example.org
	virtual_mailbox_maps = static:all
	virtual_transport = lmtp:unix:private/dovecot-lmtp
	header_checks = regexp:/lab/etc/content
	smtpd_relay_restrictions = permit_sasl_authenticated, reject
	smtpd_recipient_restrictions = check_recipient_access hash:/lab/etc/changing, check_recipient_access hash:/lab/etc/recipients
	smtpd_sender_restrictions = check_sender_access hash:/lab/etc/senders
	smtpd_sasl_type = dovecot
	smtpd_sasl_path = private/auth
	smtpd_tls_chain_files = /lab/tls/good.pem
	smtpd_tls_CAfile = /lab/tls/root.pem
	smtpd_tls_loglevel = 1
	smtpd_error_sleep_time = 0
	smtpd_client_connection_count_limit = 0
	smtpd_peername_lookup = no
	message_size_limit = 10240000
	EOF
}

# What delivers, cleans and logs; the same in every Postfix.
housekeeping() {
  cat <<-EOF
	cleanup unix n - n - 0 cleanup
	qmgr unix n - n 300 1 qmgr
	tlsmgr unix - - n 1000? 1 tlsmgr
	rewrite unix - - n - - trivial-rewrite
	bounce unix - - n - 0 bounce
	defer unix - - n - 0 bounce
	trace unix - - n - 0 bounce
	verify unix - - n - 1 verify
	flush unix n - n 1000? 0 flush
	proxymap unix - - n - - proxymap
	smtp unix - - n - - smtp
	showq unix n - n - - showq
	error unix - - n - - error
	retry unix - - n - - error
	lmtp unix - - n - - lmtp
	anvil unix - - n - 1 anvil
	scache unix - - n - 1 scache
	pickup unix n - n 60 1 pickup
	postlog unix-dgram n - n - 1 postlogd
	EOF
}

doors() {
  local relay="smtpd_relay_restrictions=permit_auth_destination,reject" starttls="smtpd_tls_security_level=encrypt"
  local offered="smtpd_tls_security_level=may" tls="smtpd_tls_wrappermode=yes" auth="smtpd_sasl_auth_enable=yes"
  service mx 0 "$relay"
  service starttls 1 "$starttls" "$auth"
  service tls 2 "$tls" "$auth"
  service none 3 "$auth"
  service noauth 4 "$offered" "$relay"
  service authlater 5 "$offered" "$auth" smtpd_tls_auth_only=yes
  service clientcert 6 "$starttls" "$relay" smtpd_tls_req_ccert=yes
  service tls13 7 "$starttls" "$auth" "smtpd_tls_mandatory_protocols=>=TLSv1.3"
  service digest 8 "$starttls" "$auth" smtpd_sasl_mechanism_filter=digest-md5
}

# One mechanism per port, so that the server decides which one a client signs in with.
pinned() {
  local mechanism word offset=10 auth="smtpd_sasl_auth_enable=yes"
  for mechanism in $MECHANISMS; do
    word=$(echo "$mechanism" | tr 'A-Z' 'a-z')
    service "starttls.$word" "$offset" "$auth" "smtpd_sasl_mechanism_filter=$word" smtpd_tls_security_level=encrypt
    service "tls.$word" $((offset + 10)) "$auth" "smtpd_sasl_mechanism_filter=$word" smtpd_tls_wrappermode=yes
    service "none.$word" $((offset + 20)) "$auth" "smtpd_sasl_mechanism_filter=$word"
    offset=$((offset + 1))
  done
}

# One bad certificate per port.
faulty() {
  local fault offset=40 auth="smtpd_sasl_auth_enable=yes"
  for fault in $FAULTS; do
    service "starttls.$fault" "$offset" "$auth" "smtpd_tls_chain_files=/lab/tls/$fault.pem" smtpd_tls_security_level=encrypt
    service "tls.$fault" $((offset + 10)) "$auth" "smtpd_tls_chain_files=/lab/tls/$fault.pem" smtpd_tls_wrappermode=yes
    offset=$((offset + 1))
  done
}

tables() {
  local etc="$STATE/postfix/etc"
  cat >"$etc/mailboxes" <<-'EOF'
	/^([^@+]+)(\+[^@]*)?@([a-z0-9.-]+)$/ $3/$1/
	EOF
  cat >"$etc/recipients" <<-EOF
	reject@lab.test 550 5.1.1 User unknown
	full@lab.test 552 5.2.2 The mailbox is full
	disabled@lab.test 550 5.2.1 The account is disabled
	defer@lab.test 450 4.2.0 Greylisted, try again later
	policy@lab.test 550 5.7.1 Refused by policy
	EOF
  echo 'banned@lab.test 550 5.7.1 This sender is not allowed here' >"$etc/senders"
  : >"$etc/changing"
  # No DEFER in header_checks; an enhanced code 4.x.x turns REJECT into 451.
  cat >"$etc/content" <<-'EOF'
	/^Subject:.*lab-reject/ REJECT 5.7.1 Content refused
	/^Subject:.*lab-defer/ REJECT 4.7.1 Content refused for now
	EOF
}

init() {
  cat <<-'EOF'
	export PATH=/usr/sbin:/usr/bin
	for table in recipients senders changing; do postmap -c /lab/etc hash:/lab/etc/$table; done
	mkdir -p /lab/spool/private
	chown postfix /lab/data /lab/spool/private
	chgrp postdrop /usr/sbin/postqueue /usr/sbin/postdrop
	chmod 2755 /usr/sbin/postqueue /usr/sbin/postdrop
	trap 'kill $master; wait $master; exit 0' TERM
	postfix -c /lab/etc check
	dovecot -c /lab/etc/dovecot.conf
	/usr/lib/postfix/sbin/master -c /lab/etc -s &
	master=$!
	wait
	EOF
}

# change FILTER...: edits the changing table. smtpd looks with each new connection whether the database was replaced, but
# tells times apart by seconds only; hence a new file under the old name.
change() {
  "$LAB/inside" postfix sh -ec 'cd /lab/etc; "$@" <changing >changing.new || true; postmap -c /lab/etc hash:changing.new
    mv changing.new changing; mv changing.new.db changing.db' - "$@"
}

case "${1:-}" in
  refuse) change awk -v line="$2 $3" '{print} END {print line}' ;;
  accept) change grep -v "^$2 " ;;
  *) server_main postfix "$@" ;;
esac
