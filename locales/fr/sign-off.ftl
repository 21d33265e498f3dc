# Visas, mois verrouillés, complétude et ponctualité, fil d’un lot.
cmd-sign = Vise les chiffres d’un projet et d’un mois, ou montre les visas
arg-sign-what = Projet
arg-sign-key = Clé privée SSH (ed25519) qui signe
arg-level = Niveau : checked (vérifié), approved (validé), seen (visé) ; le suivant si absent
arg-agent = Signe avec la clé de l’agent SSH, ou avec celle du fichier .pub indiqué
arg-paper = La page imprimée est signée ; son code, s’il est donné, est comparé
arg-signer = Qui a signé la page imprimée
arg-comment = Commentaire du signataire
arg-sign-show = Liste qui a visé quoi, comment, et si cela vaut encore
arg-sign-page = Écrit une page à signer au stylo : le texte, son code, une ligne par niveau
arg-sign-text = Écrit le texte qui est signé, et son code
arg-verify = Dit ce que vaut le code d’une page imprimée
cmd-unlock = Rouvre un mois verrouillé, par dérogation
arg-unlock-what = Projet
arg-until = Dernier jour de la dérogation
arg-rates = Montre la complétude et la ponctualité de chaque mois
arg-history-all = Tout ce qui est arrivé, en une liste : chiffres, alertes, avis, décisions, visas

visa-level-checked = vérifié
visa-level-approved = validé
visa-level-seen = visé
visa-form-key = clé SSH
visa-form-session = session
visa-form-paper = papier
visa-holds = vaut
visa-differs = texte signé ≠ texte présent
visa-forged = signature fausse
visa-withdrawn = retiré depuis
visa-withdrawal = retrait
visa-none = Aucun visa.
visa-signed = { $project }, { $month } : { $level }. Code du texte : { $code }.
visa-state-none = { $project }, { $month } : pas encore visé.
visa-state-reached = { $project }, { $month } : { $level } ({ $signers }).
visa-state-second = { $project }, { $month } : validé par { $signers }, qui a saisi de ces chiffres ; il faut un second valideur.
visa-state-changed = { $project }, { $month } : texte signé ≠ texte présent (était { $level } : { $signers }) ; il faut un nouveau visa.
visa-mark-checked = vérifié
visa-mark-approved = validé
visa-mark-seen = visé
visa-mark-changed = visa à refaire
visa-broken = { $project }, { $month } : un chiffre signé a changé, texte signé ≠ texte présent ; voyez « chantier sign --show » et faites viser à nouveau.
visa-nothing = { $project } n’attend aucun chiffre en { $month } : rien à viser.
visa-incomplete = { $project }, { $month } n’est pas complet, { $count } { $count ->
    [one] lot manque
   *[other] lots manquent
 } ({ $lots }) : saisissez un chiffre ou « - » (sans objet).
visa-contested = { $project }, { $month } : { $count } { $count ->
    [one] valeur a
   *[other] valeurs ont
 } deux versions ({ $lots }) ; réglez-les d’abord, voyez « chantier conflicts ».
visa-in-future = { $month } n’est pas encore commencé au { $today } : on ne vise pas à l’avance.
visa-already = { $signer } a déjà signé ces chiffres ({ $level }) de la même façon.
visa-below = { $project }, { $month } : « { $level } » demande d’abord « { $below } » sur les mêmes chiffres.
visa-below-changed = { $project }, { $month } : les chiffres ont changé depuis leur visa ; « { $level } » demande un nouveau « { $below } ».
visa-below-second = { $project }, { $month } : « { $level } » demande un second valideur, car le premier a saisi de ces chiffres.
visa-needs-second = { $signer } a saisi des chiffres de { $month } et ne peut pas être seul à les valider : il faut un second valideur.
visa-stranger = { $signer } n’est pas connu comme { $posts } ({ $names }) : le visa est gardé, sous ce nom.
visa-other-key = { $signer } signait jusqu’ici avec une autre clé : vérifiez { $fingerprint } auprès de lui.
visa-page-line = { $level } par ______________________________   le ____________   signature
visa-code-missing = Le code de la page manque : ajoutez-le (--paper=CODE), tel qu’il est imprimé.
visa-code-missing-here = Le code de la page manque : tapez-le, tel qu’il est imprimé.
visa-code-is = Code : { $code }
visa-code-wrong = « { $code } » n’est pas un code de page : il a douze signes, vérifiez-les un à un.
visa-code-other = Le code { $code } n’est pas celui des chiffres présents ({ $present }) : imprimez à nouveau la page et faites-la signer.
visa-code-unknown = Le code { $code } n’est celui d’aucun texte connu ici : indiquez projet et mois, ou échangez d’abord avec les autres machines.
visa-code-present = { $code } : chiffres présents de { $project }, { $month }.
visa-code-past = { $code } : chiffres signés de { $project }, { $month }, qui ont changé depuis.

