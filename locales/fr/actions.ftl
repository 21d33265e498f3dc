# Ce que font les actions, et pourquoi elles ne le font pas.
month-unreadable = « { $text } » n’est pas un mois : écrivez AAAA-MM, par exemple 2026-03.
start-unreadable = « { $text } » n’est pas un début de travaux : écrivez AAAA-MM ou AAAA-MM-JJ.
percent-unreadable = « { $text } » n’est pas un pourcentage : écrivez un nombre comme 12,5.
percent-too-precise = « { $text } » a plus de deux décimales : arrondissez au centième.
amount-unreadable = « { $text } » n’est pas un montant en { $currency } : écrivez un nombre comme 125 000.
number-unreadable = « { $text } » n’est pas un nombre positif : écrivez un nombre comme 12,5.
name-empty = Le nom est vide : donnez un nom.
email-unreadable = « { $text } » n’est pas une adresse électronique : écrivez par exemple nom@domaine.org.
currency-unknown = « { $text } » n’est pas un code de devise : écrivez trois majuscules, par exemple XOF.
zone-unknown = « { $text } » n’est pas un fuseau horaire connu : écrivez par exemple Africa/Douala.
progress-out-of-range = L’avancement { $value } % n’est pas entre 0 et 100.
duration-out-of-range = Une durée de { $months } mois n’est pas possible : donnez de 1 à { $most } mois.
weight-not-positive = Un poids est un nombre supérieur à zéro.
from-without-duration = --from date un avenant : donnez aussi la nouvelle durée avec --duration.

organisation-missing = La base n’a pas encore d’organisation : créez-la avec « chantier org add NOM ».
organisation-exists = La base a déjà une organisation, « { $name } » : modifiez-la avec « chantier org edit ».
organisation-unnamed = Mon organisation
project-exists = Le projet « { $name } » existe déjà : choisissez un autre nom.
contractor-exists = L’entreprise « { $name } » existe déjà : choisissez un autre nom.
site-exists = Un site du projet porte déjà le code { $code } : choisissez un autre code.
lot-exists = Le site a déjà un lot « { $name } » : choisissez un autre nom.
lot-none = Le site « { $site } » n’a pas de lot ouvert : ajoutez-en un avec « chantier lot add ».
lot-needed = Le site « { $site } » a plusieurs lots ({ $lots }) : écrivez SITE/LOT.
post-missing = Indiquez le poste avec --post.
post-needs-project = Ce poste appartient à un projet : indiquez-le avec --project.
post-without-project = Ce poste appartient à l’organisation : retirez --project.
post-fixed = Ce poste ne convient pas : un responsable de projet garde un poste de projet, un responsable de l’organisation un poste de l’organisation.

project-unknown = Aucun projet ne s’appelle « { $name } » : voyez « chantier project list ».
project-ambiguous = « { $name } » désigne plusieurs projets ({ $found }) : écrivez-en davantage.
site-unknown = Aucun site ne s’appelle « { $name } » : voyez « chantier site list ».
site-ambiguous = « { $name } » désigne plusieurs sites ({ $found }) : écrivez-en davantage.
site-in-projects = « { $name } » se trouve dans plusieurs projets : écrivez l’un de { $found }.
project-or-site-unknown = Aucun projet ni site ne s’appelle « { $name } » : voyez « chantier site list ».
thing-gone = Ce lot ou ce site n’est plus suivi : il a été archivé entre-temps.
lot-unknown = Le site n’a pas de lot « { $name } » : voyez « chantier lot list SITE ».
lot-ambiguous = « { $name } » désigne plusieurs lots ({ $found }) : écrivez-en davantage.
contractor-unknown = Aucune entreprise ne s’appelle « { $name } » : voyez « chantier contractor list », ou ajoutez-la avec « chantier contractor add ».
contractor-ambiguous = « { $name } » désigne plusieurs entreprises ({ $found }) : écrivez-en davantage.
contact-unknown = Aucun responsable ne s’appelle « { $name } » : voyez « chantier contact list ».
contact-ambiguous = « { $name } » désigne plusieurs responsables ({ $found }) : écrivez-en davantage.

setting-unknown = Il n’y a pas de réglage « { $name } » : choisissez parmi { $names }.
setting-value = « { $value } » ne convient pas à { $name } : écrivez { $accepted }.
thresholds-crossed = Le seuil critique ({ $critical }) dépasserait le seuil bon ({ $good }) : changez d’abord l’autre.

