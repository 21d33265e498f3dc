# L’aide, la palette, la visite.
hint-first = Flèches et Entrée pour aller voir, ? pour l’aide, : pour tout trouver, :visite

help-title = aide : { $place }
help-here = Cet écran
help-everywhere = Partout
help-go = Aller à
help-signs = Signes
help-filter = chercher une touche
help-found = garder ce qui est trouvé
help-close = fermer l’aide
help-nothing = Aucune touche ne correspond : Échap montre tout.
sign-selected = ligne choisie
sign-saved = chiffre enregistré
sign-doubtful = chiffre à vérifier
sign-locked = mois verrouillé
sign-contested = deux versions en conflit

palette-title = chercher partout
palette-choose = choisir
palette-erase = effacer ce qui est tapé
palette-nothing = Rien ne correspond : enlevez quelques lettres.
palette-project = projet
palette-contractor = entreprise
palette-add-project = ajouter un projet
palette-add-site = ajouter un site
palette-add-contractor = ajouter une entreprise
palette-add-contact = ajouter un responsable
palette-organisation = modifier l’organisation
palette-import = importer un classeur
palette-backup = copie de sûreté
palette-language = changer de langue : English (anglais)
palette-colours = changer de couleurs
palette-ascii = caractères ASCII seulement, ou complets
palette-tour = visite guidée

tour-next = suite
tour-previous = étape précédente
tour-at-first = C’est la première étape de la visite.
tour-dashboard = Le tableau de bord
tour-dashboard-text = En haut, l’ensemble en cinq chiffres. Dessous, ce qui attend une décision ou une saisie aujourd’hui, puis les sites en difficulté mois par mois : B bon, P problématique, C critique. Entrée ouvre la ligne choisie.
tour-follow-up = Le suivi
tour-follow-up-text = Tous les sites, projet par projet, avec leurs trois derniers mois et leur taux. « / » cherche un nom ou un code, Entrée ouvre la fiche d’un site.
tour-card = La fiche d’un site
tour-card-text = Voici le site le plus en difficulté : délai, entreprises, taux mois par mois, et ce que les règles feront le mois prochain. Aucun taux n’est tapé : tout découle de l’avancement cumulé.
tour-entry = La saisie du mois
tour-entry-text = Un chiffre par lot : 12,5 est le cumul, +3,5 ajoute au mois dernier, = reprend le même. Entrée enregistre aussitôt et passe au suivant ; n va au prochain relevé qui manque.
tour-alerts = Les alertes
tour-alerts-text = Une colonne par gravité. Chaque alerte dit sa raison, ses chiffres et depuis quand. Une démobilisation n’est que proposée : une personne la prononce, et dit pourquoi.
tour-trail = L’historique
tour-trail-text = Chaque valeur garde qui l’a écrite, quand, sur quelle machine, et ce qui était là avant. Rien n’est écrasé en silence et rien n’est supprimé.
tour-undo = Annuler
tour-undo-text = u annule votre dernière opération et Ctrl-R la refait, même après un redémarrage. L’annulation est elle aussi une opération de l’historique : on peut donc essayer sans crainte.
tour-palette = Tout trouver
tour-palette-text = « : » cherche partout : quelques lettres d’un site, d’une entreprise ou d’une commande suffisent. g puis une lettre change d’écran. ? montre toutes les touches de l’écran où l’on est.
tour-exchange = Importer et exporter
tour-exchange-text = Un classeur Excel se reprend tel quel : avant d’écrire, l’import montre ce qui est nouveau, changé ou refusé. « chantier export » rend tout en CSV ou Excel. Fin de la visite.

keycard-title = Touches de chantier
keycard-use = Écrit d’après les tables de touches de l’application ; « ? » montre celles de l’écran présent.
keycard-form = formulaire
keycard-lists = Dans les listes