key-file-missing = Il n’y a pas de clé « { $path } » : vérifiez le chemin.
key-file-closed = La clé « { $path } » est fermée par une phrase secrète : ouvrez-la dans l’agent (ssh-add), puis signez avec --agent.
agent-empty = L’agent SSH n’a pas de clé ed25519 : ajoutez la vôtre avec ssh-add.
agent-several = L’agent SSH a plusieurs clés ed25519 : choisissez avec --agent=FICHIER.pub.
agent-refused = L’agent SSH n’a pas signé ({ $error }) : vérifiez qu’il a cette clé, avec « ssh-add -L ».
agent-unstarted = « { $program } » ne démarre pas ({ $error }) : installez OpenSSH, ou signez avec --key.

month-closed-approved = { $month } de { $project } est validé : ouvrez-le par « chantier unlock PROJET MOIS --reason MOTIF », puis faites viser à nouveau.
month-closed-signed = { $month } de { $project } est signé et verrouillé ({ $days } jours après sa fin) : ouvrez-le par « chantier unlock PROJET MOIS --reason MOTIF ».
month-closed-strict = { $month } de { $project } est verrouillé ({ $days } jours après sa fin, entry.lock = strict), les imports aussi : ouvrez-le par « chantier unlock PROJET MOIS --reason MOTIF », ou choisissez « chantier config set entry.lock signed ».
unlock-no-reason = Une dérogation demande un motif : écrivez-le avec --reason.
unlock-over = La dérogation finirait le { $until }, avant aujourd’hui ({ $today }) : donnez un jour à venir avec --until.
unlock-open = { $month } de { $project } n’est pas verrouillé aujourd’hui ; la dérogation est gardée.
unlocked = { $project }, { $month } : ouvert par dérogation.
unlocked-until = { $project }, { $month } : ouvert par dérogation jusqu’au { $until }.

rates-empty = Aucun mois n’attendait de chiffre.
column-expected = Attendus
column-complete = Saisis
column-completeness = Complétude %
column-timely = À temps
column-timeliness = Ponctualité %
column-due = Échéance
column-level = Niveau
column-signer = Signataire
column-form = Forme
column-holds = Vaut encore
column-comment = Commentaire
column-told = Ce qui est arrivé

op-sign = visa de { $project }, { $month } : { $level }
op-unlock = dérogation pour { $project }, { $month } : { $reason }
op-short-sign = visa
op-short-unlock = dérogation
field-sign-off = visa
field-derogation = dérogation

trail-rules = règles
trail-alert-non-saisie = non-saisie
trail-alert-alerte = alerte
trail-alert-sursis = sursis
trail-alert-pre-demobilisation = pré-démobilisation
trail-alert-demobilisation = démobilisation à prononcer
trail-missing = { $month } n’est pas saisi ; attendu avant le { $due }.
trail-notice-reminder = rappel
trail-notice-missing-entries = avis de non-saisie
trail-notice-delay = avis de retard
trail-notice-pre-demobilisation = avis de pré-démobilisation
trail-notice-demobilisation = avis de démobilisation
trail-notice-remobilisation = avis de remobilisation
trail-notice-corrigendum = rectificatif
trail-notice-formal-notice = mise en demeure
trail-notice-digest = récapitulatif
trail-state-words = texte changé
trail-delivery-added = destinataire de plus
trail-delivery-mended = adresse corrigée
trail-state-draft = préparé
trail-state-ready = approuvé
trail-state-held = retenu
trail-state-cancelled = annulé
trail-to = à { $names }
trail-no-address = adresse manquante
trail-delivered = { $state } : { $name }
trail-delivery-sent = accepté
trail-delivery-written = écrit
trail-delivery-failed = refusé
trail-delivery-held = retenu
trail-delivery-cancelled = annulé
trail-delivery-waiting = en attente
trail-signed = { $level } par { $signer } ({ $form })
trail-until = jusqu’au { $until }
