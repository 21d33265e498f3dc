# What is sent, by which machine, and what servers answer.
cmd-notices-send = Sends a notice now, also what was held or refused
cmd-notices-run = Sends what is approved and due
cmd-notices-sender = Says which machine sends the organisation’s notices
cmd-notices-sender-take = Makes this machine the one that sends (administrators)
arg-goes-on = Goes on until it is ended
arg-no-prepare = Sends only what is approved, prepares nothing
arg-retry = Also to a server that has just refused this machine

op-deliver = { $outcome ->
    [sent] notice “{ $subject }” to { $addressee }: accepted by the server
    [written] notice “{ $subject }” to { $addressee }: written
    [failed] notice “{ $subject }” to { $addressee }: refused
    [held] notice “{ $subject }” to { $addressee }: held
    [waiting] notice “{ $subject }”: to be sent again
   *[other] waiting notices put together
 }

sender-this = This machine sends the notices.
sender-taken = This machine sends the notices from now on; the others learn of it at the next exchange.
sender-other = The notices are sent by { $name }; an administrator can change that with “chantier notices sender take”.
sender-nobody = No machine sends the notices: an administrator names one with “chantier notices sender take”.

mail-sent = Accepted by the server: { $count }
mail-written = Written into a folder: { $count }
mail-digests = Put together in digests: { $count }
mail-resolved = No longer so, not sent: { $count }
mail-failed = Refused for good: { $count }; correct the address, then “chantier notices send”.
mail-held = Held, for you to decide: { $count }
mail-deferred = Tried again later: { $count }
mail-unknown = Cut off without an answer, tried once more later: { $count }
mail-without-address = Without a usable address: { $count }; complete the address, or set a folder of letters (chantier config set mail.letters FOLDER).
mail-waiting = Waiting: { $count }
mail-nothing = Nothing waits.
mail-no-way = This machine cannot send yet: chantier config set mail.server SERVER and mail.from ADDRESS, or mail.folder FOLDER.
mail-minute = Thirty messages went this minute: the rest goes in a moment.
mail-day = Three hundred messages about one site or project went within a day: the rest goes within twenty-four hours.
mail-paused = The server refused this machine less than an hour ago ({ $reply }): check the settings, then “chantier notices run --retry”.
mail-unreachable = The server cannot be reached for now ({ $reply }): the notices wait.
mail-letters-stopped = The letters to be printed wait. { $reply }
mail-busy = The server says later ({ $reply }): the notices wait.
mail-unwelcome = The server refuses this machine ({ $reply }): check the name, the password and the address that sends; the notices wait.
mail-from-missing = The address that sends is missing: chantier config set mail.from ADDRESS.
mail-password-missing = The password is missing: write it into a file that only you can read, then chantier config set mail.password_file FILE.
mail-keyring-empty = The keyring does not give the password of { $user } at { $server } ({ $error }): secret-tool store --label=chantier service chantier server { $server } user { $user } puts it there.
mail-keyring-unasked = The keyring cannot be asked ({ $error }): install secret-tool (libsecret), or keep the password in a file: chantier config set mail.password_file FILE.
mail-password-open = Others can read the password in “{ $path }”: chmod 600 closes it.
mail-folder-missing = The folder “{ $path }” is not there: plug in the stick, or make it.
mail-folder-unwritable = Nothing can be written into “{ $path }” ({ $error }): check the space and the permissions.
mail-folder-taken = Too many files are called “{ $path }” already: empty the folder.
mail-setting-here = The settings mail.* are of this machine: take away --project and --from.
mail-this-machine = this machine

mail-digest-subject = { $count } notices for the project { $project }
mail-digest-part = { $subject } ({ $part }/{ $parts })
mail-digest-intro = These { $count } notices of the project { $project } could not go on their day, for want of a network. Here they are together, each in full.
mail-digest-mark = { $number }/{ $count } · made on { $made }, sent on { $sent }

address-unreadable = “{ $address }” is not an address: write name@domain.country, without accents or spaces.
message-too-large = The letter is longer than { $bytes } bytes: shorten it.
message-unwritable = The message cannot be written ({ $error }): check the letter and the address.

notice-not-approved = This notice is not approved: “chantier notices approve” first.
notice-is-held = This notice is held: “chantier notices approve” releases it.
notice-is-cancelled = This notice is cancelled: prepare another.
notice-nothing-waits = Nothing of this notice waits.

reply-interrupted = the sending was interrupted; nobody knows whether the server has the message
reply-same-address = sent to the same address already
reply-resolved = no longer so before it went
reply-no-such-server = { $server } cannot be found
reply-no-connection = { $server } does not answer
reply-not-loopback = { $server } is not this machine: the line must be encrypted
reply-no-tls = { $server } offers no encrypted line (STARTTLS)
reply-tls = the certificate of the authority does not read ({ $error })
reply-tls-failed = the line with { $server } cannot be encrypted ({ $error })
reply-no-login = { $server } offers no login by password
reply-not-a-server = what answers at { $server } is not a mail server
reply-too-slow = { $server } is too slow to answer
reply-cut = the line with { $server } was cut

notices-approved-alone = { $count ->
    [one] { $count } notice approved without a look, as set.
   *[other] { $count } notices approved without a look, as set.
}
why-draft = to be approved
why-held = held
why-no-address = no address
why-elsewhere = goes from machine { $name }
why-nobody = no machine sends
why-digest = in a digest
why-deferred = deferred to { $at }: { $reply }
why-no-line = server out of reach, tried again on { $at }
why-unknown = line broke, may have gone; tried again on { $at }
why-paused = server left alone for an hour: { $reply }
why-contested = two versions: settle them (chantier conflicts)
why-not-today = limit of the day reached, goes later
why-next = goes at the next sending
channel-smtp = mail
channel-folder = folder
channel-letter = paper
channel-digest = digest
