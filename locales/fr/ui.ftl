# L’application dans le terminal : cadre, tableau de bord, suivi, saisie, alertes.
place-dashboard = tableau de bord
place-follow-up = suivi
place-entry = saisie
place-alerts = alertes
place-card = fiche
place-trail = historique
place-synthesis = synthèse
place-conflicts = conflits
place-registers = répertoires
place-import = import
place-help = aide
place-palette = palette
place-decide = décision
place-observation = observation
place-tour = visite
place-welcome = bienvenue

cap-enter = Entrée
cap-esc = Échap
cap-up = Haut
cap-down = Bas
cap-left = Gauche
cap-right = Droite
cap-home = Début
cap-end = Fin
cap-page-up = Page préc.
cap-page-down = Page suiv.
cap-tab = Tab
cap-back-tab = Maj-Tab
cap-backspace = Effacement
cap-delete = Suppr
cap-space = Espace

key-go = aller à…
key-help = aide
key-palette = chercher partout
key-undo = annuler
key-redo = refaire
key-back = retour
key-leave = retour, ou quitter
key-quit = quitter
key-suspend = rendre la main au shell
key-repaint = redessiner
key-open = ouvrir
key-down = ligne suivante
key-up = ligne précédente
key-page-down = page suivante
key-page-up = page précédente
key-first = première ligne
key-last = dernière ligne
key-backup = copie de sûreté

back-at-first = Vous êtes au premier écran : q pour quitter.
window-too-small = Fenêtre trop petite : agrandissez-la à { $size } au moins. Rien de ce qui est tapé n’est perdu.
local-not-kept = Un petit fichier de travail n’a pas pu être gardé ({ $error }) : vérifiez la place et les droits de votre dossier personnel.
draft-taken-up = Voici ce qui était tapé et pas encore enregistré : Entrée l’enregistre, Échap l’abandonne.
draft-aside = Un texte tapé n’a plus sa place ici ; gardé dans { $path }
language-changed = Les écrans sont en français.
scheme-terminal = Couleurs : celles du terminal.
scheme-dark = Couleurs : tons pour fond sombre.
scheme-light = Couleurs : tons pour fond clair.
scheme-plain = Sans couleurs.
ascii-on = Caractères ASCII seulement.
ascii-off = Caractères complets.

dashboard-todo = À faire
dashboard-trouble = Sites, les plus en difficulté d’abord
dashboard-sites = Sites
dashboard-saved = Enregistré : { $saved } · Copie de sûreté : { $backup }
backup-no = aucune
figure-sites = { $count ->
    [0] site
    [one] site
   *[other] sites
}
figure-active = { $count ->
    [0] lot actif
    [one] lot actif
   *[other] lots actifs
}
figure-progress = réalisé
figure-time = du délai
figure-drift = pts d’écart
todo-pronounce = { $count ->
    [one] Une démobilisation à prononcer
   *[other] { $count } démobilisations à prononcer
 }
todo-late = : { $missing } { $missing ->
    [one] relevé
   *[other] relevés
 } sur { $expected } en retard, { $month }
todo-awaited = : { $missing } { $missing ->
    [one] relevé
   *[other] relevés
 } sur { $expected } avant le { $due }, { $month }
todo-more-awaited = { $count ->
    [one] Un autre projet attend des relevés
   *[other] { $count } autres projets attendent des relevés
 }
todo-warned = { $count ->
    [one] une pré-démobilisation
   *[other] { $count } pré-démobilisations
 }
todo-critical = { $count ->
    [one] une alerte critique
   *[other] { $count } alertes critiques
 }
todo-problematic = { $count ->
    [one] une alerte problématique
   *[other] { $count } alertes problématiques
 }
todo-contested = { $count ->
    [one] Une valeur a deux versions qui se contredisent
   *[other] { $count } valeurs ont deux versions qui se contredisent
 }
todo-complete = { $count ->
    [one] Un lot sans durée : pas de taux possible
   *[other] { $count } lots sans durée : pas de taux possible
 }
todo-complete-how = La durée se donne site par site (e), ou pour tout un projet : g r, Entrée sur le projet, « Durée usuelle ».
todo-nothing = Tout est à jour.
entry-pasted = { $count ->
    [one] Un relevé enregistré.
   *[other] { $count } relevés enregistrés.
 }

