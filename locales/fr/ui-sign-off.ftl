# L’écran des visas.
place-sign-off = visas
key-sign-off = visas
key-visas-sign = viser, continuer
key-visas-next = champ suivant
key-visas-previous = champ précédent
key-visas-text = texte signé
key-visas-unlock = ouvrir le mois
typing-visas = niveau, clé, commentaire, motif
sign-differs = texte signé ≠ texte présent

visas-column = Visa
visas-completeness = Compl. %
visas-timeliness = Ponct. %
visas-checked = Vérifié
visas-approved = Validé
visas-seen = Visé
visas-lock = Verrou
visas-again = à refaire
visas-wants-second = 2e valideur
visas-to-check = à vérifier
visas-incomplete = incomplet
visas-entering = en saisie
visas-old = ancien
visas-open-until = ouvert → { $until }
visas-open-endless = ouvert

visas-head = { $month } · code { $code } · échéance { $due }
visas-waited = attendu
visas-broken = Texte signé ≠ texte présent : t dit ce qui a changé ; faites viser à nouveau.
visas-missing = Pour viser, { $count ->
    [one] il manque 1 lot
   *[other] il manque { $count } lots
 } : { $lots }
visas-second = Qui a validé a saisi de ces chiffres : il faut un second valideur.
visas-since = { $what } : { $old } → { $new } ({ $user })
visas-since-unknown = Ce qui diffère est venu d’une autre machine : comparez avec la page signée.
visas-closed-approved = Verrouillé : validé.
visas-closed-signed = Verrouillé : signé, { $days } jours après sa fin.
visas-closed-strict = Verrouillé { $days } jours après sa fin, même sans visa.
visas-old-about = Plus de { $days } jours après sa fin : une saisie est gardée comme dérogation.
visas-opened = Ouvert par dérogation, sans date de fin : { $reason }
visas-opened-until = Ouvert par dérogation jusqu’au { $until } : { $reason }
visas-open = Ce mois n’est pas verrouillé aujourd’hui.
visas-text-code = Code du texte : { $code }
visas-text-signed = { $signer } ({ $level }) a signé un autre texte, de code { $code } :
visas-close-text = Échap ferme d’abord le texte.
visas-no-field = Rien n’est à remplir ici.

visas-sign-title = viser { $month }
visas-sign-head = { $count ->
    [one] 1 chiffre
   *[other] { $count } chiffres
 } · code { $code }
visas-with = Signer avec
visas-file = Fichier
visas-code = Code
visas-way-key = clé SSH { $path }
visas-way-agent = agent SSH : { $name }
visas-way-session = session de { $user }
visas-way-file = autre clé SSH, dans un fichier
visas-way-paper = papier, page signée
visas-about-session = Sans clé SSH : seule cette session en témoigne.
visas-about-key = La clé signe le code et le niveau : toute machine peut le vérifier.
visas-about-agent = L’agent SSH signe : il peut demander une confirmation hors d’ici.
visas-about-paper = Qui a signé la page imprimée, et le code de douze signes qu’elle porte.
visas-waits = L’agent SSH est prié de signer : confirmez ou touchez la clé. Échap renonce.
visas-confirm = Entrée encore : { $signer } vise { $month }, niveau « { $level } », { $count ->
    [one] 1 chiffre
   *[other] { $count } chiffres
 }, code { $code }.
visas-done = { $month } : { $level }.
visas-unlock-title = ouvrir { $month }
visas-until = Jusqu’au
visas-about-unlock = Dernier jour compris, par exemple 2026-04-30 ; vide : sans fin. Ce qui change demande un nouveau visa.
visas-day-unreadable = « { $text } » n’est pas un jour : écrivez-le 2026-04-30 ou 30/04/2026, ou rien.
visa-moved = Les chiffres de { $month } ont changé pendant que l’agent signait : relisez-les et visez à nouveau.
agent-silent = L’agent SSH n’a pas répondu en { $seconds } secondes : confirmez-lui la signature, ou signez autrement.

todo-to-check = { $count ->
    [one] un mois à vérifier
   *[other] { $count } mois à vérifier
 }
todo-to-approve = { $count ->
    [one] un mois à valider
   *[other] { $count } mois à valider
 }
todo-to-see = { $count ->
    [one] un mois à viser
   *[other] { $count } mois à viser
 }

# Les mêmes problèmes, dits à l’écran.
visa-broken-here = { $project }, { $month } : un chiffre signé a changé, texte signé ≠ texte présent ; g v, puis t montre lequel.
visa-contested-here = { $project }, { $month } : { $count } { $count ->
    [one] valeur a
   *[other] valeurs ont
 } deux versions ({ $lots }) ; réglez-les d’abord (g c).
key-file-closed-here = La clé « { $path } » est fermée par une phrase secrète : ouvrez-la hors d’ici avec « ssh-add », et l’agent signera.
agent-unstarted-here = « { $program } » ne démarre pas ({ $error }) : installez OpenSSH, ou signez autrement.
month-closed-approved-here = { $month } de { $project } est validé et verrouillé : v va aux visas, o l’y ouvre ; faites ensuite viser à nouveau.
month-closed-signed-here = { $month } de { $project } est signé et verrouillé ({ $days } jours après sa fin) : v va aux visas, o l’y ouvre.
month-closed-strict-here = { $month } de { $project } est verrouillé ({ $days } jours après sa fin), les imports aussi : g v va aux visas, o l’y ouvre.
unlock-no-reason-here = Une dérogation demande un motif : écrivez-le.
unlock-over-here = La dérogation finirait le { $until }, avant aujourd’hui ({ $today }) : donnez un jour à venir.
