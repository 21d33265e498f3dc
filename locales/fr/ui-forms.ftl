# Les formulaires et les répertoires.
form-add-organisation = nouvelle organisation
form-edit-organisation = organisation { $name }
form-add-project = nouveau projet
form-edit-project = projet { $name }
form-add-site = nouveau site
form-edit-site = site { $name }
form-add-lot = nouveau lot de { $name }
form-edit-lot = lot { $name }
form-add-contractor = nouvelle entreprise
form-edit-contractor = entreprise { $name }
form-add-contact = nouveau responsable
form-edit-contact = responsable { $name }

form-name = Nom
form-currency = Devise
form-zone = Fuseau horaire
form-client = Maître d’ouvrage
form-client-address = Adresse
form-client-email = Courriel
form-client-phone = Téléphone
form-usual-duration = Durée usuelle (mois)
form-project = Projet
form-code = Code
form-address = Adresse
form-start = Début des travaux
form-duration = Durée (mois)
form-from = Durée à partir de
form-initial = Avancement initial (%)
form-contractors = Entreprises
form-architect = Maître d’œuvre
form-manager = Chef de chantier
form-budget = Budget prévu
form-weight = Poids
form-email = Courriel
form-phone = Téléphone
form-post = Poste
form-save = Enregistrer
form-of-organisation = organisation

hint-choice = Gauche et Droite choisissent, ou la première lettre.
hint-currency = Trois majuscules : XOF, XAF, EUR.
hint-zone = Par exemple Africa/Douala : les échéances se comptent à cette heure-là.
hint-email = Les alertes et les avis partent à cette adresse.
hint-usual-duration = Pour les sites dont la durée n’est pas donnée.
hint-code = Le code du site, unique dans le projet : CH-2026-001.
hint-site-name = Sans nom, le site porte son code.
hint-start = Le mois, 2026-03 ou 03/2026, ou le jour exact, 2026-03-15 ou 15/03/2026.
hint-duration = Le délai du contrat, en mois entiers.
hint-from = Avenant : premier mois de la nouvelle durée, AAAA-MM. Vide : depuis le début.
hint-initial = Ce qui était fait avant le suivi. Vide : 0.
hint-contractors = Plusieurs s’écrivent avec « / » entre deux espaces. Un nom inconnu est ajouté.
hint-budget = Un montant comme 125 000 000.
hint-weight = La part du lot dans le site, par exemple son montant. Vide : comme les autres.
hint-whole = « Ensemble » est le seul lot du site : son nom n’est pas montré.

field-empty = Ce champ ne peut pas rester vide : remplissez-le.
form-mend = Rien n’est enregistré : corrigez ce qui est signalé.
form-leave = Échap encore pour abandonner ce qui est tapé.
form-no-project = Un site appartient à un projet : ajoutez d’abord le projet.
form-project-needed = Ce poste appartient à un projet : choisissez lequel.
form-project-none = Ce poste appartient à l’organisation : choisissez « organisation ».
form-from-alone = Un avenant change la durée : donnez la nouvelle durée, ou videz ce mois.
form-archived = Archivé : { $name }. u annule.
months-unreadable = « { $text } » n’est pas une durée : écrivez un nombre de mois de 1 à { $most }.
register-gone = Cette fiche a été archivée entre-temps.

confirm-title = Archiver
confirm-project = Archiver le projet « { $name } » ? { $count ->
    [0] Il n’a pas de site.
    [one] Son site ne sera plus suivi.
   *[other] Ses { $count } sites ne seront plus suivis.
 } Rien n’est effacé.
confirm-site = Archiver le site { $name } ? { $count ->
    [0] Il n’a pas de lot.
    [one] Il ne sera plus suivi.
   *[other] Ses { $count } lots ne seront plus suivis.
 } Rien n’est effacé.
confirm-lot = Archiver le lot { $name } ? Il ne sera plus suivi. Rien n’est effacé.
confirm-contractor = Archiver l’entreprise « { $name } » ? { $count ->
    [0] Elle n’a pas de lot.
    [one] Elle reste inscrite sur son lot, mais n’est plus proposée.
   *[other] Elle reste inscrite sur ses { $count } lots, mais n’est plus proposée.
 } Rien n’est effacé.
confirm-contact = Archiver le responsable « { $name } » ? Il ne recevra plus d’alertes. Rien n’est effacé.
confirm-how-yes = Tapez « oui », puis Entrée.
confirm-how = Tapez « oui » ou « { $name } », puis Entrée.
confirm-mistyped = Rien n’est archivé : tapez oui, ou Échap pour laisser.

key-confirm = archiver
key-form-enter = champ suivant
key-form-save = enregistrer
key-form-next = champ suivant
key-form-previous = champ précédent
key-form-choose = se déplacer dans le texte, ou choisir
key-form-ends = début ou fin du texte
key-form-word = effacer le mot d’avant
key-form-clear = effacer jusqu’au début
key-register-edit = modifier
key-register-add = ajouter
key-register-archive = archiver
key-register-next = autre répertoire
key-register-previous = répertoire précédent
key-register-filter = filtrer
key-register-unfilter = retirer le filtre
key-register-organisation = organisation

register-projects = Projets
register-sites = Sites
register-contractors = Entreprises
register-contacts = Responsables
register-lots = Lots
register-alerts = Alertes
register-due = Relevés
register-missing = manque
register-no-row = Il n’y a aucune ligne : a en ajoute une.
register-empty = Rien encore : a ajoute la première fiche.
register-none-found = Rien ne correspond au filtre : Échap le retire.
