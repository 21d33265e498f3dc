# Décisions, observations, historique, conflits, synthèse, copie de sûreté.
typing-erase = effacer un mot, le début, la fin de la ligne

op-observe = observation de { $place }, { $month }
op-short-observe = observation
op-settle = { $month ->
    [none] conflit réglé : { $place }, { $thing } : { $value }
   *[other] conflit réglé : { $place }, { $month }, { $thing } : { $value }
 }
op-short-settle = conflit réglé

key-decide-demobilise = démobiliser
key-decide-remobilise = remobiliser
key-decide-suspend = suspendre
key-decide-resume = reprendre
key-decide-close = clore
key-decide-go = continuer
key-decide-next = ligne ou champ suivant
key-decide-previous = ligne ou champ précédent
typing-decide-reason = le motif, une fois la décision choisie
typing-decide-month = le premier et le dernier mois (AAAA-MM)
decide-cannot-demobilise = Ce lot est déjà démobilisé, ou clos.
decide-cannot-remobilise = Seul un lot démobilisé se remobilise.
decide-cannot-suspend = Seul un lot actif se suspend.
decide-cannot-resume = Seul un lot suspendu reprend.
decide-cannot-close = Ce lot est déjà clos.
decide-chosen = La décision est choisie : Échap revient au choix.
decide-cycle = { $state } · { $cycle } ouvert en { $month }
decide-no-cycle = { $state } · pas de cycle ouvert
decide-warned = Pré-démobilisation constatée dans ce cycle ; aucun préavis n’est parti.
decide-unwarned = Aucune pré-démobilisation n’a été constatée dans ce cycle.
decide-proposed = Les règles proposent la démobilisation depuis { $month }.
decide-unproposed = Les règles ne proposent pas de démobilisation.
decide-title-demobilise = Prononcer la démobilisation
decide-title-remobilise = Prononcer la remobilisation
decide-title-suspend = Prononcer la suspension
decide-title-resume = Prononcer la reprise
decide-title-close = Prononcer la clôture
decide-reason = Motif
decide-from = Dès
decide-to = Jusqu’à
decide-open-end = vide : jusqu’à la reprise
decide-reason-wanted = Une décision demande un motif : écrivez-le.
decide-leave = Échap encore abandonne ce qui est tapé.
decide-confirm-demobilise = Entrée encore pour prononcer la démobilisation de { $place } dès { $month }.
decide-confirm-remobilise = Entrée encore pour prononcer la remobilisation de { $place } dès { $month }.
decide-confirm-suspend = Entrée encore pour prononcer la suspension de { $place } dès { $month }, jusqu’à la reprise.
decide-confirm-suspend-until = Entrée encore pour prononcer la suspension de { $place } dès { $month }, jusqu’à { $until } compris.
decide-confirm-resume = Entrée encore pour prononcer la reprise de { $place } dès { $month }.
decide-confirm-close = Entrée encore pour prononcer la clôture de { $place } dès { $month }.

key-observation-save = enregistrer
key-observation-next = champ suivant
key-observation-previous = champ précédent
key-observation-enter = champ suivant, et au dernier enregistrer
key-observation-ditto = comme avant
typing-observation-text = le texte ; Entrée va à la ligne
typing-observation-usual = causes et imputations usuelles, dans un champ vide
observation-cause = Cause
observation-attribution = Imputation
observation-last = { $month } : { $text }
observation-no-last = Pas d’observation avant ce mois.
observation-usual = ← → { $words }
observation-in-text = Dans le texte, Entrée va à la ligne : Ctrl-O enregistre.
observation-leave = Rien n’est encore enregistré : Ctrl-O enregistre, Échap encore abandonne.
cause-rain = pluie
cause-supply = approvisionnement
cause-payment = paiement
cause-labour = main-d’œuvre
cause-access = accès
cause-drawings = plans
cause-other = autre
attribution-contractor = entreprise
attribution-client = maître d’ouvrage
attribution-architect = maître d’œuvre
attribution-outside = extérieur

