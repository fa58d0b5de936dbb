"""What went wrong and what was found, as tables of sentences.

A row lists its sentences from the most to the least detailed; the first one whose details are all
known is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wallboard.domain.errors import FaultKind
from wallboard.domain.finding import Verdict
from wallboard.domain.value import value
from wallboard.ui import mapping_words
from wallboard.ui.words import Phrase, phrase


@value
class FaultRow:
    """What is said about a kind of fault.

    Attributes:
        cause: What happened.
        next_step: What helps.
        meanwhile: What a board that is running does by itself. None if there is nothing.
    """

    cause: tuple[Phrase, ...]
    next_step: Phrase
    meanwhile: Phrase | None = None


_TRYING: Final = phrase("Fault", "We keep trying.")


FAULT_ROWS: Final[Mapping[FaultKind, FaultRow]] = {
    FaultKind.UNREACHABLE: FaultRow(
        cause=(
            phrase("Fault", "The server {address} cannot be reached ({reason})."),
            phrase("Fault", "The server {address} cannot be reached."),
            phrase("Fault", "The server cannot be reached."),
        ),
        next_step=phrase(
            "Fault",
            "Check that it is switched on, that address and port are right and that no firewall "
            "is in the way.",
        ),
        meanwhile=_TRYING,
    ),
    FaultKind.NAME_NOT_FOUND: FaultRow(
        cause=(
            phrase("Fault", "There is no server named {address}."),
            phrase("Fault", "The server's name was not found."),
        ),
        next_step=phrase(
            "Fault", "Check how the name is spelled, or enter the server's IP address."
        ),
        meanwhile=_TRYING,
    ),
    FaultKind.SLOW: FaultRow(
        cause=(
            phrase("Fault", "The server {address} gave no answer within {seconds} s."),
            phrase("Fault", "The server gave no answer in time."),
        ),
        next_step=phrase(
            "Fault", "It or the network may be overloaded; check both if this goes on."
        ),
        meanwhile=_TRYING,
    ),
    FaultKind.LOST: FaultRow(
        cause=(
            phrase("Fault", "The connection to {address} was lost."),
            phrase("Fault", "The connection was lost."),
        ),
        next_step=phrase("Fault", "Check the network, and whether the server was restarted."),
        meanwhile=_TRYING,
    ),
    FaultKind.CERTIFICATE: FaultRow(
        cause=(
            phrase("Fault", "The certificate of {address} cannot be trusted ({reason})."),
            phrase("Fault", "The certificate of {address} cannot be trusted."),
            phrase("Fault", "The server's certificate cannot be trusted."),
        ),
        next_step=phrase(
            "Fault",
            "Ask the server's administrator for a valid certificate, or for the file of the "
            "authority that signed it.",
        ),
    ),
    FaultKind.SIGN_IN: FaultRow(
        cause=(
            phrase("Fault", "The server {address} does not accept the sign-in of {username}."),
            phrase("Fault", "The server {address} does not accept the sign-in."),
            phrase("Fault", "The server does not accept the sign-in."),
        ),
        next_step=phrase(
            "Fault",
            "Check user name and password, and whether this computer's address is allowed for "
            "this user. Then save the connection again.",
        ),
    ),
    FaultKind.FORBIDDEN: FaultRow(
        cause=(
            phrase("Fault", "This account may not do this: {what} (missing right: {right})."),
            phrase("Fault", "This account may not do this: {what}."),
            phrase("Fault", "This account may not do this."),
        ),
        next_step=phrase("Fault", "Ask the server's administrator for the missing right."),
    ),
    FaultKind.NOT_OUR_PROTOCOL: FaultRow(
        cause=(
            phrase("Fault", "Something else than the call center answers at {address}: {said}"),
            phrase("Fault", "Something else than the call center answers at {address}."),
            phrase("Fault", "Something else than the call center answers."),
        ),
        next_step=phrase("Fault", "Check the port, and whether it wants TLS."),
    ),
    FaultKind.BAD_DATA: FaultRow(
        cause=(
            phrase("Fault", "The server sent something that cannot be read ({reason})."),
            phrase("Fault", "The server sent something that cannot be read."),
        ),
        next_step=phrase("Fault", "If this goes on, please report it to us."),
        meanwhile=phrase("Fault", "The last good figures stay."),
    ),
    FaultKind.NOT_READY: FaultRow(
        cause=(
            phrase("Fault", "The server {address} is still starting."),
            phrase("Fault", "The server is still starting."),
        ),
        next_step=phrase("Fault", "Wait until it has started."),
        meanwhile=phrase("Fault", "The figures come by themselves then."),
    ),
    FaultKind.SERVER_ERROR: FaultRow(
        cause=(
            phrase("Fault", "The server reports an error of its own: {said}"),
            phrase("Fault", "The server reports an error of its own."),
        ),
        next_step=phrase("Fault", "Look into the server's log."),
        meanwhile=_TRYING,
    ),
    FaultKind.REDIRECTED: FaultRow(
        cause=(
            phrase("Fault", "The server {address} sends us to {target}; we do not go there."),
            phrase("Fault", "The server sends us to another address; we do not go there."),
        ),
        next_step=phrase(
            "Fault", "If the call center is there now, enter the new address and save it."
        ),
    ),
    FaultKind.NOT_SERVED: FaultRow(
        cause=(
            phrase("Fault", "The web server {address} answers, but AMI is not at {path}."),
            phrase("Fault", "The web server answers, but AMI is not there."),
        ),
        next_step=phrase(
            "Fault",
            "On the PBX set webenabled = yes in manager.conf and enabled = yes in http.conf, both "
            "in [general], and reload both; the path here must be the prefix of http.conf.",
        ),
    ),
    FaultKind.THROTTLED: FaultRow(
        cause=(
            phrase(
                "Fault", "The server {address} was asked too often and wants {seconds} s of rest."
            ),
            phrase("Fault", "The server was asked too often."),
        ),
        next_step=phrase("Fault", "Ask it less often, or ask its administrator for more."),
        meanwhile=phrase("Fault", "We wait as long as it wants."),
    ),
    FaultKind.PROXY: FaultRow(
        cause=(
            phrase("Fault", "The proxy {address} does not pass us on ({reason})."),
            phrase("Fault", "The proxy does not pass us on."),
        ),
        next_step=phrase(
            "Fault", "Check the proxy's address, user and password, and what it allows."
        ),
        meanwhile=_TRYING,
    ),
    FaultKind.FROZEN: FaultRow(
        cause=(
            phrase(
                "Fault",
                "The server {address} answers, but has heard nothing of the call center since"
                " {time}.",
            ),
            phrase("Fault", "The server answers, but has heard nothing of the call center."),
        ),
        next_step=phrase("Fault", "Check the connection between that server and the call center."),
        meanwhile=phrase("Fault", "The last good figures stay."),
    ),
    FaultKind.BAD_SETTING: FaultRow(
        cause=(
            phrase("Fault", "The setting {field} cannot be used ({reason})."),
            phrase("Fault", "The setting {field} cannot be used."),
            phrase("Fault", "A setting of the connection cannot be used."),
        ),
        next_step=phrase("Fault", "Correct it in the connection and save it again."),
    ),
    FaultKind.NO_SECRET: FaultRow(
        cause=(
            phrase("Fault", "The password could not be read from where it is kept ({reason})."),
            phrase("Fault", "The password could not be read from where it is kept."),
        ),
        next_step=phrase("Fault", "Unlock the keyring, or enter the password again."),
    ),
    FaultKind.PROCESS_ENDED: FaultRow(
        cause=(
            phrase("Fault", "The part that asks the call center has ended ({reason})."),
            phrase("Fault", "The part that asks the call center has ended."),
        ),
        next_step=phrase("Fault", "If it keeps ending, please report it."),
        meanwhile=phrase("Fault", "It is started again by itself."),
    ),
    FaultKind.MESSAGE_REFUSED: FaultRow(
        cause=(
            phrase("Fault", "The server {address} does not take the message: {said}"),
            phrase("Fault", "The server does not take the message."),
        ),
        next_step=phrase("Fault", "Check sender, recipients and address of this way out."),
        meanwhile=_TRYING,
    ),
    FaultKind.NOT_TOLD_ON: FaultRow(
        cause=(
            phrase("Fault", "The service did not take the message ({reason})."),
            phrase("Fault", "The service did not take the message."),
        ),
        next_step=phrase("Fault", "Check the address of this way out, and the network."),
        meanwhile=_TRYING,
    ),
    FaultKind.NOT_INSTALLED: FaultRow(
        cause=(
            phrase("Fault", "This way out needs {name}, which is not installed."),
            phrase("Fault", "This way out needs something that is not installed."),
        ),
        next_step=phrase("Fault", "Install it as the README tells, and start the program again."),
    ),
    FaultKind.RESTARTED: FaultRow(
        cause=(
            phrase("Fault", "The server was restarted at {time}."),
            phrase("Fault", "The server was restarted."),
        ),
        next_step=phrase("Fault", "Today's figures go on from where they were."),
    ),
    FaultKind.PART_NOT_TOLD: FaultRow(
        cause=(phrase("Fault", "This account does not see everything: a lock marks what it is."),),
        next_step=phrase("Fault", "Ask the server's administrator for the missing right."),
    ),
    FaultKind.SYSTEM_TELLS_LESS: FaultRow(
        cause=(
            phrase("Fault", "This system does not tell everything: a dash stands for the rest."),
        ),
        next_step=phrase(
            "Fault",
            "Where it tells only sums, figures are its own for the day, and there are no lists of "
            "calls and no reports.",
        ),
    ),
    FaultKind.COUNTS_LOST: FaultRow(
        cause=(
            phrase("Fault", "Queues whose counters fell in the middle of the day: {count}."),
            phrase("Fault", "Counters of queues fell in the middle of the day."),
        ),
        next_step=phrase("Fault", "More calls may have come than their figures of today say."),
    ),
    FaultKind.CALLS_UNSEEN: FaultRow(
        cause=(
            phrase("Fault", "Calls that ended while the connection was down: {count}."),
            phrase("Fault", "Some calls ended while the connection was down."),
        ),
        next_step=phrase(
            "Fault", "How they ended is not known; they are in no percentage and no average."
        ),
    ),
    FaultKind.ROWS_IGNORED: FaultRow(
        cause=(
            phrase("Fault", "Rows left out because they cannot be read: {count}."),
            phrase("Fault", "Some rows are left out because they cannot be read."),
        ),
        next_step=phrase("Fault", "The rest is right. Please report it if this goes on."),
    ),
    FaultKind.NO_EVENTS: FaultRow(
        cause=(
            phrase(
                "Fault", "The account may not see calls as they happen (missing right: {right})."
            ),
            phrase("Fault", "The account may not see calls as they happen."),
        ),
        next_step=phrase(
            "Fault", "Short calls may be missed. Ask the server's administrator for this right."
        ),
    ),
    FaultKind.MEMBERS_UNRESOLVED: FaultRow(
        cause=(
            phrase("Fault", "Queue members whose phone cannot be told: {count} ({names})."),
            phrase("Fault", "Queue members whose phone cannot be told: {count}."),
            phrase("Fault", "The phone of some queue members cannot be told."),
        ),
        next_step=phrase(
            "Fault", "Their state may be wrong. Check how they are entered in the queues."
        ),
    ),
    FaultKind.HISTORY_FULL: FaultRow(
        cause=(phrase("Fault", "There is no room to store the calls."),),
        next_step=phrase(
            "Fault",
            "Make room on the disk: what happens meanwhile is kept in memory and stored then.",
        ),
    ),
    FaultKind.HISTORY_READ_ONLY: FaultRow(
        cause=(
            phrase("Fault", "The place where calls are stored cannot be written ({reason})."),
            phrase("Fault", "The place where calls are stored cannot be written."),
        ),
        next_step=phrase(
            "Fault", "Allow it to be written: until then nothing survives the end of the program."
        ),
    ),
    FaultKind.HISTORY_LOCKED: FaultRow(
        cause=(phrase("Fault", "Another program holds the stored calls of this connection."),),
        next_step=phrase(
            "Fault",
            "Close the other one, or show the figures there: this one goes on from memory.",
        ),
    ),
    FaultKind.HISTORY_DAMAGED: FaultRow(
        cause=(
            phrase("Fault", "The stored calls are damaged ({reason})."),
            phrase("Fault", "The stored calls are damaged."),
        ),
        next_step=phrase(
            "Fault", "The file is put aside, and what is whole of it is saved into a new one."
        ),
    ),
    FaultKind.HISTORY_NEWER: FaultRow(
        cause=(phrase("Fault", "The stored calls were written by a newer version."),),
        next_step=phrase("Fault", "Install that version: until then nothing is stored."),
    ),
    FaultKind.HISTORY_AWAY: FaultRow(
        cause=(
            phrase("Fault", "The database that stores the calls does not answer ({reason})."),
            phrase("Fault", "The database that stores the calls does not answer."),
        ),
        next_step=phrase(
            "Fault", "Check its address and that it runs; what happens meanwhile is kept in memory."
        ),
    ),
    FaultKind.HISTORY_FAILED: FaultRow(
        cause=(
            phrase(
                "Fault", "The stored calls cannot be used, by an error of this program ({reason})."
            ),
            phrase("Fault", "The stored calls cannot be used, by an error of this program."),
        ),
        next_step=phrase(
            "Fault", "It is tried again by itself. If this goes on, please report it to us."
        ),
    ),
    FaultKind.HISTORY_LOST: FaultRow(
        cause=(
            phrase("Fault", "Calls that could not be stored: {count}."),
            phrase("Fault", "Some calls could not be stored."),
        ),
        next_step=phrase(
            "Fault",
            "They will be missing in reports. Import the log of the call center to fill them in.",
        ),
    ),
    FaultKind.CLOCK_OFF: FaultRow(
        cause=(
            phrase("Fault", "The clocks of the server and of this computer differ by {seconds} s."),
            phrase("Fault", "The clocks of the server and of this computer differ."),
        ),
        next_step=phrase(
            "Fault", "The server's clock is used. Let both take their time from the network."
        ),
    ),
    FaultKind.CERTIFICATE_ENDS: FaultRow(
        cause=(
            phrase("Fault", "Days until the certificate of {address} ends: {count}."),
            phrase("Fault", "The server's certificate ends soon."),
        ),
        next_step=phrase(
            "Fault", "Have the server's administrator renew it before: then nothing stops."
        ),
    ),
}

FINDING_ROWS: Final[Mapping[tuple[str, Verdict], tuple[Phrase, ...]]] = {
    **mapping_words.FINDINGS,
    ("reachable", Verdict.GOOD): (
        phrase("Finding", "The server answers at {address}: {banner}"),
        phrase("Finding", "The server answers at {address}."),
        phrase("Finding", "The server answers."),
    ),
    ("reachable", Verdict.WARNING): (
        phrase("Finding", "The server answers at {address}, but slowly ({milliseconds} ms)."),
        phrase("Finding", "The server answers, but slowly."),
    ),
    ("reachable", Verdict.BAD): (
        phrase("Finding", "The server does not answer at {address}."),
        phrase("Finding", "The server does not answer."),
    ),
    ("tls", Verdict.GOOD): (
        phrase(
            "Finding",
            "The connection is encrypted ({version}); the certificate holds until {until}.",
        ),
        phrase("Finding", "The connection is encrypted, the certificate of {address} is good."),
        phrase("Finding", "The connection is encrypted."),
    ),
    ("tls", Verdict.WARNING): (
        phrase("Finding", "The connection is encrypted, but the certificate ends on {until}."),
        phrase("Finding", "The connection is encrypted, but its certificate needs a look."),
    ),
    ("tls", Verdict.BAD): (phrase("Finding", "No encrypted connection could be made."),),
    ("not_encrypted", Verdict.GOOD): (
        phrase(
            "Finding",
            "The connection is not encrypted; it does not leave this computer, so that is well.",
        ),
    ),
    ("not_encrypted", Verdict.WARNING): (
        phrase(
            "Finding",
            "The connection is not encrypted: name, password and calls can be read on the network. "
            "Use TLS where the server offers it.",
        ),
    ),
    ("sign_in", Verdict.GOOD): (
        phrase("Finding", "Signed in as {username}; the server's version is {version}."),
        phrase("Finding", "Signed in as {username}."),
        phrase("Finding", "Signed in."),
    ),
    ("sign_in", Verdict.WARNING): (
        phrase(
            "Finding", "Signed in as {username}, but with more rights than are needed: {rights}."
        ),
        phrase("Finding", "Signed in, but with more rights than are needed."),
    ),
    ("sign_in", Verdict.BAD): (
        phrase("Finding", "Signing in as {username} failed."),
        phrase("Finding", "Signing in failed."),
    ),
    ("events", Verdict.GOOD): (
        phrase("Finding", "Calls are told as they happen: {count} events in {seconds} s."),
        phrase("Finding", "Calls are told as they happen."),
    ),
    ("events", Verdict.WARNING): (
        phrase("Finding", "No event arrived within {seconds} s; perhaps nothing happened."),
        phrase("Finding", "No event arrived; perhaps nothing happened."),
    ),
    ("events", Verdict.BAD): (phrase("Finding", "Calls are not told as they happen."),),
    ("calls", Verdict.GOOD): (phrase("Finding", "Calls that are going on can be seen."),),
    ("calls", Verdict.WARNING): (
        phrase("Finding", "Calls that began before the start cannot be seen as a whole."),
    ),
    ("calls", Verdict.BAD): (phrase("Finding", "Calls that are going on cannot be seen."),),
    ("commands", Verdict.GOOD): (
        phrase("Finding", "The account may do what a supervisor needs: {rights}."),
        phrase("Finding", "The account may do what a supervisor needs."),
    ),
    ("commands", Verdict.WARNING): (
        phrase(
            "Finding",
            "For a supervisor's commands these rights are missing: {rights}. The board works "
            "without them.",
        ),
        phrase("Finding", "Some commands are not allowed. The board works without them."),
    ),
    ("commands", Verdict.BAD): (
        phrase("Finding", "The server does not allow commands that the board needs: {rights}."),
        phrase("Finding", "The server does not allow commands that the board needs."),
    ),
    ("phone", Verdict.GOOD): (
        phrase("Finding", "The supervisor's phone {phone} is registered."),
        phrase("Finding", "The supervisor's phone is registered."),
    ),
    ("phone", Verdict.WARNING): (
        phrase("Finding", "The PBX does not tell whether the phone {phone} is registered."),
        phrase("Finding", "The PBX does not tell whether the supervisor's phone is registered."),
    ),
    ("phone_away", Verdict.WARNING): (
        phrase(
            "Finding",
            "The supervisor's phone {phone} is not registered, or there is no such phone.",
        ),
        phrase("Finding", "The supervisor's phone is not registered, or there is no such phone."),
    ),
    ("no_phone", Verdict.GOOD): (
        phrase(
            "Finding",
            "No phone of the supervisor's is set: listening and taking calls over need one.",
        ),
    ),
    ("members", Verdict.GOOD): (
        phrase("Finding", "The phones of all queue members are known; people: {count}."),
        phrase("Finding", "The phones of all queue members are known."),
    ),
    ("members", Verdict.WARNING): (
        phrase("Finding", "People found in the queues: {count}."),
        phrase("Finding", "Not all members of the queues could be recognized."),
    ),
    ("members", Verdict.BAD): (phrase("Finding", "The queues' members could not be read."),),
    ("clock", Verdict.GOOD): (
        phrase("Finding", "The server's clock and ours agree (difference {seconds} s)."),
        phrase("Finding", "The server's clock and ours agree."),
    ),
    ("clock", Verdict.WARNING): (
        phrase(
            "Finding", "The server's clock and ours differ by {seconds} s; the server's is used."
        ),
        phrase("Finding", "The server's clock could not be compared with ours."),
    ),
    ("clock", Verdict.BAD): (phrase("Finding", "The server's clock could not be read."),),
    ("queues", Verdict.GOOD): (
        phrase("Finding", "Queues found: {count} ({names})."),
        phrase("Finding", "Queues found: {count}."),
        phrase("Finding", "Queues were found."),
    ),
    ("queues", Verdict.WARNING): (
        phrase("Finding", "Not all queues could be read; found: {count}."),
        phrase("Finding", "Not all queues could be read."),
    ),
    ("queues", Verdict.BAD): (
        phrase(
            "Finding",
            "Queues found: {count}. There are none on this server, or this account may not see "
            "them.",
        ),
        phrase("Finding", "The queues could not be read."),
    ),
    ("web", Verdict.GOOD): (
        phrase("Finding", "The web server of the PBX offers AMI under {path}."),
        phrase("Finding", "The web server of the PBX offers AMI."),
    ),
    ("web", Verdict.BAD): (phrase("Finding", "The web server of the PBX does not offer AMI."),),
    ("web_off", Verdict.WARNING): (
        phrase(
            "Finding",
            "Over HTTP the web server of the PBX itself must run: in http.conf enabled = yes, with "
            "a bindaddr and bindport that this computer reaches; over HTTPS tlsenable = yes and "
            "tlsbindaddr.",
        ),
    ),
    ("web_path", Verdict.WARNING): (
        phrase("Finding", "AMI was found under the path {path}: enter that one."),
        phrase("Finding", "AMI was found under another path."),
    ),
    ("web_session", Verdict.GOOD): (
        phrase("Finding", "The web server keeps our session, and events can be fetched."),
    ),
    ("web_session", Verdict.BAD): (
        phrase(
            "Finding",
            "The web server does not keep our session, so that no events can be fetched. A proxy "
            "in between must pass cookies on, or else sign in by HTTP digest; several servers "
            "behind one address do not work.",
        ),
    ),
    ("sign_in_none", Verdict.WARNING): (
        phrase("Finding", "Nobody need sign in: whoever reaches the server sees everything."),
    ),
    ("api", Verdict.GOOD): (
        phrase("Finding", "It is version {version} of the API; we see it as {role}."),
        phrase("Finding", "It is version {version} of the API."),
        phrase("Finding", "The server tells what it can do."),
    ),
    ("api", Verdict.WARNING): (
        phrase("Finding", "The server does not tell what it can do ({where} is missing)."),
        phrase("Finding", "The server does not tell what it can do."),
    ),
    ("picture", Verdict.GOOD): (
        phrase(
            "Finding",
            "The picture can be read. Queues: {queues}, agents: {agents}, calls: {count}.",
        ),
        phrase("Finding", "The picture can be read."),
    ),
    ("picture", Verdict.WARNING): (
        phrase("Finding", "Rows and fields that cannot be read: {count} ({names})."),
        phrase("Finding", "Rows and fields that cannot be read: {count}."),
        phrase("Finding", "Parts of the picture cannot be read."),
    ),
    ("picture", Verdict.BAD): (phrase("Finding", "The picture cannot be read."),),
    ("ids", Verdict.GOOD): (phrase("Finding", "No id is there twice."),),
    ("ids", Verdict.WARNING): (
        phrase("Finding", "Ids that are there more than once: {count} ({names})."),
        phrase("Finding", "Some ids are there more than once."),
    ),
    ("references", Verdict.GOOD): (
        phrase("Finding", "Every queue, agent and call that is referred to is there."),
    ),
    ("references", Verdict.WARNING): (
        phrase("Finding", "References to what is not there, or is not so: {count} ({names})."),
        phrase("Finding", "Some references are to what is not there."),
    ),
    ("times", Verdict.GOOD): (phrase("Finding", "All times are in order."),),
    ("times", Verdict.WARNING): (
        phrase("Finding", "Times that cannot be: {count} ({names})."),
        phrase("Finding", "Some times cannot be."),
    ),
    ("source_state", Verdict.GOOD): (
        phrase("Finding", "The server hears the call center at this moment."),
    ),
    ("source_state", Verdict.WARNING): (
        phrase(
            "Finding",
            "The server does not tell whether it hears the call center: only its time shows it.",
        ),
    ),
    ("source_state", Verdict.BAD): (
        phrase("Finding", "The server does not hear the call center."),
    ),
    ("changes", Verdict.GOOD): (
        phrase("Finding", "The server can tell what changed, which saves the network."),
    ),
    ("changes", Verdict.WARNING): (
        phrase(
            "Finding",
            "The server tells everything each time. The board works; a version and an ETag save "
            "the network.",
        ),
    ),
    ("changes", Verdict.BAD): (phrase("Finding", "What changed is told wrongly."),),
    ("renewal", Verdict.GOOD): (
        phrase("Finding", "The call center's own time went on within {seconds} s."),
        phrase("Finding", "The call center's own time goes on."),
    ),
    ("renewal", Verdict.WARNING): (
        phrase(
            "Finding",
            "The call center's own time stood still for {seconds} s: a board would call it late.",
        ),
        phrase("Finding", "The call center's own time stood still."),
    ),
    ("renewal", Verdict.BAD): (phrase("Finding", "The call center's own time goes back."),),
    ("facts", Verdict.GOOD): (
        phrase("Finding", "The server tells what has ended: {names}."),
        phrase("Finding", "The server tells what has ended."),
    ),
    ("facts", Verdict.WARNING): (
        phrase(
            "Finding",
            "The server does not tell how calls ended: the day's figures will miss the abandoned.",
        ),
    ),
    ("facts", Verdict.BAD): (phrase("Finding", "What has ended is told wrongly."),),
    ("past", Verdict.GOOD): (
        phrase("Finding", "The last hour can be asked for; facts in it: {count}."),
        phrase("Finding", "The past can be asked for."),
    ),
    ("past", Verdict.WARNING): (
        phrase(
            "Finding",
            "The past cannot be asked for: what happens while Wallboard is off is not filled in.",
        ),
    ),
    ("past", Verdict.BAD): (phrase("Finding", "The past is told wrongly."),),
    ("past_rows", Verdict.WARNING): (
        phrase("Finding", "Facts and fields of the past that cannot be read: {count}."),
        phrase("Finding", "Parts of the past cannot be read."),
    ),
    ("fact_ids", Verdict.WARNING): (
        phrase("Finding", "Facts that are told twice under one id: {count} ({names})."),
        phrase("Finding", "Some facts are told twice."),
    ),
    ("no_commands", Verdict.WARNING): (
        phrase("Finding", "A supervisor's commands are not possible here. The board works."),
    ),
    ("speed", Verdict.GOOD): (
        phrase("Finding", "The slowest answer took {milliseconds} ms."),
        phrase("Finding", "The server answers quickly."),
    ),
    ("speed", Verdict.WARNING): (
        phrase(
            "Finding",
            "The slowest answer took {milliseconds} ms: more seconds between two questions leave "
            "it more time.",
        ),
        phrase("Finding", "The server answers slowly."),
    ),
    ("speed", Verdict.BAD): (phrase("Finding", "The server answers too slowly for a board."),),
    ("simulator", Verdict.GOOD): (
        phrase("Finding", "The simulated call center runs. Queues: {queues}, agents: {agents}."),
        phrase("Finding", "The simulated call center runs."),
    ),
    ("simulator", Verdict.WARNING): (
        phrase("Finding", "The simulated call center runs with faults that are meant to happen."),
    ),
    ("simulator", Verdict.BAD): (
        phrase("Finding", "The simulated call center could not be started."),
    ),
}

REASONS: Final[tuple[Phrase, ...]] = (
    *mapping_words.REASONS,
    # Of ways out of alerts.
    phrase("Reason", "it is none of starttls, tls, none"),
    phrase("Reason", "it is no name of a server"),
    phrase("Reason", "it wants one address at least, and 50 at the most"),
    phrase("Reason", "it is not like name@example.com"),
    phrase("Reason", "the server does not offer it"),
    phrase("Reason", "a password is not sent without encryption"),
    phrase("Reason", "it holds letters that a header cannot hold"),
    phrase("Reason", "it is no address of a service"),
    phrase("Reason", "there is no such kind of way out"),
    phrase("Reason", "it cannot be read where it is kept"),
    phrase("Reason", "it is not there any more"),
    phrase("Reason", "it was told for another address"),
    phrase("Reason", "its encryption does not fit ours"),
    phrase("Reason", "Connection refused"),
    phrase("Reason", "Connection reset by peer"),
    phrase("Reason", "No route to host"),
    phrase("Reason", "Network is unreachable"),
    phrase("Reason", "Host is unreachable"),
    phrase("Reason", "Connection timed out"),
    phrase("Reason", "timed out"),
    phrase("Reason", "certificate has expired"),
    phrase("Reason", "self-signed certificate"),
    phrase("Reason", "self-signed certificate in certificate chain"),
    phrase("Reason", "unable to get local issuer certificate"),
    phrase("Reason", "unable to verify the first certificate"),
    phrase("Reason", "certificate is not yet valid"),
    phrase("Reason", "it is made out to another name"),
    phrase("Reason", "No such file or directory"),
    phrase("Reason", "Permission denied"),
    phrase("Reason", "Is a directory"),
    phrase("Reason", "it holds no certificate"),
    phrase("Reason", "it is empty"),
    phrase("Reason", "it holds a control character"),
    phrase("Reason", "it is not a number from 1 to 65535"),
    phrase("Reason", "it is not a number from 1 to 1000"),
    phrase("Reason", "it is not a whole number"),
    phrase("Reason", "it is neither yes nor no"),
    phrase("Reason", "it is neither en nor fa"),
    phrase("Reason", "it is not one of socket, http, https"),
    phrase("Reason", "it is not like /asterisk"),
    phrase("Reason", "it is not like PJSIP/9001 or Local/9001@from-internal"),
    phrase("Reason", "it is not like Call-Info: <sip:x>;answer-after=0"),
    phrase("Reason", "only a phone told as PJSIP/… or SIP/… takes one"),
    phrase("Reason", "it is not like from-internal"),
    phrase("Reason", "it is too long"),
    phrase("Reason", "it is not like 10 or support=10,sales=5"),
    phrase("Reason", "a queue is told twice"),
    phrase("Reason", "it is not like https://name/path"),
    phrase("Reason", "its path holds what a path must not hold"),
    phrase("Reason", "it is not encrypted, and that is not allowed"),
    phrase("Reason", "there is no such way"),
    phrase("Reason", "it holds what no token holds"),
    phrase("Reason", "it holds a colon"),
    phrase("Reason", "it is no header for a key"),
    phrase("Reason", "it is not 64 hexadecimal digits"),
    phrase("Reason", "it is not like http://name:3128"),
    phrase("Reason", "it is not a number from 1 to 60"),
    phrase("Reason", "it is another one than before"),
    phrase("Reason", "it asks for a certificate of this computer"),
    phrase("Reason", "it does not accept the certificate of this computer"),
    phrase("Reason", "its encryption is too old"),
    phrase("Reason", "name not found"),
    phrase("Reason", "it hangs up"),
    phrase("Reason", "a web page, perhaps one to log in"),
    phrase("Reason", "nothing"),
    phrase("Reason", "it is packed in a way nobody asked for"),
    phrase("Reason", "it is not packed as it says"),
    phrase("Reason", "it is cut short"),
    phrase("Reason", "it has no end"),
    phrase("Reason", "the token cannot be read"),
    phrase("Reason", "its time goes back"),
    phrase("Reason", "no cursor"),
    phrase("Reason", "it does not know its own cursor"),
    phrase("Reason", "it has two times for the same queues"),
    phrase("Reason", "there is no such file"),
    phrase("Reason", "there is no such scenario"),
    phrase("Reason", "no list of queues; Asterisk 13 or newer is needed"),
)
"""Reasons that systems and sources often give, in their own words."""

REFUSALS: Final[tuple[Phrase, ...]] = (
    phrase("Reason", "There is no such agent."),
    phrase("Reason", "The agent is not in this queue."),
    phrase("Reason", "The agent has no call."),
    phrase("Reason", "The agent has another call by now."),
    phrase("Reason", "You are not listening to this agent."),
    phrase("Reason", "You are not whispering to this agent."),
    phrase("Reason", "This PBX cannot mute your phone."),
    phrase("Reason", "The agent is not signed in."),
    phrase("Reason", "The agent is already paused."),
    phrase("Reason", "The agent is not paused."),
    phrase("Reason", "The center cannot be reached."),
    phrase("Reason", "not supported yet"),
    phrase("Reason", "It is not known whether it was done: look before you try again."),
    phrase("Reason", "It came too late; nothing was done."),
    phrase("Reason", "The same is under way already."),
    # Of a phone system.
    phrase("Reason", "The agent has several calls; which one is meant cannot be told."),
    phrase("Reason", "The PBX does not tell which channel is the agent's."),
    phrase("Reason", "There is no such caller, or not any more."),
    phrase("Reason", "The call ended meanwhile."),
    phrase("Reason", "The account at the PBX may not see the calls' channels."),
    phrase("Reason", "No phone of the supervisor's is set for this connection."),
    phrase("Reason", "The phone is not written as one that may be called, such as PJSIP/9001."),
    phrase("Reason", "Your phone is in a call of the wallboard's already: end that first."),
    phrase("Reason", "Your phone is not registered, or there is no such phone."),
    phrase("Reason", "Your phone was not answered in time."),
    phrase("Reason", "Your phone is busy."),
    phrase("Reason", "Your phone hung up without an answer."),
    phrase("Reason", "The PBX could not call your phone: all lines are busy."),
    phrase("Reason", "The PBX did not tell what became of the call to your phone; it was ended."),
    phrase("Reason", "It was ended before it began."),
    phrase("Reason", "Your phone was answered, but the PBX put no sound on it."),
    phrase("Reason", "It reached another call than the one that was meant; it was ended at once."),
    phrase("Reason", "Your phone was answered, but the caller was not connected to it."),
    phrase("Reason", "The connection was lost meanwhile: check your phone before you try again."),
    phrase("Reason", "The account at the PBX may not do this."),
    phrase("Reason", "This PBX has no such command."),
    phrase("Reason", "The PBX refused it."),
    phrase("Reason", "It holds characters that must not be sent to the PBX."),
    phrase("Reason", "There is no such queue."),
    phrase("Reason", "The agent is in this queue already."),
    phrase("Reason", "The agent is a fixed member of the queue: only its configuration ends that."),
    phrase("Reason", "It was done in some of the queues only."),
    phrase("Reason", "There is no such extension on the PBX."),
    phrase("Reason", "The agent has no phone that takes messages."),
    phrase("Reason", "The agent's phone did not take the message."),
    # Of a server of walls.
    phrase("Reason", "Your token has no phone."),
    phrase("Reason", "Your token does not reach there."),
    phrase("Reason", "Nobody may monitor this agent."),
    phrase(
        "Reason",
        "Agents must be told here that somebody is in the call, and there is no way to tell them.",
    ),
    phrase("Reason", "The caller does not wait any more."),
    phrase("Reason", "It is another call by now."),
    phrase("Reason", "The journal cannot be written, so nothing is done."),
    # What the program itself says of a monitoring.
    phrase("Reason", "It was ended: it had lasted as long as is allowed here."),
    phrase("Reason", "It was ended: the right to it was withdrawn."),
    phrase("Reason", "It was ended: your phone could not be muted again."),
    phrase("Reason", "It was ended: the agent could not be told of it, and must be."),
    phrase("Reason", "It was said to have begun, and was never seen."),
    phrase("Reason", "Another call than the one you chose was reached; it was ended at once."),
    phrase("Reason", "Nothing was seen of it for a while."),
    phrase("Reason", "Your phone was hung up."),
    phrase("Reason", "The call is over."),
)
"""Why a source did not do what a supervisor asked for, in its own words."""

OTHER_FINDING: Final[Mapping[Verdict, Phrase]] = {
    Verdict.GOOD: phrase("Finding", "{topic}: good"),
    Verdict.WARNING: phrase("Finding", "{topic}: worth a look"),
    Verdict.BAD: phrase("Finding", "{topic}: failed"),
}
