"""How people sign on: the lines of a JupyterHub configuration for each way, by authenticators that are kept."""

from __future__ import annotations

from collections.abc import Mapping

PAM = """\
# The accounts of this machine.
c.JupyterHub.authenticator_class = "pam"
c.Authenticator.allow_all = True
c.PAMAuthenticator.open_sessions = False
"""

OIDC = """\
# Any OpenID Connect provider. People are known by the provider's own subject, which never changes.
c.JupyterHub.authenticator_class = "generic-oauth"
c.Authenticator.allow_all = True
c.Authenticator.enable_auth_state = True
c.GenericOAuthenticator.login_service = "the university"
c.GenericOAuthenticator.client_id = "FILL IN"
c.GenericOAuthenticator.client_secret = "FILL IN"
c.GenericOAuthenticator.authorize_url = "https://FILL IN/authorize"
c.GenericOAuthenticator.token_url = "https://FILL IN/token"
c.GenericOAuthenticator.userdata_url = "https://FILL IN/userinfo"
c.GenericOAuthenticator.oauth_callback_url = "https://FILL IN/hub/oauth_callback"
c.GenericOAuthenticator.scope = ["openid", "profile"]
c.GenericOAuthenticator.username_claim = "preferred_username"
"""

LDAP = """\
# A directory. TLS is not optional: the password travels through it.
c.JupyterHub.authenticator_class = "ldapauthenticator.LDAPAuthenticator"
c.Authenticator.allow_all = True
c.LDAPAuthenticator.server_address = "FILL IN"
c.LDAPAuthenticator.tls_strategy = "on_connect"
c.LDAPAuthenticator.bind_dn_template = ["uid={username},ou=people,dc=FILL IN"]
c.LDAPAuthenticator.valid_username_regex = r"^[a-z][.a-z0-9_-]*$"
"""

LTI13 = """\
# From within a course, by LTI 1.3: Canvas or Moodle send people here.
c.JupyterHub.authenticator_class = "ltiauthenticator.lti13.auth.LTI13Authenticator"
c.Authenticator.allow_all = True
c.Authenticator.enable_auth_state = True
c.LTI13Authenticator.issuer = "https://FILL IN"
c.LTI13Authenticator.authorize_url = "https://FILL IN/mod/lti/auth.php"
c.LTI13Authenticator.client_id = ["FILL IN"]
c.LTI13Authenticator.jwks_endpoint = "https://FILL IN/mod/lti/certs.php"
c.LTI13Authenticator.username_key = "sub"
c.LTI13Authenticator.uri_scheme = "https"
"""

SIGN_ON: Mapping[str, str] = {"pam": PAM, "oidc": OIDC, "ldap": LDAP, "lti13": LTI13}
"""Way to the lines that configure it."""
SUBJECT: Mapping[str, str] = {"oidc": "oauth_user.sub"}
"""Ways whose provider says what never changes about a person, and where the hub keeps that. With ``lti13`` it is the
account's very name."""
FILL_IN = "FILL IN"
"""Stands where only the publisher knows; ``rebound doctor`` names each line that still has it."""
