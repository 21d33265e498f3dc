# The screen of the exchange, and what recalls it on other screens.
place-exchange = exchange
key-exchange-open = exchange, go on
key-exchange-now = exchange with the selected place
key-exchange-add = new place
key-exchange-write = write bundle
key-exchange-take = read bundle
key-exchange-remove = forget the place
key-exchange-complete = complete the path
typing-exchange = an address, a name, a path

exchange-empty = The machines of the organisation exchange what each has written; nothing is lost, in whatever order it arrives. Add a place to exchange with (a: a server, a folder, a USB stick), or carry a bundle: x writes it, i reads it.
exchange-column-place = Place
exchange-column-kind = Kind
exchange-column-when = Last exchange
exchange-column-result = Result
exchange-column-pending = to send
exchange-kind-server = server
exchange-kind-folder = folder
exchange-kind-store = store
exchange-never = never
exchange-not-yet = No exchange with this place yet: Enter begins.
exchange-short = { $sent } sent, { $received } received
exchange-short-nothing = nothing new
exchange-running = under way
exchange-working = exchanging
exchange-progress = exchange: { $sent } sent, { $received } received
exchange-machines = Machines of the organisation
exchange-machines-more = and { $count } others (“chantier machine list”)
exchange-contested = { $count ->
    [one] One value has two versions to choose from
   *[other] { $count } values have several versions to choose from
 }
exchange-enrolled = This machine is enrolled. Its key:
exchange-enrol-first = The first exchange enrols this machine, which will administer the others. Its key:
exchange-enrol-lacking = This machine is not enrolled yet: give this line to an administrator, for “chantier machine add NAME "…"”.
exchange-line-narrow = The line does not fit into this window: “chantier machine” prints it.
exchange-held-missing = { $count ->
    [one] One change of { $machine } waits for what came before it: exchange again, or ask it for a bundle.
   *[other] { $count } changes of { $machine } wait for what came before them: exchange again, or ask it for a bundle.
 }
exchange-held-withdrawn = { $count ->
    [one] One change of { $machine }, a withdrawn machine, waits for an administrator.
   *[other] { $count } changes of { $machine }, a withdrawn machine, wait for an administrator.
 }
exchange-held-misfit = { $count ->
    [one] One change of { $machine } waits for a newer version of chantier: install it.
   *[other] { $count } changes of { $machine } wait for a newer version of chantier: install it.
 }
exchange-held-forked = { $count ->
    [one] One change of { $machine } contradicts another under the same number: its database was copied; have it enrolled again.
   *[other] { $count } changes of { $machine } contradict others under the same numbers: its database was copied; have it enrolled again.
 }

exchange-ask-target = Address of the place: user@host, /a/folder or s3://bucket/prefix
exchange-ask-name = How is { $name } to be called?
exchange-ask-remove = Forget { $name }? What came from it stays. Type yes.
exchange-ask-write = File of the bundle: all that this machine knows
exchange-ask-write-for = File of the bundle: what { $name } does not have yet
exchange-ask-take = File of the bundle to read (Tab completes the path)
exchange-nothing-typed = Type something, or Esc to leave.
exchange-remove-how = Type yes to forget this place, or Esc to keep it.
exchange-add-first = There is no place to exchange with: add one with a.
exchange-select-place = Select a place first.
exchange-no-path = There is no path to complete.
exchange-added = { $name } is added: Enter exchanges with it.
exchange-runs = An exchange is under way ({ $name }): wait for its end.
exchange-quit = An exchange is under way: quit once more to break it off, nothing of it will be lost.
exchange-broken-off = The exchange broke off ({ $error }): begin again, what arrived is saved.
exchange-done = { $name }: { $result }.
exchange-taken = { $name } read: { $result }.
exchange-conflicts-new = { $count ->
    [one] One value now has two versions: g c shows them.
   *[other] { $count } values now have several versions: g c shows them.
 }
exchange-pending = { $count ->
    [one] One change is still to be sent.
   *[other] { $count } changes are still to be sent.
 }
exchange-not-enrolled-here = This machine is not enrolled yet: give an administrator the line that the exchange screen shows (g x).
remote-exists-here = A place is already called { $name }: give another name.
remote-nameless-here = The place has no name: give it one.

exchange-brief-unshared = { $count } to share
exchange-brief-done = up to date
exchange-brief-contested = { $count ->
    [one] 1 conflict
   *[other] { $count } conflicts
 }
sign-unshared = saved, to be shared
entry-unshared = to be shared
contested-here = ‼ Two versions contradict each other ({ $months }): g c shows them, choose.
contested-else = ‼ A value has two versions: g c shows them, choose.
legend-contested = ‼ two versions contradict each other: “chantier conflicts” shows them
