#!/bin/bash
# opensmtpd.sh up|start|stop|status|unpack - OpenSMTPD of Debian 13: in Debian 12's 6.8.0p2 every TLS handshake fails
# (OpenSMTPD/OpenSMTPD issues 1171 and 1239). It offers PLAIN and LOGIN, always both, and only inside TLS.
# Mailboxes: run-state/opensmtpd/mail/DOMAIN/LOCAL/new/*.
. "$(dirname "$0")/../lab.sh"
. "$LAB/sasl.sh"

packages() { unpack trixie opensmtpd opensmtpd; }

facts() {
  echo "opensmtpd.mail=$STATE/opensmtpd/mail"
  echo "opensmtpd.mx.port=$(port 140)"
  echo "opensmtpd.starttls.port=$(port 141)"
  echo "opensmtpd.tls.port=$(port 142)"
  echo "opensmtpd.noauth.port=$(port 143)"
}

configure() {
  local etc="$STATE/opensmtpd/etc" user
  for user in $USERS; do
    echo "$user@lab.test $(property "$user.password" | openssl passwd -6 -stdin)"
  done >"$etc/users"
  cat >"$etc/smtpd.conf" <<-EOF
	pki lab cert "/lab/tls/good.pem"
	pki lab key "/lab/tls/good.pem"
	table users file:/lab/etc/users
	table everybody { "@" = vmail }
	listen on 127.0.0.1 port $(port 140) hostname mail.lab.test tag open
	listen on 127.0.0.1 port $(port 141) hostname mail.lab.test tls-require pki lab auth <users>
	listen on 127.0.0.1 port $(port 142) hostname mail.lab.test smtps pki lab auth <users>
	listen on 127.0.0.1 port $(port 143) hostname mail.lab.test tls pki lab tag open
	action mailbox maildir "/lab/mail/%{rcpt.domain}/%{rcpt.user}" virtual <everybody>
	match from any for rcpt-to "reject@lab.test" reject
	match tag open from any for domain { lab.test, tenant.test, example.com, example.org } action mailbox
	match auth from any for domain { lab.test, tenant.test, example.com, example.org } action mailbox
	EOF
  init >"$STATE/opensmtpd/init"
}

# The queue's place is compiled in. OpenSMTPD also wants a file of public authorities; ours will do.
init() {
  cat <<-'EOF'
	export PATH=/usr/sbin:/usr/bin
	[ -e /lab/begun ] || rm -rf /var/spool/smtpd
	touch /lab/begun
	mkdir -p /var/spool/smtpd /var/lib/opensmtpd/empty /etc/ssl/certs
	chmod 711 /var/spool/smtpd
	cp /lab/tls/root.pem /etc/ssl/certs/ca-certificates.crt
	chown vmail:vmail /lab/mail
	chmod 600 /lab/tls/good.pem
	chgrp opensmtpq /usr/sbin/smtpctl
	chmod 2755 /usr/sbin/smtpctl
	trap 'exit 0' TERM
	smtpd -d -f /lab/etc/smtpd.conf 2>/lab/log/smtpd.log &
	wait
	EOF
}

server_main opensmtpd "$@"
