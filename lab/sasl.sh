# sasl.sh - Dovecot as the keeper of accounts, for the servers that ask it (Postfix, Exim) and for its own submission
# server. Sourced by lab/servers/*.sh after lab.sh.

MECHANISMS="PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 XOAUTH2 OAUTHBEARER"
USERS="alice bob carol"

# sasl_accounts NAME: users and token keys in run-state/NAME/etc. Plain text is what CRAM-MD5 and SCRAM need; base64
# because a colon would end the field.
sasl_accounts() {
  local etc="$STATE/$1/etc" user
  : >"$etc/users"
  for user in $USERS; do
    printf '%s@lab.test:{PLAIN.b64}%s::::::\n' "$user" "$(property "$user.password" | tr -d '\n' | base64 -w0)"
  done >"$etc/users"
  mkdir -p "$etc/keys/default/HS256"
  property oauth.key >"$etc/keys/default/HS256/default"
  cat >"$etc/oauth2.ext" <<-EOF
	introspection_mode = local
	local_validation_key_dict = fs:posix:prefix=/lab/etc/keys/
	username_attribute = email
	openid_configuration_url = https://lab.test/
	EOF
}

# sasl_settings MECHANISM...: the part of dovecot.conf that every instance shares. Failed logins answer at once: the
# growing penalty would make Postfix say 454 (connection lost to authentication server) to an innocent later test.
sasl_settings() {
  cat <<-EOF
	disable_plaintext_auth = no
	auth_mechanisms = $*
	auth_failure_delay = 0
	auth_verbose = yes
	auth_username_format = %Lu
	service anvil {
	  unix_listener anvil-auth-penalty {
	    mode = 0
	  }
	}
	passdb {
	  driver = oauth2
	  mechanisms = xoauth2 oauthbearer
	  args = /lab/etc/oauth2.ext
	}
	passdb {
	  driver = passwd-file
	  args = /lab/etc/users
	}
	EOF
}

# mailboxes: delivery over LMTP; every address has a maildir, made with its first mail. Postfix's own virtual(8) cannot
# do that: it refuses tables that compute a path from the address.
mailboxes() {
  cat <<-EOF
	protocols = lmtp
	ssl = no
	hostname = mail.lab.test
	mail_location = maildir:~
	recipient_delimiter = +
	lmtp_save_to_detail_mailbox = no
	userdb {
	  driver = static
	  args = uid=vmail gid=vmail home=/lab/mail/%Ld/%Ln allow_all_users=yes
	}
	EOF
}
