# Decisions, observations, history, conflicts, synthesis, safety copy.
typing-erase = erase a word, to the start, to the end of the line

op-observe = observation of { $place }, { $month }
op-short-observe = observation
op-settle = { $month ->
    [none] conflict settled: { $place }, { $thing }: { $value }
   *[other] conflict settled: { $place }, { $month }, { $thing }: { $value }
 }
op-short-settle = conflict settled

key-decide-demobilise = demobilise
key-decide-remobilise = remobilise
key-decide-suspend = suspend
key-decide-resume = resume
key-decide-close = close
key-decide-go = go on
key-decide-next = next line or field
key-decide-previous = previous line or field
typing-decide-reason = the reason, once the decision is chosen
typing-decide-month = the first and the last month (YYYY-MM)
decide-cannot-demobilise = This lot is demobilised already, or closed.
decide-cannot-remobilise = Only a demobilised lot can be remobilised.
decide-cannot-suspend = Only an active lot can be suspended.
decide-cannot-resume = Only a suspended lot can resume.
decide-cannot-close = This lot is closed already.
decide-chosen = The decision is chosen: Esc goes back to the choice.
decide-cycle = { $state } · { $cycle } opened in { $month }
decide-no-cycle = { $state } · no cycle is open
decide-warned = A pre-demobilisation was found in this cycle, no notice of it went out.
decide-unwarned = No pre-demobilisation was found in this cycle.
decide-proposed = The rules propose the demobilisation since { $month }.
decide-unproposed = The rules propose no demobilisation.
decide-title-demobilise = Pronounce the demobilisation
decide-title-remobilise = Pronounce the remobilisation
decide-title-suspend = Pronounce the suspension
decide-title-resume = Pronounce the resumption
decide-title-close = Pronounce the closure
decide-reason = Reason
decide-from = From
decide-to = To
decide-open-end = empty: until it resumes
decide-reason-wanted = A decision needs a reason: write it.
decide-leave = Esc again gives up what is typed.
decide-confirm-demobilise = Enter again to pronounce the demobilisation of { $place } from { $month }.
decide-confirm-remobilise = Enter again to pronounce the remobilisation of { $place } from { $month }.
decide-confirm-suspend = Enter again to pronounce the suspension of { $place } from { $month }, until it resumes.
decide-confirm-suspend-until = Enter again to pronounce the suspension of { $place } from { $month }, to { $until } included.
decide-confirm-resume = Enter again to pronounce the resumption of { $place } from { $month }.
decide-confirm-close = Enter again to pronounce the closure of { $place } from { $month }.

key-observation-save = save
key-observation-next = next field
key-observation-previous = previous field
key-observation-enter = next field, and from the last one save
key-observation-ditto = as before
typing-observation-text = the text; Enter begins a new line
typing-observation-usual = usual causes and attributions, in an empty field
observation-cause = Cause
observation-attribution = Attribution
observation-last = { $month }: { $text }
observation-no-last = No observation before this month.
observation-usual = ← → { $words }
observation-in-text = In the text Enter begins a new line: Ctrl-O saves.
observation-leave = Nothing is saved yet: Ctrl-O saves, Esc again gives it up.
cause-rain = rain
cause-supply = supply
cause-payment = payment
cause-labour = labour
cause-access = access
cause-drawings = drawings
cause-other = other
attribution-contractor = contractor
attribution-client = client
attribution-architect = architect
attribution-outside = outside

key-trail-whole = whole text
key-trail-before = month before
key-trail-after = month after
key-trail-all = every month
key-trail-filter = filter
typing-trail-filter = words to look for; Enter keeps the filter, Esc drops it
trail-when = When
trail-who = Who
trail-what = What
trail-change = Before → after
trail-all-months = every month
trail-all-shown = Every month is shown: < goes to the last one.
trail-count = { $count ->
    [one] 1 line
   *[other] { $count } lines
 }
trail-empty = Nothing was written.
trail-undone = undo
trail-value = { $what }: { $value }
trail-origin = From { $origin }

key-conflicts-choose = choose a version
typing-conflicts-version = take this version
typing-conflicts-value = another value, on the line "other"
conflicts-none = No conflict: every value has one version.
conflicts-intro = Written on two machines: the first version is shown meanwhile.
conflicts-here = { $user }, here
conflicts-there = { $user }, machine { $machine }
conflicts-other = other:
conflict-moved = "{ $place }" changed meanwhile: look again.
conflict-no-version = There is no version with this number.
conflict-choose = This value cannot be typed here: choose a version.
conflict-nothing-typed = Type the value first, or choose a version.

key-synthesis-before = month before
key-synthesis-after = month after
key-synthesis-left = columns
key-synthesis-right = columns
key-synthesis-project = other project
synthesis-number = No.
synthesis-progress = In month
synthesis-rate = Reached
synthesis-observation = Observation
synthesis-totals = { $sites ->
    [one] 1 site
   *[other] { $sites } sites
 } · progress { $progress } %
synthesis-last-month = This is the current month.
synthesis-one-project = There is only one project.
synthesis-no-more = There are no more columns on this side.

cmd-conflicts = Values of which two versions compete
cmd-backup = Saves a verified copy of the database
arg-copy = File of the copy, or folder to put it in; else the folder "copies" beside the database
backup-done = Verified copy: { $path }
backup-nowhere = There is no file to copy yet.
backup-exists = "{ $path }" exists already: a copy overwrites nothing; give another name.
backup-full = There is not enough room for the copy "{ $path }": make some, or choose another disk.
backup-failed = The copy "{ $path }" could not be written ({ $error }): check the folder, its rights and the room.
backup-incomplete = The copy does not hold the last operation: try again; it was removed.
path-not-text = The path "{ $path }" is not UTF-8 text: choose another one.

# The same problems as they are said on a screen: there is no command line to type on.
organisation-missing-here = There is no organisation yet: import a workbook first, or create one (Esc goes back to the welcome screen).
lot-none-here = The site “{ $site }” has no open lot: add one in the follow-up (g s, then L).
entry-nothing-here = There is nothing to save: write a figure or an observation, or leave with Esc.
decide-remobilise-refused-here = “{ $place }” is not demobilised in that month ({ $state }): pronounce the demobilisation first, or change the month “From”.
undo-changed-since-here = The last operation cannot be undone: the same data changed since ({ $thing }); correct them yourself, their trail is under t.
