# Notices and letters.
role-entreprise = contractor
role-maitre-ouvrage = client
letter-column-month = Month
letter-column-cumulative = Total
letter-column-progress = Of month
letter-column-normal = Normal
letter-column-target = Rate
letter-column-delay = Delay
letter-column-status = Status
letter-column-old = Old
letter-column-new = New
notice-kind-reminder = Reminder of figures
notice-kind-missing-entries = Alert of missing figures
notice-kind-delay = Alert of delay
notice-kind-pre-demobilisation = Notice of pre-demobilisation
notice-kind-demobilisation = Notification of demobilisation
notice-kind-remobilisation = Order of remobilisation
notice-kind-corrigendum = Corrigendum
notice-kind-formal-notice = Formal notice
notice-kind-digest = Summary
notice-named-reminder = the reminder
notice-named-missing-entries = the alert of missing figures
notice-named-delay = the alert of delay
notice-named-pre-demobilisation = the notice of pre-demobilisation
notice-named-demobilisation = the notification of demobilisation
notice-named-remobilisation = the order of remobilisation
notice-named-corrigendum = the corrigendum
notice-named-formal-notice = the formal notice
notice-named-digest = the summary

notice-state-draft = draft
notice-state-ready = approved
notice-state-held = held
notice-state-cancelled = withdrawn

template-syntax = { $file }, line { $line }: the template cannot be read ({ $detail }); correct it.
template-undefined = { $file }, line { $line }: the template asks for something that does not exist or is missing here ({ $detail }); check its name, or test it first.
template-unknown-word = { $file }, line { $line }: unknown filter, test or function ({ $detail }); correct its name.
template-too-long = { $file }, line { $line }: the template makes too much text or does not end ({ $detail }); shorten it.
template-fails = { $file }, line { $line }: the template fails ({ $detail }); correct it.
template-undivided = { $file }, line { $line }: the line "---" between subject and body is missing.
template-no-subject = { $file }, line { $line }: the subject is empty; write it before the line "---".
template-no-body = { $file }, line { $line }: the frame does not take up the body; add "body" to it.
template-file-large = { $file } is larger than 64 KiB: shorten the template.
template-unreadable = { $file } cannot be read ({ $error }): check the file.
template-unwritable = { $file } cannot be written ({ $error }): choose another folder with --into.
templates-in-memory = A database in memory has no folder of templates: name one with --into.
templates-written = Templates written: { $count }, in { $folder }; put them into the folder "templates" beside the database to have them used.
templates-fine = Every template reads, in French and in English.

notice-unknown = No notice is called "{ $name }": see "chantier notices list".
notice-ambiguous = "{ $name }" means several notices ({ $found }): write more of it.
notice-gone = This notice is not there any more: it was withdrawn meanwhile.
notice-not-pronounced = The withdrawal is only proposed: “chantier decide demobilise” pronounces it, then its letter is prepared.
notice-not-pronounced-here = The withdrawal is only proposed: “d” pronounces it, then “n” prepares its letter.
notice-reference-twice = The number { $reference } was given to two notices, approved on two machines: both letters stand, tell the addressees.
notice-not-called-for-here = Nothing calls for a notice here today. “N” prepares a formal notice.
notice-not-called-for = Nothing calls for this notice today: see "chantier alerts", or prepare a formal notice with --grounds.
notice-needs-lot = This notice is about a lot: name it with --place.
notice-needs-place = Name the lot with --place, or the project with --project.
notice-grounds-missing = A formal notice needs its grounds: write them with --grounds.
notice-cancelled = Notice { $reference } is withdrawn: prepare another one.
notice-not-open = Notice { $reference } is approved or gone already: there is nothing to do.
notice-not-draft = Notice { $reference } is no longer a draft: its words are fixed.
notice-words-too-long = This text is longer than { $most } characters: shorten it; nothing was saved.
notice-words-empty = A notice needs a subject and a body.
notice-address-missing = The address of { $name } is missing: "chantier notices edit NOTICE --address NAME=ADDRESS", or correct the register.
notice-addressee-unknown = No name and no address is known for this addressee ({ $role }): complete the register, or add somebody with "chantier notices edit NOTICE --to ADDRESS".
notice-addressee-none = Nobody receives this notice: add somebody with "chantier notices edit NOTICE --to ADDRESS".
notice-figures-moved = The figures of notice { $reference } have changed since it was drawn up: read it again, correct its words or withdraw it.
notice-words-moved = The words of notice { $reference } have changed since you read them: read it again, then approve.
notice-may-be-gone = Notice { $reference } may have gone, or goes in a digest: wait for the next sending (chantier notices run), or send it alone (chantier notices send).
notice-address-twice = { $email } receives this notice already.
notice-address-form = Write NAME=ADDRESS, for example "Mbondé SARL=contact@example.org".
notice-nobody = No waiting addressee is called "{ $name }": see "chantier notices show NOTICE".
notice-several = "{ $name }" means several addressees: write the address.

