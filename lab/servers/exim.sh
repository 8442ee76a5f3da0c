#!/bin/bash
# exim.sh up|start|stop|status|unpack - Exim of Debian 12 (GnuTLS). PLAIN, LOGIN and CRAM-MD5 are Exim's own; SCRAM and
# the token mechanisms are Dovecot's, by its socket. Mailboxes: run-state/exim/mail/DOMAIN/LOCAL/new/*.
. "$(dirname "$0")/../lab.sh"
. "$LAB/sasl.sh"

packages() { unpack bookworm exim exim4-daemon-heavy exim4-base dovecot-core dovecot-lmtpd; }

# doors: lines "NAME OFFSET MODE MECHANISM..."; without a mechanism no AUTH is offered
doors() {
  local mode first mechanism offset
  echo "mx 60 none"
  for mode in starttls:61:70 tls:62:80 none:63:90; do
    IFS=: read -r mode first offset <<<"$mode"
    echo "$mode $first $mode $MECHANISMS"
    for mechanism in $MECHANISMS; do
      echo "$mode.$(echo "$mechanism" | tr 'A-Z' 'a-z') $offset $mode $mechanism"
      offset=$((offset + 1))
    done
  done
}

facts() {
  echo "exim.mail=$STATE/exim/mail"
  doors | while read -r door offset _; do echo "exim.$door.port=$(port "$offset")"; done
}

# where AWK-CONDITION: the ports of the doors that meet it, as a colon-separated list of Exim
where() { doors | awk -v base="$BASE" "$1"' {printf "%s%d", separator, base + $2; separator = " : "}'; }

configure() {
  local home="$STATE/exim" user
  mkdir -p "$home/spool"
  chown "$MAIL_ID:$MAIL_ID" "$home/mail"
  sasl_accounts exim
  for user in $USERS; do echo "$user@lab.test: $(property "$user.password")"; done >"$home/etc/passwords"
  { sasl_settings $MECHANISMS; mailboxes; backend; } >"$home/etc/dovecot.conf"
  { main; acls; delivery; authenticators; } >"$home/etc/exim4.conf"
  init >"$home/init"
}

backend() {
  cat <<-EOF
	log_path = /lab/log/dovecot.log
	service auth {
	  unix_listener exim-auth {
	    mode = 0666
	  }
	}
	service lmtp {
	  unix_listener lmtp {
	    mode = 0666
	  }
	}
	EOF
}

main() {
  cat <<-EOF
	primary_hostname = mail.lab.test
	local_interfaces = 127.0.0.1
	daemon_smtp_ports = $(where 1)
	tls_on_connect_ports = $(where '$3 == "tls"')
	spool_directory = /lab/spool
	log_file_path = /lab/log/%s.log
	domainlist ours = lab.test : tenant.test : example.com : example.org
	never_users =
	host_lookup =
	rfc1413_hosts =
	smtp_accept_max = 0
	smtp_accept_queue_per_connection = 0
	tls_certificate = /lab/tls/good.pem
	tls_privatekey = /lab/tls/good.pem
	tls_advertise_hosts = \${if inlist{\$received_port}{$(where '$3 == "none"')}{}{*}}
	auth_advertise_hosts = \${if or{{def:tls_in_cipher}{inlist{\$received_port}{$(where '$3 == "none"')}}}{*}{}}
	acl_smtp_mail = mail
	acl_smtp_rcpt = recipient
	acl_smtp_data = content
	EOF
}

# Exim's own wording wherever it has one; the special addresses are those of Postfix.
acls() {
  cat <<-EOF
	begin acl
	mail:
	  deny message = Must issue a STARTTLS command first
	    !encrypted = *
	    condition = \${if inlist{\$received_port}{$(where '$3 == "starttls"')}}
	  deny message = This sender is not allowed here
	    senders = banned@lab.test
	  accept
	recipient:
	  deny message = Unrouteable address
	    local_parts = reject
	  deny message = 552 5.2.2 The mailbox is full
	    local_parts = full
	  defer message = Greylisted, try again later
	    local_parts = defer
	  accept authenticated = *
	  accept domains = +ours
	    condition = \${if eq{\$received_port}{$(port 60)}}
	  deny message = relay not permitted
	content:
	  deny message = Content refused
	    condition = \${if match{\$h_subject:}{lab-reject}}
	  accept
	EOF
}

delivery() {
  cat <<-'EOF'
	begin routers
	local:
	  driver = accept
	  domains = +ours
	  transport = mailbox
	outside:
	  driver = redirect
	  allow_fail
	  data = :fail: nothing leaves the lab
	begin transports
	mailbox:
	  driver = lmtp
	  socket = /run/dovecot/lmtp
	  user = Debian-exim
	begin retry
	* * F,2h,1m
	EOF
}

# offered MECHANISM: the doors that announce it
offered() { echo "server_advertise_condition = \${if inlist{\$received_port}{$(where "/ $1( |\$)/")}}"; }

authenticators() {
  local mechanism
  cat <<-EOF
	begin authenticators
	plain:
	  driver = plaintext
	  public_name = PLAIN
	  server_prompts = :
	  server_condition = \${if eq{\$auth3}{\${lookup{\$auth2}lsearch{/lab/etc/passwords}{\$value}fail}}}
	  server_set_id = \$auth2
	  $(offered PLAIN)
	login:
	  driver = plaintext
	  public_name = LOGIN
	  server_prompts = <| Username: | Password:
	  server_condition = \${if eq{\$auth2}{\${lookup{\$auth1}lsearch{/lab/etc/passwords}{\$value}fail}}}
	  server_set_id = \$auth1
	  $(offered LOGIN)
	cram:
	  driver = cram_md5
	  public_name = CRAM-MD5
	  server_secret = \${lookup{\$auth1}lsearch{/lab/etc/passwords}{\$value}fail}
	  server_set_id = \$auth1
	  $(offered CRAM-MD5)
	EOF
  for mechanism in SCRAM-SHA-1 SCRAM-SHA-256 XOAUTH2 OAUTHBEARER; do
    cat <<-EOF
	$(echo "$mechanism" | tr 'A-Z-' 'a-z_'):
	  driver = dovecot
	  public_name = $mechanism
	  server_socket = /run/dovecot/exim-auth
	  server_set_id = \$auth1
	  $(offered "$mechanism")
	EOF
  done
}

# The configuration goes to Exim's own place: with -C each delivery process would lose root.
init() {
  cat <<-'EOF'
	export PATH=/usr/sbin:/usr/bin
	mkdir -p /etc/exim4
	cp /lab/etc/exim4.conf /etc/exim4/exim4.conf
	chown -R Debian-exim:Debian-exim /lab/spool /lab/log
	chgrp Debian-exim /lab/tls/good.pem /lab/etc/passwords
	chmod 640 /lab/tls/good.pem /lab/etc/passwords
	chmod 4755 /usr/sbin/exim4
	trap 'exit 0' TERM
	dovecot -c /lab/etc/dovecot.conf
	exim4 -bdf -q30s &
	wait
	EOF
}

server_main exim "$@"
