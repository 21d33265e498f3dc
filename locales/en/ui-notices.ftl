# Screen of notices.
place-notices = notices
place-words = words
notices-empty = No notice. “n” prepares those that alerts, decisions and missing figures call for; each waits for your approval before it goes.
notices-none-open = Nothing to do here: everything went or was withdrawn. “f” shows those notices too, “n” prepares what has been called for since.
notices-none-found = No notice fits. Esc removes the filter, “p” changes the project, “f” shows what is gone too.
notices-count-none = Nothing to do
notices-count-stuck = { $count } to take up
notices-count-draft = { $count } to approve
notices-count-held = { $count ->
    [one] { $count } held
   *[other] { $count } held
}
notices-count-ready = { $count } on the way
notices-stage-stuck = to take up
notices-stage-draft = to approve
notices-stage-held = held
notices-stage-ready = on the way
notices-stage-gone = gone
notices-stage-cancelled = withdrawn
notices-column-stage = State
notices-column-kind = Notice
notices-column-month = Month
notices-column-place = About
notices-column-brief = Where it stands
notice-short-reminder = reminder
notice-short-missing-entries = missing
notice-short-delay = delay
notice-short-pre-demobilisation = warning
notice-short-demobilisation = demobilisation
notice-short-remobilisation = remobilisation
notice-short-corrigendum = corrigendum
notice-short-formal-notice = formal notice
notice-short-digest = summary
notices-addressees = { $count ->
    [0] nobody
    [one] { $count } addressee
   *[other] { $count } addressees
}
notices-moved = figures changed since
notices-lacking = { $count } without address
notices-more-addressees = and { $count } more
notices-copy = copy: { $name }
notices-no-number = no number
notices-number-twice = of another notice too
notices-gone-on = on { $day }
notices-way-here = sending: { $place }
notices-way-other = sending: machine { $name }
notices-way-nobody = No machine sends: chantier notices sender take.
notices-way-none = No way to send: chantier config set mail.server SERVER.
notices-running = sending
notices-run = A sending is under way: wait until it ends.
notices-nothing-selected = No notice is selected.
notices-approved-already = This notice does not wait for approval.
notices-not-to-hold = This notice can no longer be held.
notices-not-to-withdraw = This notice went or was withdrawn.
notices-not-to-send = Only an approved notice is sent: “a” approves it.
notices-words-fixed = The words of an approved notice no longer change.
notices-addresses-fixed = All its addressees have it.
notices-no-drafts = No notice to approve in the list.
notices-no-other-addressee = There is only one addressee to change.
notices-nothing-typed = Nothing is typed.
notices-ask-approve = { $count ->
    [one] Approve the notice to approve in the list? Enter approves it, Esc leaves.
   *[other] Approve the { $count } notices to approve in the list? Enter approves them, Esc leaves.
}
notices-ask-withdraw = Withdraw “{ $name }”? It will not be sent. Enter withdraws it, Esc leaves.
notices-ask-address = Address of { $name } (empty: do not write to them):
notices-ask-address-of = Address of { $name }, { $number } of { $count } (empty: do not write to them; Tab: the next):
notices-ask-add = Who else? Name <address>, or “copy Name <address>”:
notices-ask-grounds = Formal notice for { $place }: on what grounds (clause of the contract, findings, dates)?
notices-approved = { $count ->
    [one] Notice approved: it goes at the next sending (S).
   *[other] { $count } notices approved: they go at the next sending (S).
}
notices-approved-lacking = { $count ->
    [one] An address is missing: “e” writes it.
   *[other] { $count } addresses are missing: “e” writes them.
}
notices-address-kept = Address written: { $email }.
notices-address-removed = They are not written to.
notices-words-kept = Words saved.
fate-waiting = waiting
fate-sent = taken by the server on { $at } · { $reply }
fate-written = written on { $at } · { $reply }
fate-failed = refused on { $at }: { $reply }
fate-held = to be decided: { $reply }
fate-cancelled = not to be sent
words-subject = Subject
words-how = Letterhead, number, date and addressees are added at the approval.
key-notices-open = letter, go on
key-notices-approve = approve
key-notices-approve-all = approve all
key-notices-address = addresses
key-notices-prepare = prepare
key-notices-send-all = send
key-notices-send = send this one now
key-notices-words = change the words
key-notices-add = one more addressee
key-notices-hold = hold
key-notices-withdraw = withdraw
key-notices-all = also what is gone
key-notices-next-address = next address
key-notice = notice
key-notice-formal = formal notice
key-words-other = subject, words
key-words-body = to the words
typing-notices = address, name, grounds
todo-notices = { $count ->
    [one] { $count } notice to approve
   *[other] { $count } notices to approve
}
todo-stuck = { $count ->
    [one] { $count } notice did not go: refused, or to be decided
   *[other] { $count } notices did not go: refused, or to be decided
}
