# The terminal application: frame, dashboard, follow-up, entry, alerts.
place-dashboard = dashboard
place-follow-up = follow-up
place-entry = entry
place-alerts = alerts
place-card = card
place-trail = history
place-synthesis = synthesis
place-conflicts = conflicts
place-registers = registers
place-import = import
place-help = help
place-palette = palette
place-decide = decision
place-observation = observation
place-tour = tour
place-welcome = welcome

cap-enter = Enter
cap-esc = Esc
cap-up = Up
cap-down = Down
cap-left = Left
cap-right = Right
cap-home = Home
cap-end = End
cap-page-up = PgUp
cap-page-down = PgDn
cap-tab = Tab
cap-back-tab = Shift-Tab
cap-backspace = Backspace
cap-delete = Del
cap-space = Space

key-go = go to…
key-help = help
key-palette = search everything
key-undo = undo
key-redo = redo
key-back = back
key-leave = back, or leave
key-quit = quit
key-suspend = back to the shell
key-repaint = draw again
key-open = open
key-down = next line
key-up = previous line
key-page-down = next page
key-page-up = previous page
key-first = first line
key-last = last line
key-backup = safety copy

back-at-first = This is the first screen: q to quit.
window-too-small = Window too small: make it { $size } at least. Nothing that is typed is lost.
local-not-kept = A small working file could not be kept ({ $error }): check the room and the rights of your home folder.
draft-aside = A typed text has no place here any more; kept in { $path }
draft-taken-up = This was typed and not saved yet: Enter saves it, Esc gives it up.
language-changed = The screens are in English.
scheme-terminal = Colours: the terminal’s own.
scheme-dark = Colours: tones for a dark ground.
scheme-light = Colours: tones for a light ground.
scheme-plain = No colours.
ascii-on = ASCII characters only.
ascii-off = Full characters.

dashboard-todo = To do
dashboard-trouble = Sites, those in trouble first
dashboard-sites = Sites
dashboard-saved = Last saved: { $saved } · Safety copy: { $backup }
backup-no = none
figure-sites = { $count ->
    [one] site
   *[other] sites
}
figure-active = { $count ->
    [one] active lot
   *[other] active lots
}
figure-progress = built
figure-time = of the time
figure-drift = pts of drift
todo-pronounce = { $count ->
    [one] One demobilisation to pronounce
   *[other] { $count } demobilisations to pronounce
 }
todo-late = – { $missing } of { $expected } figures late, { $month }
todo-awaited = – { $missing } of { $expected } figures before { $due }, { $month }
todo-more-awaited = { $count ->
    [one] Another project awaits figures
   *[other] { $count } more projects await figures
 }
todo-warned = { $count ->
    [one] one pre-demobilisation
   *[other] { $count } pre-demobilisations
 }
todo-critical = { $count ->
    [one] one critical alert
   *[other] { $count } critical alerts
 }
todo-problematic = { $count ->
    [one] one problematic alert
   *[other] { $count } problematic alerts
 }
todo-contested = { $count ->
    [one] One value has two competing versions
   *[other] { $count } values have two competing versions
 }
todo-complete = { $count ->
    [one] One lot without duration: no rate possible
   *[other] { $count } lots without duration: no rate possible
 }
todo-complete-how = A duration is given site by site (e), or for a whole project: g r, Enter on the project, “Usual duration”.
todo-nothing = Everything is up to date.
entry-pasted = { $count ->
    [one] One figure saved.
   *[other] { $count } figures saved.
 }