key-trail-whole = texte entier
key-trail-before = mois d’avant
key-trail-after = mois d’après
key-trail-all = tous les mois
key-trail-filter = filtrer
typing-trail-filter = mots à chercher ; Entrée garde le filtre, Échap l’ôte
trail-when = Quand
trail-who = Qui
trail-what = Donnée
trail-change = Avant → après
trail-all-months = tous les mois
trail-all-shown = Tous les mois sont montrés : < va au dernier.
trail-count = { $count ->
    [one] 1 ligne
   *[other] { $count } lignes
 }
trail-empty = Rien n’a été écrit.
trail-undone = annulation
trail-value = { $what } : { $value }
trail-origin = Venu de { $origin }

key-conflicts-choose = choisir une version
typing-conflicts-version = prendre cette version
typing-conflicts-value = une autre valeur, sur la ligne « autre »
conflicts-none = Aucun conflit : chaque valeur n’a qu’une version.
conflicts-intro = Écrites sur deux machines : la première version est montrée en attendant.
conflicts-here = { $user }, ici
conflicts-there = { $user }, machine { $machine }
conflicts-other = autre :
conflict-moved = « { $place } » a changé entre-temps : regardez à nouveau.
conflict-no-version = Il n’y a pas de version de ce numéro.
conflict-choose = Cette valeur ne se tape pas ici : choisissez une version.
conflict-nothing-typed = Tapez d’abord la valeur, ou choisissez une version.

key-synthesis-before = mois d’avant
key-synthesis-after = mois d’après
key-synthesis-left = colonnes
key-synthesis-right = colonnes
key-synthesis-project = autre projet
synthesis-number = N°
synthesis-progress = Du mois
synthesis-rate = Atteint
synthesis-observation = Observation
synthesis-totals = { $sites ->
    [one] 1 site
   *[other] { $sites } sites
 } · avancement { $progress } %
synthesis-last-month = C’est le mois en cours.
synthesis-one-project = Il n’y a qu’un projet.
synthesis-no-more = Il n’y a pas d’autres colonnes de ce côté.

cmd-conflicts = Valeurs dont deux versions se contredisent
cmd-backup = Enregistre une copie vérifiée de la base
arg-copy = Fichier de la copie, ou dossier où la mettre ; sinon le dossier « copies » à côté de la base
backup-done = Copie vérifiée : { $path }
backup-nowhere = Il n’y a pas encore de fichier à copier.
backup-exists = « { $path } » existe déjà : la copie n’écrase rien ; donnez un autre nom.
backup-full = Il n’y a pas assez de place pour la copie « { $path } » : libérez-en, ou choisissez un autre disque.
backup-failed = La copie « { $path } » n’a pas pu être écrite ({ $error }) : vérifiez le dossier, ses droits et la place.
backup-incomplete = La copie ne contient pas la dernière opération : recommencez ; elle a été retirée.
path-not-text = Le chemin « { $path } » n’est pas du texte UTF-8 : choisissez-en un autre.

# Les mêmes problèmes, dits à l’écran : là, rien ne se tape sur la ligne de commande.
organisation-missing-here = Il n’y a pas encore d’organisation : importez d’abord un classeur, ou créez-la (Échap revient à l’écran de bienvenue).
lot-none-here = Le site « { $site } » n’a pas de lot ouvert : ajoutez-en un dans le suivi (g s, puis L).
entry-nothing-here = Il n’y a rien à enregistrer : écrivez un chiffre ou une observation, ou Échap pour laisser.
decide-remobilise-refused-here = « { $place } » n’est pas démobilisé à ce mois ({ $state }) : prononcez d’abord la démobilisation, ou changez le mois « Dès ».
undo-changed-since-here = La dernière opération ne peut pas être annulée : les mêmes données ont changé depuis ({ $thing }) ; corrigez-les vous-même, leur historique est sous t.
