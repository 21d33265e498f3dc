# Who may decide, what is decided, and on which grounds.
word-or = or
authority-stranger-many = { $user } is not known as { $posts } of { $count } projects: it is done and kept, under this name.
authority-stranger = { $user } is not known as { $posts } ({ $names }): it is done and kept, under this name.
authority-refused = { $user } is not known as { $posts }: nothing is done, ask { $names }.
authority-nobody = Nothing is done: it takes a { $posts }, and nobody is known in that post; add one with “chantier contact add NAME --post { $word }”, and --project for a post of a project.
authority-nobody-here = Nothing is done: it takes a { $posts }, and nobody is known in that post; add one among the contacts (key a in the registers).
plan-only-remobilise = Only a remobilisation has a recovery plan and months to finish: leave out --plan and --months.
plan-months = The months to finish go from 1 to { $most }.
demobilise-groundless = { $place }: the demobilisation (from { $month }) no longer rests on the corrected figures; it stands until the remobilisation: “chantier decide remobilise { $place } --reason "typing error"”.
demobilise-groundless-here = { $place }: the demobilisation (from { $month }) no longer rests on the corrected figures; it stands until the remobilisation (typing error), to be pronounced in the decision.
decide-show-alone = To show decisions takes only the site or lot: leave out the other options.
decide-none = No decision.
decide-block = { $what } of { $place }, from { $from }
decide-blocks = Decisions, with what was known then
decided-letter = The letter can be prepared: “chantier notices prepare --place { $place } --kind { $kind }”.
decided-letter-here = “n” prepares its letter, on the card or the board of alerts.
trail-by-policy = Demobilised by policy (demobilisation automatique), without a decision.

decide-groundless = Demobilised from { $month }: the corrected figures no longer call for it.
decide-error-reason = Typing error: the corrected figures did not call for the demobilisation (from { $month }).
decide-by-policy = Demobilised by policy: found in { $month }, without a decision.
decide-letter-draft = The notice of pre-demobilisation is a draft: it has not gone.
decide-letter-waits = Notice { $reference } of { $day }: approved, not gone yet.
decide-letter-gone = Notice { $reference } of { $day }: sent to { $sent } of { $all }{ $written ->
    [0] {""}
   *[other] , written for { $written }
 }.
decide-months = Months to finish
decide-plan = Plan
decide-months-contract = empty: the contractual normal rate stays
decide-months-rate = the return included: N = { $rate } points a month
decide-confirm-remobilise-months = Enter again to pronounce the remobilisation of { $place } from { $month }, { $months } months to finish.
typing-decide-months = Months to finish

decided-by-policy = by policy
card-plan-months = { $months } months to finish
status-plan = Recovery plan: { $months } months from { $from }, N { $rate }, end in { $end }

grounds-by-policy = by policy (demobilisation automatique); written down when the correction of a figure took its ground away
grounds-reason = Reason: { $reason }
grounds-plan = Recovery plan: { $plan }
grounds-months = Months to finish, that of the return included: { $months }
grounds-none = What was known then was not kept.
grounds-cycle = On { $day }: { $state } · { $cycle } open since { $since }
grounds-state = On { $day }: { $state } · no open cycle
grounds-month = { $month }: { $cumulative } % cumulative, { $progress } in the month, N { $normal }, R { $rate } · { $status }
grounds-proposed = The rules called for the demobilisation since { $month }.
grounds-unproposed = The rules called for no demobilisation.
grounds-notified = A pre-demobilisation was found, and its notice had gone.
grounds-unnotified = A pre-demobilisation was found; its notice had not gone.
grounds-warned = A pre-demobilisation was found; no letter was prepared.
grounds-unwarned = No pre-demobilisation was found in the cycle.
grounds-letter = { $kind } { $reference } of { $day } ({ $state }): { $to }
grounds-draft = { $kind } of { $day } ({ $state }): { $to }
grounds-stranger = Whoever pronounced it was not known in the posts that may.

field-plan = recovery plan
field-decision-months = months to finish
field-grounds = grounds kept
arg-decide-kind = Decision, or “show” to read those that were taken, with their grounds
arg-decide-months = Months to finish
arg-plan = Recovery plan that was accepted (remobilisation)