key-card = card
key-filter = filter
key-enter-figures = enter figures
key-tree = tree
key-keep = statuses
key-order = order
key-group = group by project, by contractor
key-earlier = month before
key-later = month after
key-trail = history
key-decide = decide
key-synthesis = synthesis table
key-edit-site = edit the site
key-add-site = add a site
key-add-lot = add a lot to the site
key-archive-site = archive the site
key-observe = observation
key-edit-lot = edit the lot
key-edit-contractor = edit the contractor
order-code = by code
order-name = by name
order-rate = by rate reached
order-gravity = by gravity
order-progress = by progress
kept-alerting = with an alert
kept-critical = critical
kept-problematic = problematic
kept-good = good
kept-missing = not entered
kept-to-complete = to complete
kept-stopped = stopped
grouping-project = by project
grouping-contractor = by contractor
heading-none = Without contractor
tree-title = Organisation
column-trend = Trend
follow-up-lots = { $count ->
    [one] one lot
   *[other] { $count } lots
 }
follow-up-empty = No lot here: f changes the filter of statuses, Esc clears the text, a adds a site.
follow-up-nothing = No lot is selected.
card-nobody = This lot has no contractor: E gives it one.
card-remobilised = { $count ->
    [one] remobilised once
   *[other] remobilised { $count } times
 }
card-since = { $state } since { $month }
card-progress = Progress
card-known = { $known } % · not { $month }
card-of-month = Of the month
card-month = { $progress } (normal { $normal })
card-rate = Rate reached
card-time = Time consumed
card-delay = Delay
card-delay-value = { $points } pts · { $months } months
card-curve = Rate reached (top: 100%)
card-start = Start
card-duration = Duration
card-end = End
card-end-projected = Projected end
card-budget = Budget
card-address = Address
card-architect = Architect
card-manager = Site manager
card-contractor = Contractor
card-client = Client
card-decision = { $what } from { $from }: { $reason }
post-short-directeur-general = Director
post-short-service-financier = Finance
post-short-directeur-projet = Proj. director
post-short-chef-mission = Head mission
badge-estimated = estimated
badge-overridden = normal rate set
badge-overdue = past the term

key-commit = save
key-same = as last month
key-next-missing = next to enter
key-previous-missing = previous to enter
key-missing-only = only what is missing
key-not-applicable = not applicable
key-ditto = observation of last month
key-next-project = next project
key-previous-project = previous project
key-type-figure = cumulative progress
key-type-more = adds to last month
column-finding = Rule
entry-cell-none = n. a.
entry-no-project = There is no project yet: add one in the registers (g r), or import a workbook (g i).
entry-no-row = This project has no site yet: add one from the follow-up (g s, then a).
entry-none-missing = Nothing is missing: m shows all lots.
entry-nothing-missing = Nothing is missing any more for this month.
entry-month-complete = Month complete. p opens the next project.
entry-no-ditto = Last month has no observation.
entry-not-a-figure = This is no figure: type 12.5, +3.5, = or -. The text stays in its row, marked “!”.
entry-paste-unreadable = The pasted column holds something else than figures: nothing is taken.
entry-paste-too-long = The pasted column is longer than what is left of the grid: nothing is taken.
entry-paste-waits = Pasted column, not saved yet: Enter saves it, any other key gives it up.
entry-paste-given-up = The pasted column is given up.
entry-pace = Normal rate { $normal } % a month · time consumed { $time } % · delay { $months } months
entry-author = { $user }, { $when }

key-left = column at the left
key-right = column at the right
key-filter-project = next project
key-filter-contractor = next contractor
key-one-gravity = one gravity alone, or all
board-missing = Missing
board-problematic = Problemat.
board-critical = Critical
board-warned = Pre-demob.
board-withdrawn = Demob.
column-since = Since
alerts-nothing = No alert is selected.
alerts-no-lot = This alert is about a whole project: Enter opens its entry grid.
alerts-none-found = No alert matches: Esc shows all.
alerts-unreachable = Without e-mail address: { $names }.
entry-late = late
entry-locked = locked
key-archive-lot = archive the lot
entry-doubtful-first = This figure falls, jumps or cannot be read: Enter saves it, Esc gives it up.
entry-pasted-doubtful = { $count ->
    [one] One of them falls or is unusual: it is marked “?”.
   *[other] { $count } of them fall or are unusual: they are marked “?”.
 }
board-out = out
alerts-out = The contractor is demobilised: d brings it back.
todo-reading = Reading the figures…
