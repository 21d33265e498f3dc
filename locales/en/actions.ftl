# What actions do, and why they do not.
month-unreadable = "{ $text }" is not a month: write YYYY-MM, for example 2026-03.
start-unreadable = "{ $text }" is not a start of works: write YYYY-MM or YYYY-MM-DD.
percent-unreadable = "{ $text }" is not a percentage: write a number such as 12.5.
percent-too-precise = "{ $text }" has more than two decimals: round it to the hundredth.
amount-unreadable = "{ $text }" is not an amount in { $currency }: write a number such as 125 000.
number-unreadable = "{ $text }" is not a positive number: write a number such as 12.5.
name-empty = The name is empty: give a name.
email-unreadable = "{ $text }" is not an e-mail address: write for example name@domain.org.
currency-unknown = "{ $text }" is not a currency code: write three capitals, for example XOF.
zone-unknown = "{ $text }" is not a known time zone: write for example Africa/Douala.
progress-out-of-range = The progress { $value } % is not between 0 and 100.
duration-out-of-range = A duration of { $months } months is not possible: give 1 to { $most } months.
weight-not-positive = A weight is a number above zero.
from-without-duration = --from dates an amendment: give the new duration with --duration too.

organisation-missing = The database has no organisation yet: make it with "chantier org add NAME".
organisation-exists = The database already has an organisation, "{ $name }": change it with "chantier org edit".
organisation-unnamed = My organisation
project-exists = The project "{ $name }" already exists: choose another name.
contractor-exists = The contractor "{ $name }" already exists: choose another name.
site-exists = A site of the project already has the code { $code }: choose another code.
lot-exists = The site already has a lot "{ $name }": choose another name.
lot-none = The site "{ $site }" has no open lot: add one with "chantier lot add".
lot-needed = The site "{ $site }" has several lots ({ $lots }): write SITE/LOT.
post-missing = Name the post with --post.
post-needs-project = This post belongs to a project: name it with --project.
post-without-project = This post belongs to the organisation: leave out --project.
post-fixed = This post does not fit: a contact of a project keeps a post of a project, a contact of the organisation a post of the organisation.

project-unknown = No project is called "{ $name }": see "chantier project list".
project-ambiguous = "{ $name }" names several projects ({ $found }): write more of the name.
site-unknown = No site is called "{ $name }": see "chantier site list".
site-ambiguous = "{ $name }" names several sites ({ $found }): write more of the name.
site-in-projects = "{ $name }" is in several projects: write one of { $found }.
project-or-site-unknown = No project or site is called "{ $name }": see "chantier site list".
thing-gone = This lot or site is no longer followed: it was archived meanwhile.
lot-unknown = The site has no lot "{ $name }": see "chantier lot list SITE".
lot-ambiguous = "{ $name }" names several lots ({ $found }): write more of the name.
contractor-unknown = No contractor is called "{ $name }": see "chantier contractor list", or add it with "chantier contractor add".
contractor-ambiguous = "{ $name }" names several contractors ({ $found }): write more of the name.
contact-unknown = No contact is called "{ $name }": see "chantier contact list".
contact-ambiguous = "{ $name }" names several contacts ({ $found }): write more of the name.

setting-unknown = There is no setting "{ $name }": choose among { $names }.
setting-value = "{ $value }" does not suit { $name }: write { $accepted }.
thresholds-crossed = The critical threshold ({ $critical }) would exceed the good one ({ $good }): change the other first.

