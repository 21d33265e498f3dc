# Help, palette, tour.
hint-first = Arrows and Enter to look around, ? for help, : to find anything, :tour

help-title = help: { $place }
help-here = This screen
help-everywhere = Everywhere
help-go = Go to
help-signs = Signs
help-filter = find a key
help-found = keep what is found
help-close = close help
help-nothing = No key matches: Esc shows all of them.
sign-selected = selected line
sign-saved = figure saved
sign-doubtful = figure to check
sign-locked = month locked
sign-contested = two versions in conflict

palette-title = search everything
palette-choose = choose
palette-erase = erase what is typed
palette-nothing = Nothing matches: take away a few letters.
palette-project = project
palette-contractor = contractor
palette-add-project = add a project
palette-add-site = add a site
palette-add-contractor = add a contractor
palette-add-contact = add a contact
palette-organisation = edit the organisation
palette-import = import a workbook
palette-backup = safety copy
palette-language = change the language: français (French)
palette-colours = change colours
palette-ascii = ASCII characters only, or all
palette-tour = guided tour

tour-next = next
tour-previous = step before
tour-at-first = This is the first step of the tour.
tour-dashboard = The dashboard
tour-dashboard-text = At the top, everything in five figures. Below, what awaits a decision or a figure today, then the sites in trouble month by month: B good, P problematic, C critical. Enter opens the selected line.
tour-follow-up = The follow-up
tour-follow-up-text = Every site, project by project, with its last three months and its rate. “/” finds a name or a code, Enter opens the card of a site.
tour-card = The card of a site
tour-card-text = This is the site in the worst state: time, contractors, rates month by month, and what the rules will do next month. No rate is typed: everything follows from the cumulative progress.
tour-entry = The entry of the month
tour-entry-text = One figure per lot: 12.5 is the cumulative progress, +3.5 adds to last month, = repeats it. Enter saves at once and goes on; n goes to the next figure that is missing.
tour-alerts = The alerts
tour-alerts-text = One column per gravity. Each alert says why, with its figures, and since when. A demobilisation is only proposed: a person pronounces it and gives the reason.
tour-trail = The history
tour-trail-text = Each value keeps who wrote it, when, on which machine, and what was there before. Nothing is overwritten in silence and nothing is deleted.
tour-undo = Undo
tour-undo-text = u takes back your last operation and Ctrl-R does it again, even after a restart. Undoing is an operation of the history too, so you may try things without fear.
tour-palette = Find anything
tour-palette-text = “:” searches everywhere: a few letters of a site, a contractor or a command are enough. g and a letter change the screen. ? shows every key of the screen you are on.
tour-exchange = Import and export
tour-exchange-text = An Excel workbook is taken in as it is: before it writes, the import shows what is new, changed or refused. “chantier export” gives everything back as CSV or Excel. End of the tour.

keycard-title = Keys of chantier
keycard-use = Written from the key tables of the application; “?” shows those of the present screen.
keycard-form = form
keycard-lists = In lists
