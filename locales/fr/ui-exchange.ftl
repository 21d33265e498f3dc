# L’écran des échanges, et ce qui le rappelle sur les autres écrans.
place-exchange = échanges
key-exchange-open = échanger, valider
key-exchange-now = échange avec le lieu sélectionné
key-exchange-add = nouveau lieu
key-exchange-write = écrire lot
key-exchange-take = lire lot
key-exchange-remove = oublier le lieu
key-exchange-complete = complète le chemin
typing-exchange = une adresse, un nom, un chemin

exchange-empty = Les machines de l’organisation échangent ce que chacune a écrit ; rien ne se perd, dans quelque ordre que cela arrive. Ajoutez un lieu d’échange (a : un serveur, un dossier, une clé USB), ou portez un lot : x l’écrit, i le lit.
exchange-column-place = Lieu
exchange-column-kind = Genre
exchange-column-when = Dernier échange
exchange-column-result = Résultat
exchange-column-pending = à envoyer
exchange-kind-server = serveur
exchange-kind-folder = dossier
exchange-kind-store = dépôt
exchange-never = jamais
exchange-not-yet = Pas encore d’échange avec ce lieu : Entrée commence.
exchange-short = { $sent } envoyés, { $received } reçus
exchange-short-nothing = rien de nouveau
exchange-running = en cours
exchange-working = échange en cours
exchange-progress = échange : { $sent } envoyés, { $received } reçus
exchange-machines = Machines de l’organisation
exchange-machines-more = et { $count } autres (« chantier machine list »)
exchange-contested = { $count ->
    [one] Une valeur a deux versions à trancher
   *[other] { $count } valeurs ont plusieurs versions à trancher
 }
exchange-enrolled = Cette machine est inscrite. Sa clé :
exchange-enrol-first = Le premier échange inscrit cette machine, qui administrera les autres. Sa clé :
exchange-enrol-lacking = Cette machine n’est pas encore inscrite : donnez cette ligne à un administrateur, pour « chantier machine add NOM "…" ».
exchange-line-narrow = La ligne ne tient pas dans cette fenêtre : « chantier machine » l’écrit.
exchange-held-missing = { $count ->
    [one] Un changement de { $machine } attend ce qui l’a précédé : échangez encore, ou demandez-lui un lot.
   *[other] { $count } changements de { $machine } attendent ce qui les a précédés : échangez encore, ou demandez-lui un lot.
 }
exchange-held-withdrawn = { $count ->
    [one] Un changement de { $machine }, machine retirée, attend l’avis d’un administrateur.
   *[other] { $count } changements de { $machine }, machine retirée, attendent l’avis d’un administrateur.
 }
exchange-held-misfit = { $count ->
    [one] Un changement de { $machine } attend une version plus récente de chantier : installez-la.
   *[other] { $count } changements de { $machine } attendent une version plus récente de chantier : installez-la.
 }
exchange-held-forked = { $count ->
    [one] Un changement de { $machine } en contredit un autre sous le même numéro : sa base a été copiée ; faites-la réinscrire.
   *[other] { $count } changements de { $machine } en contredisent d’autres sous les mêmes numéros : sa base a été copiée ; faites-la réinscrire.
 }

exchange-ask-target = Adresse du lieu : utilisateur@hôte, /un/dossier ou s3://seau/préfixe
exchange-ask-name = Comment appeler { $name } ?
exchange-ask-remove = Oublier { $name } ? Ce qui en est venu reste. Tapez oui.
exchange-ask-write = Fichier du lot : tout ce que cette machine connaît
exchange-ask-write-for = Fichier du lot : ce que { $name } n’a pas encore
exchange-ask-take = Fichier du lot à lire (Tab complète le chemin)
exchange-nothing-typed = Écrivez quelque chose, ou Échap pour laisser.
exchange-remove-how = Tapez oui pour oublier ce lieu, ou Échap pour le garder.
exchange-add-first = Il n’y a pas de lieu d’échange : ajoutez-en un avec a.
exchange-select-place = Sélectionnez d’abord un lieu.
exchange-no-path = Il n’y a pas de chemin à compléter.
exchange-added = { $name } est ajouté : Entrée échange avec ce lieu.
exchange-runs = Un échange est en cours ({ $name }) : attendez qu’il se termine.
exchange-quit = Un échange est en cours : quittez encore une fois pour l’interrompre, rien n’en sera perdu.
exchange-broken-off = L’échange s’est interrompu ({ $error }) : recommencez, ce qui est arrivé est enregistré.
exchange-done = { $name } : { $result }.
exchange-taken = { $name } lu : { $result }.
exchange-conflicts-new = { $count ->
    [one] Une valeur a maintenant deux versions : g c les montre.
   *[other] { $count } valeurs ont maintenant plusieurs versions : g c les montre.
 }
exchange-pending = { $count ->
    [one] Un changement reste à envoyer.
   *[other] { $count } changements restent à envoyer.
 }
exchange-not-enrolled-here = Cette machine n’est pas encore inscrite : donnez à un administrateur la ligne que montre l’écran des échanges (g x).
remote-exists-here = Un lieu s’appelle déjà { $name } : donnez un autre nom.
remote-nameless-here = Le lieu n’a pas de nom : donnez-en un.

exchange-brief-unshared = { $count } à partager
exchange-brief-done = à jour
exchange-brief-contested = { $count ->
    [one] 1 conflit
   *[other] { $count } conflits
 }
sign-unshared = enregistré, à partager
entry-unshared = à partager
contested-here = ‼ Deux versions se contredisent ({ $months }) : g c les montre, choisissez.
contested-else = ‼ Une valeur a deux versions : g c les montre, choisissez.
legend-contested = ‼ deux versions se contredisent : « chantier conflicts » les montre