column-notice = Notice
column-kind = Kind
column-subject = About
column-state = State
column-addressees = Gone
notices-none = No notice.
notices-defects = To repair before sending: { $count } (see "chantier notices show NOTICE").
notices-prepared = Notices prepared: { $made } new, { $renewed } renewed, { $withdrawn } withdrawn.
notices-held = Notices held: { $count }
notices-cancelled = Notices withdrawn: { $count }
notice-approved = { $reference }: { $subject }
notice-to-line = to { $name } <{ $email }>: { $state }
notice-copy-line = copy to { $name } <{ $email }>: { $state }
demobilise-unnotified = { $place }: no notice of pre-demobilisation was sent before this one.
decide-unnotified = No notice of pre-demobilisation was sent in this cycle.

op-notify = { $step ->
    [prepare] notices prepared: { $count }
    [prepare-one] notice prepared: { $notice }
    [approve] notice approved: { $reference } ({ $notice })
    [approve-many] notices approved: { $count }, from { $reference } on
    [hold] notice held: { $reference } ({ $notice })
    [hold-many] notices held: { $count }
    [cancel] notice withdrawn: { $reference } ({ $notice })
    [cancel-many] notices withdrawn: { $count }
    [edit] notice rewritten: { $reference } ({ $notice })
    [address-add] addressee added to { $reference }: { $name }
    [address-remove] addressee taken off { $reference }: { $name }
    [address-repair] address repaired in { $reference }: { $name }
   *[other] notice: { $notice } { $reference }
 }
op-short-notify = notice
op-notify-alone = { $step ->
    [prepare] notices prepared by the machine that sends: { $count }
    [approve] notice approved as set: { $reference } ({ $notice })
    [approve-many] notices approved as set: { $count }, from { $reference } on
   *[other] notice prepared by the machine that sends: { $notice }
 }
op-short-notify-alone = notice of the machine that sends

cmd-notices = Notices and letters: prepared, approved, held, withdrawn
cmd-notices-list = Lists notices
cmd-notices-show = Shows a notice, its addressees and its letter
cmd-notices-prepare = Prepares the notices that alerts and decisions call for
cmd-notices-approve = Approves notices: each gets its number
cmd-notices-hold = Holds notices
cmd-notices-cancel = Withdraws notices that did not go
cmd-notices-edit = Changes a notice: subject, body, addressees
cmd-notices-check = Checks every template of letters
cmd-notices-preview = Shows a template with invented data
cmd-notices-templates = Writes the program's templates, to change them
arg-notice = Notice: number, or beginning of its identifier
arg-language = Language of the letter
arg-notices-templates-into = Folder of the templates; the one of the database when it is left out
arg-state = State
arg-notices-prepare-kind = Kind of notice
arg-notices-preview-kind = Kind of notice
arg-grounds = Grounds and breaches of a formal notice
arg-notices-approve-all = Every draft
arg-subject = New subject
arg-body = File of the new body
arg-notices-edit-to = One more addressee
arg-notices-edit-copy = One more person who gets a copy
arg-notices-edit-name = Name of the person who is added
arg-without = Addressee to take off, by name, role or address
arg-notices-edit-address = Address of an addressee: NAME=ADDRESS

field-notice = notice
field-delivery = delivery
field-gravity = gravity
field-language = language
field-reference = reference
field-subject = subject
field-body = body
field-facts = frozen figures
field-day = day
field-role = role
field-copy = copy
field-channel = channel
field-reply = reply
field-at-ms = instant
