# Avis et lettres.
role-entreprise = entreprise
role-maitre-ouvrage = maître d’ouvrage
letter-column-month = Mois
letter-column-cumulative = Cumulé
letter-column-progress = Du mois
letter-column-normal = Normal
letter-column-target = Taux
letter-column-delay = Retard
letter-column-status = Statut
letter-column-old = Ancien
letter-column-new = Nouveau
notice-kind-reminder = Rappel de saisie
notice-kind-missing-entries = Alerte de non-saisie
notice-kind-delay = Alerte de retard
notice-kind-pre-demobilisation = Préavis de démobilisation
notice-kind-demobilisation = Notification de démobilisation
notice-kind-remobilisation = Ordre de remobilisation
notice-kind-corrigendum = Rectificatif
notice-kind-formal-notice = Mise en demeure
notice-kind-digest = Récapitulatif
notice-named-reminder = le rappel de saisie
notice-named-missing-entries = l’alerte de non-saisie
notice-named-delay = l’alerte de retard
notice-named-pre-demobilisation = le préavis de démobilisation
notice-named-demobilisation = la notification de démobilisation
notice-named-remobilisation = l’ordre de remobilisation
notice-named-corrigendum = le rectificatif
notice-named-formal-notice = la mise en demeure
notice-named-digest = le récapitulatif

notice-state-draft = brouillon
notice-state-ready = approuvé
notice-state-held = retenu
notice-state-cancelled = retiré

template-syntax = { $file }, ligne { $line } : le modèle ne se lit pas ({ $detail }) ; corrigez-le.
template-undefined = { $file }, ligne { $line } : le modèle demande une donnée qui n’existe pas ou qui manque ici ({ $detail }) ; vérifiez le nom, ou testez-la d’abord.
template-unknown-word = { $file }, ligne { $line } : filtre, test ou fonction inconnus ({ $detail }) ; corrigez-en le nom.
template-too-long = { $file }, ligne { $line } : le modèle produit trop de texte ou ne finit pas ({ $detail }) ; raccourcissez-le.
template-fails = { $file }, ligne { $line } : le modèle échoue ({ $detail }) ; corrigez-le.
template-undivided = { $file }, ligne { $line } : il manque la ligne « --- » entre l’objet et le corps.
template-no-subject = { $file }, ligne { $line } : l’objet est vide ; écrivez-le avant la ligne « --- ».
template-no-body = { $file }, ligne { $line } : le cadre ne reprend pas le corps ; ajoutez-y « body ».
template-file-large = { $file } dépasse 64 Kio : raccourcissez le modèle.
template-unreadable = { $file } ne se lit pas ({ $error }) : vérifiez le fichier.
template-unwritable = { $file } ne s’écrit pas ({ $error }) : choisissez un autre dossier avec --into.
templates-in-memory = Une base en mémoire n’a pas de dossier de modèles : indiquez-en un avec --into.
templates-written = Modèles écrits : { $count }, dans { $folder } ; placez-les dans le dossier « templates » à côté de la base pour qu’ils servent.
templates-fine = Tous les modèles se lisent, en français et en anglais.

notice-unknown = Aucun avis ne s’appelle « { $name } » : voyez « chantier notices list ».
notice-ambiguous = « { $name } » désigne plusieurs avis ({ $found }) : écrivez-en davantage.
notice-gone = Cet avis n’est plus là : il a été retiré entre-temps.
notice-not-pronounced = La démobilisation n’est que proposée : « chantier decide demobilise » la prononce, puis sa lettre se prépare.
notice-not-pronounced-here = La démobilisation n’est que proposée : « d » la prononce, puis « n » prépare sa lettre.
notice-reference-twice = Le numéro { $reference } est donné à deux avis, approuvés sur deux machines : les deux lettres valent, signalez-le aux destinataires.
notice-not-called-for-here = Rien n’appelle d’avis ici aujourd’hui. « N » prépare une mise en demeure.
notice-not-called-for = Rien n’appelle cet avis aujourd’hui : voyez « chantier alerts », ou préparez une mise en demeure avec --grounds.
notice-needs-lot = Cet avis concerne un lot : indiquez-le avec --place.
notice-needs-place = Indiquez le lot avec --place, ou le projet avec --project.
notice-grounds-missing = Une mise en demeure demande ses fondements : écrivez-les avec --grounds.
notice-cancelled = L’avis { $reference } est retiré : préparez-en un autre.
notice-not-open = L’avis { $reference } est déjà approuvé ou parti : rien à faire ici.
notice-not-draft = L’avis { $reference } n’est plus un brouillon : ses mots sont fixés.
notice-words-too-long = Ce texte dépasse { $most } caractères : raccourcissez-le ; rien n’a été enregistré.
notice-words-empty = Un avis demande un objet et un corps.
notice-address-missing = Sans adresse, { $name } ne reçoit rien : « chantier notices edit AVIS --address NOM=ADRESSE », ou corrigez la fiche.
notice-addressee-unknown = Aucun nom ni adresse n’est connu pour ce destinataire ({ $role }) : complétez la fiche, ou ajoutez quelqu’un avec « chantier notices edit AVIS --to ADRESSE ».
notice-addressee-none = Personne ne reçoit cet avis : ajoutez quelqu’un avec « chantier notices edit AVIS --to ADRESSE ».
notice-figures-moved = Les chiffres de l’avis { $reference } ont changé depuis sa rédaction : relisez-le, corrigez son texte ou retirez-le.
notice-words-moved = Le texte de l’avis { $reference } a changé depuis que vous l’avez lu : relisez-le, puis approuvez.
notice-may-be-gone = L’avis { $reference } est peut-être déjà parti, ou part dans un récapitulatif : attendez le prochain envoi (chantier notices run), ou envoyez-le seul (chantier notices send).
notice-address-twice = { $email } reçoit déjà cet avis.
notice-address-form = Écrivez NOM=ADRESSE, par exemple « Mbondé SARL=contact@exemple.org ».
notice-nobody = Aucun destinataire en attente ne s’appelle « { $name } » : voyez « chantier notices show AVIS ».
notice-several = « { $name } » désigne plusieurs destinataires : écrivez l’adresse.