key-card = fiche
key-filter = filtrer
key-enter-figures = saisir
key-tree = arbre
key-keep = statuts
key-order = ordre
key-group = regrouper par projet, par entreprise
key-earlier = mois précédent
key-later = mois suivant
key-trail = historique
key-decide = décider
key-synthesis = tableau de synthèse
key-edit-site = modifier le site
key-add-site = ajouter un site
key-add-lot = ajouter un lot au site
key-archive-site = archiver le site
key-observe = observation
key-edit-lot = modifier le lot
key-edit-contractor = modifier l’entreprise
order-code = par code
order-name = par nom
order-rate = par taux atteint
order-gravity = par gravité
order-progress = par avancement
kept-alerting = en alerte
kept-critical = critiques
kept-problematic = problématiques
kept-good = bons
kept-missing = non saisis
kept-to-complete = à compléter
kept-stopped = arrêtés
grouping-project = par projet
grouping-contractor = par entreprise
heading-none = Sans entreprise
tree-title = Organisation
column-trend = Tend.
follow-up-lots = { $count ->
    [one] un lot
   *[other] { $count } lots
 }
follow-up-empty = Aucun lot ici : f change le filtre des statuts, Échap efface le texte cherché, a ajoute un site.
follow-up-nothing = Aucun lot n’est choisi.
card-nobody = Ce lot n’a pas d’entreprise : E la lui donne.
card-remobilised = { $count ->
    [one] remobilisé une fois
   *[other] remobilisé { $count } fois
 }
card-since = { $state } dès { $month }
card-progress = Avancement
card-known = { $known } % · rien en { $month }
card-of-month = Du mois
card-month = { $progress } (normal { $normal })
card-rate = Taux atteint
card-time = Délai consommé
card-delay = Retard
card-delay-value = { $points } pts · { $months } mois
card-curve = Taux atteint (en haut : 100 %)
card-start = Début
card-duration = Durée
card-end = Fin
card-end-projected = Fin projetée
card-budget = Budget
card-address = Adresse
card-architect = Maître d’œuvre
card-manager = Chef chantier
card-contractor = Entreprise
card-client = M. d’ouvrage
card-decision = { $what } dès { $from } : { $reason }
post-short-directeur-general = Dir. général
post-short-service-financier = Finances
post-short-directeur-projet = Dir. projet
post-short-chef-mission = Chef mission
badge-estimated = estimé
badge-overridden = normal fixé
badge-overdue = hors délai

key-commit = enregistrer
key-same = comme le mois dernier
key-next-missing = suivant à saisir
key-previous-missing = précédent à saisir
key-missing-only = seulement ce qui manque
key-not-applicable = sans objet
key-ditto = observation du mois dernier
key-next-project = projet suivant
key-previous-project = projet précédent
key-type-figure = avancement cumulé
key-type-more = ajoute au mois dernier
column-finding = Règle
entry-cell-none = s. o.
entry-no-project = Il n’y a pas encore de projet : ajoutez-en un dans les répertoires (g r), ou importez un classeur (g i).
entry-no-row = Ce projet n’a pas encore de site : ajoutez-en un depuis le suivi (g s, puis a).
entry-none-missing = Rien ne manque : m montre tous les lots.
entry-nothing-missing = Il ne manque plus rien pour ce mois.
entry-month-complete = Mois complet. p ouvre le projet suivant.
entry-no-ditto = Le mois dernier n’a pas d’observation.
entry-not-a-figure = Ce n’est pas un chiffre : écrivez 12,5, +3,5, = ou -. Le texte reste marqué « ! » dans sa ligne.
entry-paste-unreadable = La colonne collée contient autre chose que des chiffres : rien n’est repris.
entry-paste-too-long = La colonne collée est plus longue que ce qui reste de la grille : rien n’est repris.
entry-paste-waits = Colonne collée, pas encore enregistrée : Entrée l’enregistre, toute autre touche l’abandonne.
entry-paste-given-up = La colonne collée est abandonnée.
entry-pace = Taux normal { $normal } % par mois · délai consommé { $time } % · retard { $months } mois
entry-author = { $user }, { $when }

key-left = colonne à gauche
key-right = colonne à droite
key-filter-project = projet suivant
key-filter-contractor = entreprise suivante
key-one-gravity = une seule gravité, ou toutes
board-missing = Non-saisie
board-problematic = Problémat.
board-critical = Critique
board-warned = Pré-démob.
board-withdrawn = Démob.
column-since = Depuis
alerts-nothing = Aucune alerte n’est choisie.
alerts-no-lot = Cette alerte concerne tout un projet : Entrée ouvre sa grille de saisie.
alerts-none-found = Aucune alerte ne correspond : Échap montre tout.
alerts-unreachable = Sans adresse électronique : { $names }.
entry-late = en retard
entry-locked = verrouillé
key-archive-lot = archiver le lot
entry-doubtful-first = Ce chiffre baisse, saute ou ne se lit pas : Entrée l’enregistre, Échap l’abandonne.
entry-pasted-doubtful = { $count ->
    [one] Un d’eux baisse ou surprend : il est marqué « ? ».
   *[other] { $count } d’entre eux baissent ou surprennent : ils sont marqués « ? ».
 }
board-out = sorti
alerts-out = L’entreprise est démobilisée : d la remobilise.
todo-reading = Lecture des relevés…