month-in-future = { $month } n’est pas encore commencé au { $today } : on ne saisit pas de chiffre à l’avance.
month-late = Saisie en retard : { $month } était attendu avant le { $due }.
month-locked = { $month } est verrouillé ({ $days } jours après sa fin) : la saisie est gardée comme dérogation.
entry-nothing = Il n’y a rien à enregistrer : donnez un avancement, ou une observation avec --observation.
month-suspended = { $month } est suspendu : le chiffre est gardé, mais pas jugé.
month-before-start = { $month } précède le premier mois suivi ({ $start }) : le chiffre est gardé, mais pas jugé ; vérifiez le mois.
month-not-followed = { $month } n’est pas suivi (lot démobilisé, clos ou achevé) : le chiffre est gardé, mais pas jugé.
reason-empty = Une décision demande un motif : écrivez-le avec --reason.
to-only-suspend = --to ne convient qu’à une suspension.
to-before-from = Le dernier mois ({ $to }) précède le premier ({ $from }).
demobilise-unproposed = { $place } : les règles ne proposaient pas cette démobilisation.
demobilise-unwarned = { $place } : aucune pré-démobilisation n’a été constatée avant celle-ci.
decide-demobilise-refused = « { $place } » n’est ni actif ni suspendu à ce mois ({ $state }) : rien à démobiliser.
decide-remobilise-refused = « { $place } » n’est pas démobilisé à ce mois ({ $state }) : prononcez d’abord la démobilisation, ou changez --from.
decide-suspend-refused = « { $place } » n’est pas actif à ce mois ({ $state }) : rien à suspendre.
decide-resume-refused = « { $place } » n’est pas suspendu à ce mois ({ $state }) : rien à reprendre.
decide-close-refused = « { $place } » est déjà clos.
undo-nothing = Il n’y a rien à annuler : vous n’avez rien fait ici qui ne soit déjà annulé.
redo-nothing = Il n’y a rien à refaire.
undo-changed-since = La dernière opération ne peut pas être annulée : les mêmes données ont changé depuis ({ $thing }) ; voyez « chantier history » et corrigez-les.
setting-undated = « { $name } » vaut toujours : retirez --from.
duration-undated = Une durée usuelle n’a pas de date : retirez --from, ou datez l’avenant d’un site avec « chantier site edit CODE --duration MOIS --from AAAA-MM ».
undo-notice-gone = L’avis { $reference } est parti, ou l’est peut-être : cela ne s’annule plus ; corrigez la donnée, un rectificatif le dira.
undo-used-since = La dernière opération ne peut pas être annulée : d’autres saisies en dépendent depuis ({ $thing }) ; archivez plutôt.
standing-unreadable = Des situations viennent d’une autre version du programme : recalculez-les avec « chantier doctor --repair ».
demo-not-empty = Cette base contient déjà « { $name } » : donnez un fichier nouveau avec --into.

import-site-ambiguous = « { $name } » désigne plusieurs sites de la base ({ $found }) : donnez le code du site dans le fichier.
import-site-resembles = « { $name } » ressemble au site connu « { $known } » : vérifiez que ce sont bien deux sites.
import-contractor-resembles = « { $name } » ressemble à l’entreprise connue « { $known } » : vérifiez que ce sont bien deux entreprises.
import-site-otherwise = { $site } : le fichier donne début et durée « { $file } », la base « { $base } » ; la base est gardée.
import-inconsistent = La lecture du fichier est incohérente : rien n’a été importé.

sites-without-duration = { $count } { $count ->
    [one] site n’a pas de durée
   *[other] sites n’ont pas de durée
 }, donc pas de taux ({ $sites }) : « chantier site edit CODE --duration MOIS », ou « chantier config set site.duration MOIS --project P ».
sites-without-start = { $count } { $count ->
    [one] site n’a pas de début de travaux ; le premier mois saisi
   *[other] sites n’ont pas de début de travaux ; leur premier mois saisi
 } en tient lieu ({ $sites }) : « chantier site edit CODE --start AAAA-MM ».
codes-twice = { $count } { $count ->
    [one] code est porté
   *[other] codes sont portés
 } par plusieurs sites d’un même projet ({ $codes }) : « chantier site edit NOM --code CODE ».
contractors-without-email = { $count } { $count ->
    [one] entreprise n’a pas
   *[other] entreprises n’ont pas
 } d’adresse électronique ({ $names }) : « chantier contractor edit NOM --email ADRESSE ».
values-contested = { $count } { $count ->
    [one] valeur a deux versions qui se contredisent
   *[other] valeurs ont deux versions qui se contredisent
 } : « chantier conflicts » les montre.
standing-stale = La situation de { $count } { $count ->
    [one] lot n’est pas à jour
   *[other] lots n’est pas à jour
 } : « chantier doctor --repair » la recalcule.

op-add = ajout : { $thing } { $name }
op-edit = modification : { $thing } { $name }
op-archive = archivage : { $thing } { $name }
op-configure = réglage { $setting } = { $value } ({ $whose })
op-record-entry = saisie de { $place }, { $month } : { $new }
op-decide = { $decision } de { $place } dès { $from } : { $reason }
op-import = import de { $file } ({ $values } valeurs)
op-demo = données de démonstration
op-undo = annulation : { $undone }
op-redo = rétablissement
op-short-add = ajout
op-short-edit = modification
op-short-archive = archivage
op-short-configure = réglage
op-short-record-entry = saisie
op-short-decide = décision
op-short-import = import
op-short-demo = données de démonstration
op-short-undo = annulation
op-short-redo = rétablissement