column-notice = Avis
column-kind = Nature
column-subject = Concerne
column-state = État
column-addressees = Partis
notices-none = Aucun avis.
notices-defects = À réparer avant l’envoi : { $count } (voyez « chantier notices show AVIS »).
notices-prepared = Avis préparés : { $made } nouveaux, { $renewed } mis à jour, { $withdrawn } retirés.
notices-held = Avis retenus : { $count }
notices-cancelled = Avis retirés : { $count }
notice-approved = { $reference } : { $subject }
notice-to-line = à { $name } <{ $email }> : { $state }
notice-copy-line = copie à { $name } <{ $email }> : { $state }
demobilise-unnotified = { $place } : aucun préavis de démobilisation n’a été notifié avant celle-ci.
decide-unnotified = Aucun préavis de démobilisation n’a été notifié dans ce cycle.

op-notify = { $step ->
    [prepare] avis préparés : { $count }
    [prepare-one] avis préparé : { $notice }
    [approve] avis approuvé : { $reference } ({ $notice })
    [approve-many] avis approuvés : { $count }, à partir de { $reference }
    [hold] avis retenu : { $reference } ({ $notice })
    [hold-many] avis retenus : { $count }
    [cancel] avis retiré : { $reference } ({ $notice })
    [cancel-many] avis retirés : { $count }
    [edit] avis réécrit : { $reference } ({ $notice })
    [address-add] destinataire ajouté à { $reference } : { $name }
    [address-remove] destinataire ôté de { $reference } : { $name }
    [address-repair] adresse réparée dans { $reference } : { $name }
   *[other] avis : { $notice } { $reference }
 }
op-short-notify = avis
op-notify-alone = { $step ->
    [prepare] avis préparés par la machine qui envoie : { $count }
    [approve] avis approuvé comme réglé : { $reference } ({ $notice })
    [approve-many] avis approuvés comme réglé : { $count }, à partir de { $reference }
   *[other] avis préparé par la machine qui envoie : { $notice }
 }
op-short-notify-alone = avis de la machine qui envoie

cmd-notices = Avis et lettres : préparés, approuvés, retenus, retirés
cmd-notices-list = Liste les avis
cmd-notices-show = Montre un avis, ses destinataires et sa lettre
cmd-notices-prepare = Prépare les avis que demandent les alertes et les décisions
cmd-notices-approve = Approuve des avis : chacun reçoit son numéro
cmd-notices-hold = Retient des avis
cmd-notices-cancel = Retire des avis qui ne sont pas partis
cmd-notices-edit = Change un avis : objet, corps, destinataires
cmd-notices-check = Vérifie tous les modèles de lettres
cmd-notices-preview = Montre un modèle avec des données inventées
cmd-notices-templates = Écrit les modèles du programme, pour les changer
arg-notice = Avis : numéro, ou début de son identifiant
arg-language = Langue de la lettre
arg-notices-templates-into = Dossier des modèles ; celui de la base si absent
arg-state = État
arg-notices-prepare-kind = Nature de l’avis
arg-notices-preview-kind = Nature de l’avis
arg-grounds = Fondements et manquements d’une mise en demeure
arg-notices-approve-all = Tous les brouillons
arg-subject = Nouvel objet
arg-body = Fichier du nouveau corps
arg-notices-edit-to = Destinataire de plus
arg-notices-edit-copy = Personne de plus qui reçoit une copie
arg-notices-edit-name = Nom de la personne ajoutée
arg-without = Destinataire à ôter, par nom, qualité ou adresse
arg-notices-edit-address = Adresse d’un destinataire : NOM=ADRESSE

field-notice = avis
field-delivery = envoi
field-gravity = gravité
field-language = langue
field-reference = référence
field-subject = objet
field-body = corps
field-facts = chiffres figés
field-day = jour
field-role = qualité
field-copy = copie
field-channel = voie
field-reply = réponse
field-at-ms = instant
