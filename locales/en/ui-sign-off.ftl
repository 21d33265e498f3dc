# The screen of sign-offs.
place-sign-off = sign-offs
key-sign-off = sign-offs
key-visas-sign = sign, go on
key-visas-next = next field
key-visas-previous = field before
key-visas-text = signed text
key-visas-unlock = open the month
typing-visas = level, key, comment, reason
sign-differs = signed text ≠ present text

visas-column = Sign-off
visas-completeness = Compl. %
visas-timeliness = Timely %
visas-checked = Checked
visas-approved = Approved
visas-seen = Seen
visas-lock = Lock
visas-again = sign again
visas-wants-second = 2nd approver
visas-to-check = to check
visas-incomplete = incomplete
visas-entering = being entered
visas-old = old
visas-open-until = open → { $until }
visas-open-endless = open

visas-head = { $month } · code { $code } · due { $due }
visas-waited = awaited
visas-broken = Signed text ≠ present text: t says what changed; have it signed again.
visas-missing = To sign, { $count ->
    [one] 1 lot is missing
   *[other] { $count } lots are missing
 }: { $lots }
visas-second = Whoever approved entered some of these figures: a second approver is needed.
visas-since = { $what }: { $old } → { $new } ({ $user })
visas-since-unknown = What differs came from another machine: compare with the signed page.
visas-closed-approved = Locked: approved.
visas-closed-signed = Locked: signed, { $days } days after its end.
visas-closed-strict = Locked { $days } days after its end, signed or not.
visas-old-about = More than { $days } days after its end: an entry is kept as a derogation.
visas-opened = Open by derogation, without end: { $reason }
visas-opened-until = Open by derogation until { $until }: { $reason }
visas-open = This month is not locked today.
visas-text-code = Code of the text: { $code }
visas-text-signed = { $signer } ({ $level }) signed another text, of code { $code }:
visas-close-text = Esc closes the text first.
visas-no-field = There is nothing to fill in here.

visas-sign-title = sign { $month }
visas-sign-head = { $count ->
    [one] 1 figure
   *[other] { $count } figures
 } · code { $code }
visas-with = Sign with
visas-file = File
visas-code = Code
visas-way-key = SSH key { $path }
visas-way-agent = SSH agent: { $name }
visas-way-session = session of { $user }
visas-way-file = another SSH key, in a file
visas-way-paper = paper, signed page
visas-about-session = Without an SSH key: only this session says so.
visas-about-key = The key signs the code and the level: every machine can verify it.
visas-about-agent = The SSH agent signs: it may ask for a confirmation outside.
visas-about-paper = Who signed the printed page, and the code of twelve characters on it.
visas-waits = The SSH agent is asked to sign: confirm, or touch the key. Esc gives up.
visas-confirm = Enter once more: { $signer } signs { $month }, level “{ $level }”, { $count ->
    [one] 1 figure
   *[other] { $count } figures
 }, code { $code }.
visas-done = { $month }: { $level }.
visas-unlock-title = open { $month }
visas-until = Until
visas-about-unlock = The last day, for example 2026-04-30; empty: without end. What changes needs a new sign-off.
visas-day-unreadable = “{ $text }” is not a day: write 2026-04-30 or 30/04/2026, or nothing.
visa-moved = The figures of { $month } changed while the agent was signing: read them and sign again.
agent-silent = The SSH agent did not answer within { $seconds } seconds: confirm the signature to it, or sign in another way.

todo-to-check = { $count ->
    [one] one month to check
   *[other] { $count } months to check
 }
todo-to-approve = { $count ->
    [one] one month to approve
   *[other] { $count } months to approve
 }
todo-to-see = { $count ->
    [one] one month to be seen
   *[other] { $count } months to be seen
 }

# The same problems, as said on a screen.
visa-broken-here = { $project }, { $month }: a signed figure changed, signed text ≠ present text; g v, then t shows which.
visa-contested-here = { $project }, { $month }: { $count } { $count ->
    [one] value has
   *[other] values have
 } two versions ({ $lots }); settle them first (g c).
key-file-closed-here = The key “{ $path }” is closed by a passphrase: open it outside with “ssh-add”, and the agent will sign.
agent-unstarted-here = “{ $program }” does not start ({ $error }): install OpenSSH, or sign in another way.
month-closed-approved-here = { $month } of { $project } is approved and locked: v goes to the sign-offs, o opens it there; have it signed again afterwards.
month-closed-signed-here = { $month } of { $project } is signed and locked ({ $days } days after its end): v goes to the sign-offs, o opens it there.
month-closed-strict-here = { $month } of { $project } is locked ({ $days } days after its end), for imports too: g v goes to the sign-offs, o opens it there.
unlock-no-reason-here = A derogation needs a reason: write it.
unlock-over-here = The derogation would end on { $until }, before today ({ $today }): give a day to come.
