# The exchange between machines: bundles, keys, machines.
cmd-bundle = Bundles of changes, to carry on a stick or to send by mail
cmd-bundle-export = Writes a bundle of changes
cmd-bundle-import = Takes in bundles of changes
cmd-bundle-inspect = Says what a bundle holds, without writing anything
cmd-machine = The machines of the organisation
cmd-machine-list = Lists the machines
cmd-machine-show = Shows the key of this machine
cmd-machine-add = Enrols a machine, again if it was withdrawn; gives it another name
cmd-machine-remove = Withdraws a machine: what it wrote stays
arg-bundle = The bundle
arg-bundles = The bundles to take in
arg-reader = Machine that will read it: what it has is left out
arg-bundle-export-to = Key (age1… or ssh-ed25519 …), machine or key file to which the bundle is encrypted
arg-max-size = Largest size of a file (5M): the bundle is divided into several
arg-partial = Takes what is whole in a damaged bundle
arg-identity = Private key that opens the bundle
arg-extract = Writes each segment and its signature into a folder, for ssh-keygen -Y verify
arg-line = Line that “chantier machine” shows on the other machine, in quotes

bundle-written = { $changes ->
    [0] Nothing new to send: { $files } only carries the receipt ({ $size }).
    [one] 1 change in { $files } ({ $size }).
   *[other] { $changes } changes in { $files } ({ $size }).
 }
bundle-taken = { $file }, from { $machine }:
bundle-extracted = { $count ->
    [one] 1 segment written into { $folder }.
   *[other] { $count } segments written into { $folder }.
 }
bundle-organisation = Organisation
bundle-machine = Machine
bundle-fingerprint = Fingerprint
bundle-part = Part
bundle-segments = Segments
bundle-changes = Changes
bundle-users = Authors
exchange-line = sent { $sent } · received { $received } · refused { $refused } · new conflicts { $conflicts } · held { $held } · still to send { $pending }
exchange-line-in = received { $received } · refused { $refused } · new conflicts { $conflicts } · held { $held }
exchange-nothing-in = nothing new: all that it carries was here already
bundle-rest = The rest is lost (cut or damaged from byte { $offset } on): ask for this bundle again.
exchange-conflicts = { $count ->
    [one] One value has two versions: settle it with “chantier conflicts”.
   *[other] { $count } values have several versions: settle them with “chantier conflicts”.
 }
exchange-conflicts-here = { $count ->
    [one] One value has two versions to settle.
   *[other] { $count } values have several versions to settle.
 }
size-bytes = { $number } bytes
size-kilobytes = { $number } kB
size-megabytes = { $number } MB

machine-added = { $name } is enrolled ({ $fingerprint }): it may send its changes.
machine-removed = { $name } is withdrawn: what came from it stays, what it still sends will wait until you enrol it again (“chantier machine add”).
machines-none = No machine is enrolled: this one will be at its first exchange.
machine-here = { $name } (here)
machine-admin = administers
machine-enrolled = enrolled
machine-withdrawn = withdrawn
column-role = Role
column-fingerprint = Fingerprint

op-enrol = { $what ->
    [withdrawn] machine { $name } withdrawn
    [sends] notices are sent by { $name }
   *[other] machine { $name } enrolled
 }
op-short-enrol = machine
op-receive = received from { $machine }
op-short-receive = received

