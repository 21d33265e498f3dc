# Sign-offs, locked months, completeness and timeliness, the trail of a lot.
cmd-sign = Signs off the figures of a project and month, or shows the sign-offs
arg-sign-what = Project
arg-sign-key = SSH private key (ed25519) that signs
arg-level = Level: checked, approved, seen; the next one if absent
arg-agent = Signs with the key of the SSH agent, or with that of the .pub file given
arg-paper = The printed page is signed; its code, if given, is compared
arg-signer = Who signed the printed page
arg-comment = What the signer says
arg-sign-show = Lists who signed what, how, and whether it still holds
arg-sign-page = Prints a page to sign with a pen: the text, its code, a line for each level
arg-sign-text = Prints the text that is signed, and its code
arg-verify = Says what the code of a printed page stands for
cmd-unlock = Opens a locked month again, by derogation
arg-unlock-what = Project
arg-until = Last day of the derogation
arg-rates = Shows the completeness and timeliness of each month
arg-history-all = Everything that happened, in one list: figures, alerts, notices, decisions, sign-offs

visa-level-checked = checked
visa-level-approved = approved
visa-level-seen = seen
visa-form-key = SSH key
visa-form-session = session
visa-form-paper = paper
visa-holds = holds
visa-differs = signed text ≠ present text
visa-forged = false signature
visa-withdrawn = withdrawn since
visa-withdrawal = withdrawal
visa-none = No sign-off.
visa-signed = { $project }, { $month }: { $level }. Code of the text: { $code }.
visa-state-none = { $project }, { $month }: not signed off yet.
visa-state-reached = { $project }, { $month }: { $level } ({ $signers }).
visa-state-second = { $project }, { $month }: approved by { $signers }, who entered some of these figures; a second approver is needed.
visa-state-changed = { $project }, { $month }: signed text ≠ present text (was { $level }: { $signers }); a new sign-off is needed.
visa-mark-checked = checked
visa-mark-approved = approved
visa-mark-seen = seen
visa-mark-changed = to be signed again
visa-broken = { $project }, { $month }: a signed figure changed, signed text ≠ present text; see “chantier sign --show” and have it signed again.
visa-nothing = { $project } expects no figure in { $month }: there is nothing to sign.
visa-incomplete = { $project }, { $month } is not complete, { $count } { $count ->
    [one] lot is missing
   *[other] lots are missing
 } ({ $lots }): enter a figure or “-” (not applicable).
visa-contested = { $project }, { $month }: { $count } { $count ->
    [one] value has
   *[other] values have
 } two versions ({ $lots }); settle them first, see “chantier conflicts”.
visa-in-future = { $month } has not begun on { $today }: nothing is signed in advance.
visa-already = { $signer } has already signed these figures ({ $level }) in the same way.
visa-below = { $project }, { $month }: “{ $level }” first needs “{ $below }” over the same figures.
visa-below-changed = { $project }, { $month }: the figures changed since they were signed; “{ $level }” needs a new “{ $below }”.
visa-below-second = { $project }, { $month }: “{ $level }” needs a second approver, for the first entered some of these figures.
visa-needs-second = { $signer } entered figures of { $month } and cannot be alone in approving them: a second approver is needed.
visa-stranger = { $signer } is not known as { $posts } ({ $names }): the sign-off is kept, under this name.
visa-other-key = { $signer } has signed with another key so far: check { $fingerprint } with them.
visa-page-line = { $level } by ______________________________   on ____________   signature
visa-code-missing = The code of the page is missing: add it (--paper=CODE), as it is printed.
visa-code-missing-here = The code of the page is missing: type it, as it is printed.
visa-code-is = Code: { $code }
visa-code-wrong = “{ $code }” is not the code of a page: it has twelve characters, check each of them.
visa-code-other = The code { $code } is not that of the present figures ({ $present }): print the page again and have it signed.
visa-code-unknown = The code { $code } is of no text that is known here: give project and month, or exchange with the other machines first.
visa-code-present = { $code }: present figures of { $project }, { $month }.
visa-code-past = { $code }: signed figures of { $project }, { $month }, which changed since.

key-file-missing = There is no key “{ $path }”: check the path.
key-file-closed = The key “{ $path }” is closed by a passphrase: open it in the agent (ssh-add), then sign with --agent.
agent-empty = The SSH agent has no ed25519 key: add yours with ssh-add.
agent-several = The SSH agent has several ed25519 keys: choose with --agent=FILE.pub.
agent-refused = The SSH agent did not sign ({ $error }): check that it has this key, with “ssh-add -L”.
agent-unstarted = “{ $program }” does not start ({ $error }): install OpenSSH, or sign with --key.

month-closed-approved = { $month } of { $project } is approved: open it with “chantier unlock PROJECT MONTH --reason TEXT”, then have it signed again.
month-closed-signed = { $month } of { $project } is signed and locked ({ $days } days after its end): open it with “chantier unlock PROJECT MONTH --reason TEXT”.
month-closed-strict = { $month } of { $project } is locked ({ $days } days after its end, entry.lock = strict), for imports too: open it with “chantier unlock PROJECT MONTH --reason TEXT”, or choose “chantier config set entry.lock signed”.
unlock-no-reason = A derogation needs a reason: give it with --reason.
unlock-over = The derogation would end on { $until }, before today ({ $today }): give a day to come with --until.
unlock-open = { $month } of { $project } is not locked today; the derogation is kept.
unlocked = { $project }, { $month }: opened by derogation.
unlocked-until = { $project }, { $month }: opened by derogation until { $until }.

rates-empty = No month expected a figure.
column-expected = Expected
column-complete = Entered
column-completeness = Complete %
column-timely = In time
column-timeliness = Timely %
column-due = Due
column-level = Level
column-signer = Signer
column-form = Form
column-holds = Holds
column-comment = Comment
column-told = What happened

op-sign = sign-off of { $project }, { $month }: { $level }
op-unlock = derogation for { $project }, { $month }: { $reason }
op-short-sign = sign-off
op-short-unlock = derogation
field-sign-off = sign-off
field-derogation = derogation

trail-rules = rules
trail-alert-non-saisie = missing entry
trail-alert-alerte = alert
trail-alert-sursis = reprieve
trail-alert-pre-demobilisation = pre-demobilisation
trail-alert-demobilisation = demobilisation to pronounce
trail-missing = { $month } is not entered; expected before { $due }.
trail-notice-reminder = reminder
trail-notice-missing-entries = notice of missing entries
trail-notice-delay = notice of delay
trail-notice-pre-demobilisation = notice of pre-demobilisation
trail-notice-demobilisation = notice of demobilisation
trail-notice-remobilisation = notice of remobilisation
trail-notice-corrigendum = corrigendum
trail-notice-formal-notice = formal notice
trail-notice-digest = digest
trail-state-words = words changed
trail-delivery-added = one more addressee
trail-delivery-mended = address mended
trail-state-draft = drawn up
trail-state-ready = approved
trail-state-held = held
trail-state-cancelled = cancelled
trail-to = to { $names }
trail-no-address = address missing
trail-delivered = { $state }: { $name }
trail-delivery-sent = accepted
trail-delivery-written = written
trail-delivery-failed = refused
trail-delivery-held = held
trail-delivery-cancelled = cancelled
trail-delivery-waiting = waiting
trail-signed = { $level } by { $signer } ({ $form })
trail-until = until { $until }
