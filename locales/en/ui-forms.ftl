# Forms and registers.
form-add-organisation = new organisation
form-edit-organisation = organisation { $name }
form-add-project = new project
form-edit-project = project { $name }
form-add-site = new site
form-edit-site = site { $name }
form-add-lot = new lot of { $name }
form-edit-lot = lot { $name }
form-add-contractor = new contractor
form-edit-contractor = contractor { $name }
form-add-contact = new contact
form-edit-contact = contact { $name }

form-name = Name
form-currency = Currency
form-zone = Time zone
form-client = Client
form-client-address = Address
form-client-email = E-mail
form-client-phone = Phone
form-usual-duration = Usual duration (months)
form-project = Project
form-code = Code
form-address = Address
form-start = Start of works
form-duration = Duration (months)
form-from = Duration from
form-initial = Initial progress (%)
form-contractors = Contractors
form-architect = Architect
form-manager = Site manager
form-budget = Planned budget
form-weight = Weight
form-email = E-mail
form-phone = Phone
form-post = Post
form-save = Save
form-of-organisation = organisation

hint-choice = Left and Right choose, or the first letter.
hint-currency = Three capitals: XOF, XAF, EUR.
hint-zone = For example Africa/Douala: due dates are counted by its clock.
hint-email = Alerts and notices go to this address.
hint-usual-duration = For sites whose duration is not given.
hint-code = The code of the site, one of its kind in the project: CH-2026-001.
hint-site-name = Without a name, the site is called by its code.
hint-start = YYYY-MM, or the exact day: 2026-03-15.
hint-duration = The time of the contract, in whole months.
hint-from = Amendment: first month of the new duration, YYYY-MM. Empty: from the beginning.
hint-initial = What was done before the follow-up. Empty: 0.
hint-contractors = Several are written with “/” between two spaces. An unknown name is added.
hint-budget = An amount such as 125 000 000.
hint-weight = The share of the lot in the site, for example its amount. Empty: as the others.
hint-whole = “Ensemble” is the only lot of the site: its name is not shown.

field-empty = This field cannot stay empty: fill it in.
form-mend = Nothing is saved: mend what is pointed out.
form-leave = Esc again to leave what is typed.
form-no-project = A site belongs to a project: add the project first.
form-project-needed = This post belongs to a project: choose which.
form-project-none = This post belongs to the organisation: choose “organisation”.
form-from-alone = An amendment changes the duration: give the new duration, or empty this month.
form-archived = Archived: { $name }. u undoes it.
months-unreadable = “{ $text }” is not a duration: write a number of months from 1 to { $most }.
register-gone = This record was archived in the meantime.

confirm-title = Archive
confirm-project = Archive the project “{ $name }”? { $count ->
    [0] It has no site.
    [one] Its site will no longer be followed.
   *[other] Its { $count } sites will no longer be followed.
 } Nothing is deleted.
confirm-site = Archive the site { $name }? { $count ->
    [0] It has no lot.
    [one] It will no longer be followed.
   *[other] Its { $count } lots will no longer be followed.
 } Nothing is deleted.
confirm-lot = Archive the lot { $name }? It will no longer be followed. Nothing is deleted.
confirm-contractor = Archive the contractor “{ $name }”? { $count ->
    [0] It has no lot.
    [one] It stays on its lot, but is no longer proposed.
   *[other] It stays on its { $count } lots, but is no longer proposed.
 } Nothing is deleted.
confirm-contact = Archive the contact “{ $name }”? They will no longer be sent alerts. Nothing is deleted.
confirm-how-yes = Type “yes”, then Enter.
confirm-how = Type “yes” or “{ $name }”, then Enter.
confirm-mistyped = Nothing is archived: type yes, or Esc to leave it.

key-confirm = archive
key-form-enter = next field
key-form-save = save
key-form-next = next field
key-form-previous = field before
key-form-choose = move in the text, or choose
key-form-ends = start or end of the text
key-form-word = delete the word before
key-form-clear = delete to the start
key-register-edit = edit
key-register-add = add
key-register-archive = archive
key-register-next = other register
key-register-previous = register before
key-register-filter = filter
key-register-unfilter = remove the filter
key-register-organisation = organisation

register-projects = Projects
register-sites = Sites
register-contractors = Contractors
register-contacts = Contacts
register-lots = Lots
register-alerts = Alerts
register-due = Figures
register-missing = missing
register-no-row = There is no line: a adds one.
register-empty = Nothing yet: a adds the first record.
register-none-found = Nothing matches the filter: Esc removes it.