size-unreadable = “{ $text }” is not a size: write for example 50k or 5M.
key-unreadable = This is not an ssh-ed25519 public key on one line: copy the line that “chantier machine” shows on the other machine.
key-is-private = This is a private key: give it to nobody; copy the public key (the .pub file).
key-file-unreadable = The key “{ $path }” does not read ({ $error }): check the file and its permissions.
key-file-unwritable = The key of this machine cannot be written to “{ $path }” ({ $error }): check the permissions of the folder.
key-file-open = The key “{ $path }” can be read by others: run “chmod 600” on that file.
key-unusable = The key of this machine does not sign ({ $error }).
recipient-unreadable = “{ $text }” is neither a key (age1…, ssh-ed25519 …), nor a machine, nor a file with a public key.
envelope-unclosed = The bundle cannot be encrypted ({ $error }).
envelope-unopened = The encrypted bundle does not open ({ $error }): ask for it again.
envelope-for-others = This bundle is encrypted for others: give the right key with --identity, or ask for it for this machine.
identity-unreadable = This file is neither an OpenSSH private key nor an age identity.
identity-locked = This private key is protected by a passphrase or of another kind: give an ed25519 key without passphrase, or ask for the bundle for this machine.
bundle-too-new = This bundle comes from a newer version: install the latest version of chantier; nothing was changed.
segment-unpackable = A segment does not read ({ $error }).
bundle-cut = The bundle is incomplete (cut at byte { $offset }, frame { $frame }): ask for it again, or take what is whole with --partial; nothing was changed.
bundle-damaged = The bundle is damaged (frame { $frame }, from byte { $offset }): ask for it again, or take what is whole with --partial; nothing was changed.
bundle-unreadable = The bundle does not read ({ $error }): check the stick or the disk.
bundle-unopened = The bundle “{ $path }” does not open ({ $error }): check the path.
bundle-not-a-file = “{ $path }” is not a file: name a .chantier bundle.
bundle-empty = This file is empty: ask for the bundle again.
bundle-mail = This bundle was changed on its way, probably by a mail program that changes line ends: send it again in a zip archive.
bundle-base64 = This bundle is still encoded for mail (base64): save the attachment with your mail program.
bundle-foreign = This file is not a bundle of chantier; nothing was changed.
bundle-appended = Something was added behind the bundle (from byte { $offset }): ask for it again; nothing was changed.
bundle-other-organisation = This bundle is of the organisation “{ $name }”, this database of “{ $own }”: name the right database with --db; nothing was changed.
bundle-exists = “{ $path }” exists already: choose another name.
bundle-unwritable = The bundle cannot be written ({ $error }): check room and permissions.
bundle-size-too-small = A file must have room for a whole segment: write --max-size { $bytes } or more.
folder-unwritable = The folder “{ $path }” cannot be written ({ $error }): check its permissions.
segment-forged = A change of { $machine } does not bear its signature: ask for it again, and check where it comes from; nothing was changed.
segment-unknown-machine = The machine { $machine } is not enrolled here: have an administrator enrol it (“chantier machine add”), then try again; nothing was changed.
segment-not-allowed = The machine { $machine } may not write this: see an administrator; nothing was changed.
exchange-in-memory = A database in memory does not exchange.
exchange-lacks = What machine { $machine } wrote up to its change { $change } is lacking: ask it for a bundle, or exchange with a machine that has it.
exchange-not-enrolled = This machine is not enrolled yet: send an administrator this line, for “chantier machine add NAME "…"”: { $line }
identity-behind = This database is a copy or was set back: it takes a new machine number; try again.
machine-line-short = The line must end with the number of the machine: copy all of it from “chantier machine”.
machine-other-key = { $name } is enrolled with another key: withdraw it first.
machine-is-this = This is this machine: withdraw it from another one.
machine-unknown = No machine “{ $name }” is enrolled: see “chantier machine list”.
machine-ambiguous = Several machines answer to “{ $name }”: write its whole name, or its number (“chantier machine list”).
machine-not-admin = Only a machine that administers enrols or withdraws machines: do it there.

