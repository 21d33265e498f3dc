# The first run and the import on screen.
welcome-purpose = The monthly follow-up of construction sites: one figure per lot and month, the rates, the alerts and the decisions that follow from them.
welcome-import = Bring in a workbook
welcome-import-more = Excel, Calc or CSV: a preview first, then you decide.
welcome-demonstration = Look at the demonstration
welcome-demonstration-more = 24 invented sites in a file of their own: do there as you like.
welcome-organisation = Start an organisation
welcome-organisation-more = From nothing: the organisation, then its projects and sites.
welcome-data = Your data will stay on this machine, in { $path }
demonstration-open = Demonstration, in a file of its own. For your data: q, then "chantier".
key-choose = choose
key-other-language = français

key-import-continue = go on
key-import-complete = complete
key-import-percent = 1 is 1 %
key-import-fraction = 1 is 100 %
key-import-year = year
key-import-project = project
key-import-duration = duration
key-import-again = read again
key-import-type = path of the file, or answer
key-import-clear = empty the field
key-import-other = leave the answer, the preview, the import

import-file = File
import-path-how = Type or paste the path of a workbook, or choose it with the arrows. Enter shows what it would bring: nothing is written before you agree.
import-path-missing = Name a file first: type its path or choose it with the down arrow.
import-path-read = The file is already read: Esc to choose another one.
import-complete-none = No folder or workbook (xlsx, xls, ods, csv, txt) begins like this: check the beginning of the path.
import-read-first = Choose a file first.
import-not-asked = The file does not ask this.

import-reading = Reading { $file }…
import-at = { $place }: { $text }
import-at-row = Row { $row }
import-values-label = Values
import-names-label = New
import-answers-label = Answers
import-count-new = { $count ->
    [one] one new
   *[other] { $count } new
 }
import-count-changed = { $count ->
    [one] one changed
   *[other] { $count } changed
 }
import-count-identical = { $count ->
    [one] one already known
   *[other] { $count } already known
 }
import-count-refused = { $count ->
    [one] one refused
   *[other] { $count } refused
 }
import-count-none = none
import-count-sites = { $count ->
    [one] one site
   *[other] { $count } sites
 }
import-count-described = { $count ->
    [one] one site described more fully
   *[other] { $count } sites described more fully
 }
import-count-projects = { $count ->
    [one] one project
   *[other] { $count } projects
 }
import-count-firms = { $count ->
    [one] one contractor
   *[other] { $count } contractors
 }
import-count-nothing = nothing

import-screen-unit = Sheet "{ $sheet }", cell { $cell }: nothing tells whether 1 is 1 % or 100 %.
import-screen-year = The months have no year, and no start is given.
import-screen-project = The file names no project for some sites.
import-how-unit = Press p if 1 is 1 %, f if 1 is 100 %.
import-how-year = Give the year of the first month: key y.
import-how-project = Give the name of the project: key n.
import-how-file = Mend the file, save it, then r reads it again.
import-type-year = Year of the first month:
import-type-project = Project of these sites:
import-type-duration = Duration in months of sites without one:
import-year-refused = A year has four digits, for example 2025.
import-project-refused = Type the name of a project, or choose one in the list.
import-duration-typed = A duration is a number of months, from 1 to 600; empty for none.
import-said-percent = 1 is 1 %
import-said-fraction = 1 is 100 %
import-said-year = first month in { $year }
import-said-project = project { $project }
import-said-duration = duration { $months } months
import-foot-answer = Enter answers, Esc goes back without.
import-foot-questions = { $count ->
    [one] One question is to be settled before importing.
   *[other] { $count } questions are to be settled before importing.
 }
import-foot-accept = Enter brings it all in, and u takes it back. Nothing is written yet.
import-brought = { $values ->
    [0] Sites and lots brought in; u takes them back ({ $file }).
    [one] One value brought in; u takes it back ({ $file }).
   *[other] { $values } values brought in; u takes them back ({ $file }).
 }