month-in-future = { $month } has not begun on { $today }: figures are not typed in advance.
month-late = Late entry: { $month } was expected before { $due }.
month-locked = { $month } is locked { $days } days after its end: the entry is kept as a derogation.
entry-nothing = There is nothing to record: give a progress, or an observation with --observation.
month-suspended = { $month } is suspended: the figure is kept, but not judged.
month-before-start = { $month } is before the first followed month ({ $start }): the figure is kept, but not judged; check the month.
month-not-followed = { $month } is not followed (lot demobilised, closed or completed): the figure is kept, but not judged.
reason-empty = A decision needs a reason: write it with --reason.
to-only-suspend = --to suits a suspension only.
to-before-from = The last month ({ $to }) is before the first ({ $from }).
demobilise-unproposed = { $place }: the rules did not propose this demobilisation.
demobilise-unwarned = { $place }: no demobilisation warning was found before this one.
decide-demobilise-refused = "{ $place }" is neither active nor suspended in that month ({ $state }): nothing to demobilise.
decide-remobilise-refused = "{ $place }" is not demobilised in that month ({ $state }): pronounce the demobilisation first, or change --from.
decide-suspend-refused = "{ $place }" is not active in that month ({ $state }): nothing to suspend.
decide-resume-refused = "{ $place }" is not suspended in that month ({ $state }): nothing to resume.
decide-close-refused = "{ $place }" is closed already.
undo-nothing = There is nothing to undo: you did nothing here that is not undone already.
redo-nothing = There is nothing to redo.
undo-changed-since = The last operation cannot be undone: the same data has changed since ({ $thing }); see "chantier history" and correct it.
setting-undated = “{ $name }” always holds: leave out --from.
duration-undated = A usual duration has no date: leave out --from, or date the amendment of a site with "chantier site edit CODE --duration MONTHS --from YYYY-MM".
undo-notice-gone = Notice { $reference } went out, or may have: that is not undone any more; correct the data, a corrigendum will say so.
undo-used-since = The last operation cannot be undone: other entries depend on it since ({ $thing }); archive instead.
standing-unreadable = Standings come from another version of the program: derive them again with "chantier doctor --repair".
demo-not-empty = This database already holds "{ $name }": name a new file with --into.

import-site-ambiguous = "{ $name }" names several sites of the database ({ $found }): give the site's code in the file.
import-site-resembles = "{ $name }" resembles the known site "{ $known }": check that they are two sites.
import-contractor-resembles = "{ $name }" resembles the known contractor "{ $known }": check that they are two firms.
import-site-otherwise = { $site }: the file gives start and duration "{ $file }", the database "{ $base }"; the database is kept.
import-inconsistent = The reading of the file is inconsistent: nothing was imported.

sites-without-duration = { $count } { $count ->
    [one] site has no duration
   *[other] sites have no duration
 }, so no rate ({ $sites }): "chantier site edit CODE --duration MONTHS", or "chantier config set site.duration MONTHS --project P".
sites-without-start = { $count } { $count ->
    [one] site has no start of works; its first month with a figure
   *[other] sites have no start of works; their first month with a figure
 } stands in for it ({ $sites }): "chantier site edit CODE --start YYYY-MM".
codes-twice = { $count } { $count ->
    [one] code is
   *[other] codes are
 } borne by several sites of one project ({ $codes }): "chantier site edit NAME --code CODE".
contractors-without-email = { $count } { $count ->
    [one] contractor has
   *[other] contractors have
 } no e-mail address ({ $names }): "chantier contractor edit NAME --email ADDRESS".
values-contested = { $count } { $count ->
    [one] value has two versions that contradict each other
   *[other] values have two versions that contradict each other
 }: "chantier conflicts" shows them.
standing-stale = The standing of { $count } { $count ->
    [one] lot is stale
   *[other] lots is stale
 }: "chantier doctor --repair" derives it again.

op-add = added: { $thing } { $name }
op-edit = changed: { $thing } { $name }
op-archive = archived: { $thing } { $name }
op-configure = setting { $setting } = { $value } ({ $whose })
op-record-entry = entry of { $place }, { $month }: { $new }
op-decide = { $decision } of { $place } from { $from }: { $reason }
op-import = import of { $file } ({ $values } values)
op-demo = demonstration data
op-undo = undone: { $undone }
op-redo = redone
op-short-add = addition
op-short-edit = change
op-short-archive = archiving
op-short-configure = setting
op-short-record-entry = entry
op-short-decide = decision
op-short-import = import
op-short-demo = demonstration data
op-short-undo = undo
op-short-redo = redo
