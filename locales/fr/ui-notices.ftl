# Écran des avis.
place-notices = avis
place-words = texte
notices-empty = Aucun avis. « n » prépare ceux que les alertes, les décisions et les relevés manquants appellent ; chacun attend votre accord avant de partir.
notices-none-open = Rien à faire ici : tout est parti ou retiré. « f » montre aussi ces avis-là, « n » prépare ce qui est appelé depuis.
notices-none-found = Aucun avis ne correspond. Échap lève le filtre, « p » change de projet, « f » montre aussi ce qui est parti.
notices-count-none = Rien à faire
notices-count-stuck = { $count } à reprendre
notices-count-draft = { $count } à approuver
notices-count-held = { $count ->
    [one] { $count } retenu
   *[other] { $count } retenus
}
notices-count-ready = { $count } en route
notices-stage-stuck = à reprendre
notices-stage-draft = à approuver
notices-stage-held = retenu
notices-stage-ready = en route
notices-stage-gone = parti
notices-stage-cancelled = retiré
notices-column-stage = État
notices-column-kind = Avis
notices-column-month = Mois
notices-column-place = Concerne
notices-column-brief = Où il en est
notice-short-reminder = rappel
notice-short-missing-entries = non-saisie
notice-short-delay = retard
notice-short-pre-demobilisation = préavis
notice-short-demobilisation = démobilisation
notice-short-remobilisation = remobilisation
notice-short-corrigendum = rectificatif
notice-short-formal-notice = mise en dem.
notice-short-digest = récapitulatif
notices-addressees = { $count ->
    [0] personne
    [one] { $count } destinataire
   *[other] { $count } destinataires
}
notices-moved = chiffres changés depuis
notices-lacking = { $count } sans adresse
notices-more-addressees = et { $count } de plus
notices-copy = copie : { $name }
notices-no-number = sans numéro
notices-number-twice = aussi d’un autre avis
notices-gone-on = le { $day }
notices-way-here = envoi : { $place }
notices-way-other = envoi : machine { $name }
notices-way-nobody = Aucune machine n’envoie : chantier notices sender take.
notices-way-none = Aucun moyen d’envoi : chantier config set mail.server SERVEUR.
notices-running = envoi en cours
notices-run = Un envoi est en cours : attendez qu’il se termine.
notices-nothing-selected = Aucun avis n’est choisi.
notices-approved-already = Cet avis n’attend pas d’accord.
notices-not-to-hold = Cet avis ne peut plus être retenu.
notices-not-to-withdraw = Cet avis est parti ou retiré.
notices-not-to-send = Seul un avis approuvé s’envoie : « a » l’approuve.
notices-words-fixed = Le texte d’un avis approuvé ne change plus.
notices-addresses-fixed = Tous ses destinataires l’ont reçu.
notices-no-drafts = Aucun avis à approuver dans la liste.
notices-no-other-addressee = Il n’y a qu’un destinataire à changer.
notices-nothing-typed = Rien n’est écrit.
notices-ask-approve = { $count ->
    [one] Approuver l’avis à approuver de la liste ? Entrée l’approuve, Échap renonce.
   *[other] Approuver les { $count } avis à approuver de la liste ? Entrée les approuve, Échap renonce.
}
notices-ask-withdraw = Retirer « { $name } » ? Il ne sera pas envoyé. Entrée le retire, Échap renonce.
notices-ask-address = { $name }, son adresse (vide : ne pas lui écrire) :
notices-ask-address-of = { $name }, son adresse, { $number } sur { $count } (vide : ne pas lui écrire ; Tab : le suivant) :
notices-ask-add = Qui d’autre ? Nom <adresse>, ou « copie Nom <adresse> » :
notices-ask-grounds = Mise en demeure pour { $place } : quel fondement (article du marché, constats, dates) ?
notices-approved = { $count ->
    [one] Avis approuvé : il part au prochain envoi (S).
   *[other] { $count } avis approuvés : ils partent au prochain envoi (S).
}
notices-approved-lacking = { $count ->
    [one] Une adresse manque : « e » l’écrit.
   *[other] { $count } adresses manquent : « e » les écrit.
}
notices-address-kept = Adresse écrite : { $email }.
notices-address-removed = Il ne lui est pas écrit.
notices-words-kept = Texte enregistré.
fate-waiting = en attente
fate-sent = reçu par le serveur le { $at } · { $reply }
fate-written = écrit le { $at } · { $reply }
fate-failed = refusé le { $at } : { $reply }
fate-held = à décider : { $reply }
fate-cancelled = sans envoi
words-subject = Objet
words-how = L’en-tête, le numéro, la date et les destinataires s’ajoutent à l’accord.
key-notices-open = lettre, valider
key-notices-approve = approuver
key-notices-approve-all = tout approuver
key-notices-address = adresses
key-notices-prepare = préparer
key-notices-send-all = envoyer
key-notices-send = envoyer celui-ci maintenant
key-notices-words = changer le texte
key-notices-add = un destinataire de plus
key-notices-hold = retenir
key-notices-withdraw = retirer
key-notices-all = aussi ce qui est parti
key-notices-next-address = adresse suivante
key-notice = avis
key-notice-formal = mise en demeure
key-words-other = objet, texte
key-words-body = au texte
typing-notices = adresse, nom, fondement
todo-notices = { $count ->
    [one] { $count } avis à approuver
   *[other] { $count } avis à approuver
}
todo-stuck = { $count ->
    [one] { $count } avis non parti : refusé, ou à décider
   *[other] { $count } avis non partis : refusés, ou à décider
}