cmd-remote = Places to exchange with: server, folder, object store
cmd-remote-list = Lists the places
cmd-remote-add = Adds a place
cmd-remote-remove = Forgets a place
cmd-sync = Exchanges with a place
arg-target = Server (user@host, ssh://…), folder (/media/stick, file://…) or store (s3://bucket/prefix?endpoint=…)
arg-remote-add-name = What to call it
arg-remote-add-project = Only this project (may be repeated)
arg-remote = The place; the only one there is, when it is not named
arg-sync-budget = Most bytes to exchange (50k): the rest goes the next time
remote-added = { $name } is added ({ $target }): exchange with “chantier sync { $name }”.
remote-removed = { $name } is forgotten: what came from it stays.
remotes-none = No place to exchange with: add one with “chantier remote add”.
column-target = Address
column-last = Last exchange
sync-working = Exchanging with { $name }
sync-done = Exchange with { $name }:
target-unreadable = “{ $text }” is not a place to exchange with: write user@host, /a/folder, file:///a/folder or s3://bucket/prefix.
remote-nameless = The place has no name: give it one with --name.
remote-exists = A place is called { $name } already: give another name with --name.
remote-none = There is no place to exchange with: add one with “chantier remote add”.
remote-which = There are several places to exchange with: name one ({ $names }).
remote-unknown = No place is called “{ $name }”: see “chantier remote list”.

# Which machine this is, and what “chantier doctor” finds about exchanges.
exchange-forked = Two copies of machine { $machine } wrote differently under the same name: what came second is kept apart; exchange with both again, the one that is behind will take a new name.
exchange-orphans = { $count ->
    [one] 1 change made before this database was copied is
   *[other] { $count } changes made before this database was copied are
 } signed nowhere: they will leave with the next exchange.
held-missing = { $count ->
    [one] 1 segment of { $machine } waits
   *[other] { $count } segments of { $machine } wait
 } for what they build on: exchange with that machine, or with one that has it.
held-withdrawn = { $count ->
    [one] 1 segment of { $machine }, which is withdrawn, waits
   *[other] { $count } segments of { $machine }, which is withdrawn, wait
 }: enrol it again with “chantier machine add” to take them.
held-misfit = { $count ->
    [one] 1 segment of { $machine } has
   *[other] { $count } segments of { $machine } have
 } another form than expected and stays apart: install the latest chantier, or look at that machine.
held-forked = { $count ->
    [one] 1 segment of another copy of { $machine } is kept
   *[other] { $count } segments of another copy of { $machine } are kept
 } apart: exchange with both copies again, the one that is behind will take a new name.
segments-unverified = { $count ->
    [one] 1 segment of { $machine } does
   *[other] { $count } segments of { $machine } do
 } not carry its signature: compare with another machine before sending it.
segments-unmatched = { $count ->
    [one] 1 segment of { $machine } does
   *[other] { $count } segments of { $machine } do
 } not match the log any more: restore a backup, then exchange.
segments-unknown = { $count ->
    [one] 1 segment comes
   *[other] { $count } segments come
 } from { $machine }, which is not enrolled: its signature cannot be verified.
rows-not-received = { $count ->
    [one] 1 record has not arrived yet
   *[other] { $count } records have not arrived yet
 } and others depend on it: exchange with the machine that made them.
rows-out-of-place = { $count ->
    [one] 1 lot or site belongs
   *[other] { $count } lots or sites belong
 } to nothing: exchange with the machine that made them.
figures-out-of-limits = { $count ->
    [one] 1 cumulative progress is
   *[other] { $count } cumulative figures are
 } outside 0 to 100 % ({ $places }): type them again.
projects-twice = { $count ->
    [one] 1 name is used
   *[other] { $count } names are used
 } by several projects ({ $names }): rename one, or archive the double.
contractors-twice = { $count ->
    [one] 1 name is used
   *[other] { $count } names are used
 } by several contractors ({ $names }): rename one, or archive the double.
machine-former = former name

cmd-conflicts-settle = Settles: keeps a version, or writes another
arg-conflicts-settle-month = The month
arg-keep = Number of the version to keep, in the order of the list
arg-field = What it is about, where several compete in one place
conflict-unknown = Nothing competes for “{ $place }”: see “chantier conflicts”.
conflict-which = Several values compete for “{ $place }”: name the month, or what it is about with --field.
arg-conflicts-settle-place = The site, lot or record, as listed
arg-conflicts-settle-value = Another value
arg-encrypt = Encrypts what is laid down there for the machines of the organisation: the owner of the place reads nothing
arg-watch = Exchanges each time the folder is there with something new (USB stick); Ctrl-C to end
sync-waiting = Waiting for “{ $path }”: plug in the stick, or Ctrl-C to end.
sync-removable = { $name }: { $line } · you may remove the stick
exchange-left = { $count ->
    [one] One pack is still to be fetched: exchange again.
   *[other] { $count } packs are still to be fetched: exchange again.
 }
exchange-closed = { $count ->
    [one] One pack was encrypted before this machine was enrolled: ask { $machine } for a bundle.
   *[other] { $count } packs were encrypted before this machine was enrolled: ask { $machine } for a bundle.
 }
remote-closed-already = A line over SSH is encrypted already: add this place without --encrypt.
remote-whole = A folder or a store carries all projects: add it without --project.
watch-needs-folder = { $name } is not a folder: only a folder (a stick) is watched.
place-missing = The folder “{ $path }” is not there: plug in the stick or mount the share, then try again.
place-not-a-folder = “{ $path }” is not a folder: remove this place (“chantier remote remove”) and add a folder.
place-unreadable = “{ $path }” does not read ({ $error }): check the stick and the permissions.
place-unwritable = “{ $path }” cannot be written ({ $error }): check the stick and the permissions.
place-full = There is no room left for “{ $path }” ({ $error }): make room, then exchange again.
place-read-only = “{ $path }” is read-only ({ $error }): unlock the stick or take another one.
place-forgets = The stick “{ $path }” does not keep what is written to it: take another one.
pack-damaged = The pack { $pack } is damaged at that place: delete it, its machine lays it down again at its next exchange.
pack-misnamed = The pack { $pack } is not what its name says: delete it.
pack-too-large = The pack { $pack } is larger than anything that chantier lays down: delete it.
endpoint-unreadable = “{ $text }” is not the address of a store: write ?endpoint=https://s3.example.org.
endpoint-with-key = The address of a store carries neither name nor password: put the key into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
endpoint-open = { $host } is reached by https only: without it everybody on the line reads.
credentials-missing = The key of the store is missing: put it into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or into ~/.aws/credentials.
bucket-host-unknown = { $host } is not found: check the address and the connection.
bucket-silent = { $host } does not answer: check the connection, then try again; what went through stays.
bucket-unreachable = { $host } is not reached ({ $error }): check the address and the connection; what went through stays.
bucket-untrusted = The certificate of { $host } is not valid ({ $error }): check the address and the clock of this machine.
bucket-line = The exchange with { $host } was interrupted ({ $error }): try again; what went through stays.
bucket-foreign = { $host } does not answer like an S3-type store: check the address.
bucket-clock = { $host } refuses the clock of this machine: set it right, then try again.
bucket-credentials = { $host } does not accept this key ({ $code }): check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
bucket-missing = { $host } has no bucket “{ $bucket }”: check its name, or have it made.
bucket-elsewhere = The bucket “{ $bucket }” is in another region ({ $code }): add ?region=… to the address.
bucket-forbidden = { $host } refuses access to the bucket “{ $bucket }” ({ $code }): ask for the right to list, read and write.
bucket-failing = { $host } is failing ({ $code }): try again later; what went through stays.
bucket-refuses = { $host } refuses ({ $code }): see who looks after the store.
