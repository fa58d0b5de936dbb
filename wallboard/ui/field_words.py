"""What sources ask for, marked for the translator: their labels and hints are English.

A kind of source that is not listed here is shown in its own words.
"""

from __future__ import annotations

from typing import Final

from wallboard.ui.words import Phrase, phrase

SOURCES: Final[tuple[Phrase, ...]] = (
    phrase("Source", "Asterisk, FreePBX, Issabel"),
    phrase("Source", "HTTP API"),
    phrase("Source", "Simulated call center"),
)

FIELDS: Final[tuple[Phrase, ...]] = (
    phrase("Field", "Address of the PBX"),
    phrase("Field", "Name or IP address of the Asterisk, FreePBX or Issabel server"),
    phrase("Field", "Way to AMI"),
    phrase(
        "Field",
        "Its own port (socket), or the PBX's web server where only that can be reached",
    ),
    phrase("Field", "socket"),
    phrase("Field", "http"),
    phrase("Field", "https"),
    phrase("Field", "AMI port"),
    phrase("Field", "Empty for the usual one: 5038; over HTTP 8088, over HTTPS 8089"),
    phrase("Field", "Path on the web server"),
    phrase("Field", "The prefix of http.conf; / if there is none. Only over HTTP"),
    phrase("Field", "Sign in by HTTP digest"),
    phrase("Field", "Only over HTTP, where a proxy does not pass cookies on"),
    phrase("Field", "AMI user"),
    phrase(
        "Field",
        "A user of manager.conf with read = call,agent and write = reporting; for a supervisor's"
        " commands write = reporting,call,agent,originate",
    ),
    phrase("Field", "AMI secret"),
    phrase("Field", "Encrypted (TLS)"),
    phrase("Field", "Certificate to trust"),
    phrase("Field", "Path of the PBX's certificate or of its CA; empty for those of this computer"),
    phrase("Field", "Wrap-up time"),
    phrase(
        "Field",
        "Seconds, as set in the queues, because AMI does not tell: 10, or support=10,sales=5",
    ),
    phrase("Field", "Log of the queues"),
    phrase(
        "Field",
        "Path of the PBX's queue_log, if this computer can read it: what happened while Wallboard"
        " was off is filled in from it",
    ),
    phrase("Field", "Supervisor's phone"),
    phrase(
        "Field",
        "As Asterisk calls it: PJSIP/9001, or Local/9001@from-internal on FreePBX and Issabel."
        " For listening, whispering and taking calls over",
    ),
    phrase("Field", "Header for auto-answer"),
    phrase(
        "Field",
        "What makes that phone answer by itself: Call-Info: <sip:wallboard>;answer-after=0",
    ),
    phrase("Field", "Context of the extensions"),
    phrase("Field", "Of the dial plan, where callers are passed on to"),
    phrase("Field", "It is played, too: it rings for a moment, and is picked up."),
    phrase("Field", "Address of the API"),
    phrase("Field", "As https://wallboard.example.com; /v1/snapshot and its like are under it"),
    phrase("Field", "How to sign in"),
    phrase("Field", "bearer: a token, as wallboard serve gives it; oauth2: client credentials"),
    phrase("Field", "bearer"),
    phrase("Field", "api_key"),
    phrase("Field", "basic"),
    phrase("Field", "oauth2"),
    phrase("Field", "oauth2_body"),
    phrase("Field", "none"),
    phrase("Field", "User or client ID"),
    phrase("Field", "For basic and oauth2"),
    phrase("Field", "Token, key, password or client secret"),
    phrase("Field", "Header of the API key"),
    phrase("Field", "For api_key"),
    phrase("Field", "Address that gives the tokens"),
    phrase("Field", "For oauth2"),
    phrase("Field", "Scope"),
    phrase("Field", "For oauth2, where the server asks for one"),
    phrase(
        "Field", "Path of the server's certificate or of its CA; empty for those of this computer"
    ),
    phrase("Field", "Fingerprint of the certificate"),
    phrase("Field", "SHA-256; then this certificate is trusted, whoever signed it, and no other"),
    phrase("Field", "Certificate of this computer"),
    phrase("Field", "Path, for servers that ask for one; PEM"),
    phrase("Field", "Key of this computer's certificate"),
    phrase("Field", "Path; empty if it is in the same file; PEM without a password"),
    phrase("Field", "Proxy"),
    phrase("Field", "As http://proxy.example.com:3128; empty for none"),
    phrase("Field", "User of the proxy"),
    phrase("Field", "Password of the proxy"),
    phrase("Field", "Seconds between two questions"),
    phrase("Field", "1 to 60"),
    phrase("Field", "Allow http:// in the network"),
    phrase("Field", "Then the sign-in and all calls can be read on the way"),
    phrase("Field", "Mapping file"),
    phrase("Field", "Path of a file that tells how to read another API; empty for Wallboard's own"),
    phrase("Field", "Scenario"),
    phrase("Field", "Seed"),
    phrase("Field", "The same number plays the same day."),
    phrase("Field", "Speed"),
    phrase("Field", "1 to 1000 times as fast as the clock."),
    phrase("Field", "Language of the names"),
    phrase("Field", "en"),
    phrase("Field", "fa"),
    phrase("Field", "demo"),
    phrase("Field", "calm"),
    phrase("Field", "rush"),
    phrase("Field", "outage"),
    phrase("Field", "flapping"),
    phrase("Field", "frozen"),
    phrase("Field", "restart"),
    phrase("Field", "huge"),
)

WAYS_OUT: Final[tuple[Phrase, ...]] = (
    phrase("Field", "E-mail"),
    phrase("Field", "Webhook"),
    phrase("Field", "Telegram, SMS and other services (Apprise)"),
    phrase("Field", "Mail server"),
    phrase("Field", "Encryption"),
    phrase("Field", "starttls (port 587), tls (port 465) or none (port 25, without a password)"),
    phrase("Field", "Port"),
    phrase("Field", "Empty for the usual one of the encryption"),
    phrase("Field", "User"),
    phrase("Field", "Empty if the server asks for none"),
    phrase("Field", "Password"),
    phrase("Field", "Sender"),
    phrase("Field", "Recipients"),
    phrase("Field", "Several with commas between"),
    phrase("Field", "Address"),
    phrase("Field", "As https://example.com/alerts; each event is posted there as JSON"),
    phrase("Field", "Key of the signature"),
    phrase("Field", "Signs each message (HMAC-SHA256); empty for none"),
    phrase("Field", "Authorization"),
    phrase("Field", "The whole header, as in Bearer …; empty for none"),
    phrase("Field", "Address of the service"),
    phrase(
        "Field",
        "As Apprise writes it, tgram://token/chat; it holds keys and is kept as a secret",
    ),
    phrase("Field", "Certificate to trust"),
    phrase(
        "Field", "Path of the server's certificate or of its CA; empty for those of this computer"
    ),
)
