# Le premier lancement et l’import à l’écran.
welcome-purpose = Le suivi mensuel des chantiers : un chiffre par lot et par mois, les taux, les alertes et les décisions qui en découlent.
welcome-import = Importer un classeur de suivi
welcome-import-more = Excel, Calc ou CSV : un aperçu d’abord, puis vous décidez.
welcome-demonstration = Regarder la démonstration
welcome-demonstration-more = 24 sites inventés dans leur propre fichier : tout y est permis.
welcome-organisation = Créer une organisation
welcome-organisation-more = Partir de rien : l’organisation, puis ses projets et ses sites.
welcome-data = Vos données resteront sur cette machine, dans { $path }
demonstration-open = Démonstration, dans son propre fichier. Vos données : q, puis « chantier ».
key-choose = choisir
key-other-language = English

key-import-continue = continuer
key-import-complete = compléter
key-import-percent = 1 vaut 1 %
key-import-fraction = 1 vaut 100 %
key-import-year = année
key-import-project = projet
key-import-duration = durée
key-import-again = relire
key-import-type = chemin du fichier, ou réponse
key-import-clear = vider le champ
key-import-other = quitter la réponse, l’aperçu, l’import

import-file = Fichier
import-path-how = Tapez ou collez le chemin d’un classeur, ou choisissez-le avec les flèches. Entrée montre ce qu’il apporterait : rien n’est écrit avant votre accord.
import-path-missing = Indiquez d’abord un fichier : tapez son chemin ou choisissez-le avec la flèche du bas.
import-path-read = Le fichier est déjà lu : Échap pour en choisir un autre.
import-complete-none = Aucun dossier ni classeur (xlsx, xls, ods, csv, txt) ne commence ainsi : vérifiez le début du chemin.
import-read-first = Choisissez d’abord un fichier.
import-not-asked = Le fichier ne pose pas cette question.

import-reading = Lecture de { $file }…
import-at = { $place } : { $text }
import-at-row = Ligne { $row }
import-values-label = Valeurs
import-names-label = Nouveautés
import-answers-label = Réponses
import-count-new = { $count ->
    [one] une nouvelle
   *[other] { $count } nouvelles
 }
import-count-changed = { $count ->
    [one] une changée
   *[other] { $count } changées
 }
import-count-identical = { $count ->
    [one] une déjà connue
   *[other] { $count } déjà connues
 }
import-count-refused = { $count ->
    [one] une refusée
   *[other] { $count } refusées
 }
import-count-none = aucune
import-count-sites = { $count ->
    [one] un site
   *[other] { $count } sites
 }
import-count-described = { $count ->
    [one] un site complété
   *[other] { $count } sites complétés
 }
import-count-projects = { $count ->
    [one] un projet
   *[other] { $count } projets
 }
import-count-firms = { $count ->
    [one] une entreprise
   *[other] { $count } entreprises
 }
import-count-nothing = aucune

import-screen-unit = Feuille « { $sheet } », cellule { $cell } : rien ne dit si 1 vaut 1 % ou 100 %.
import-screen-year = Les mois n’ont pas d’année, et aucune date de début n’est donnée.
import-screen-project = Le fichier ne nomme aucun projet pour certains sites.
import-how-unit = Pressez p si 1 vaut 1 %, f si 1 vaut 100 %.
import-how-year = Donnez l’année du premier mois : touche a.
import-how-project = Donnez le nom du projet : touche n.
import-how-file = Corrigez le fichier, enregistrez-le, puis r le relit.
import-type-year = Année du premier mois :
import-type-project = Projet de ces sites :
import-type-duration = Durée en mois des sites qui n’en ont pas :
import-year-refused = Une année s’écrit avec quatre chiffres, par exemple 2025.
import-project-refused = Tapez le nom d’un projet, ou choisissez-en un dans la liste.
import-duration-typed = Une durée est un nombre de mois, de 1 à 600 ; vide pour n’en donner aucune.
import-said-percent = 1 vaut 1 %
import-said-fraction = 1 vaut 100 %
import-said-year = premier mois en { $year }
import-said-project = projet { $project }
import-said-duration = durée { $months } mois
import-foot-answer = Entrée répond, Échap revient sans répondre.
import-foot-questions = { $count ->
    [one] Une question est à régler avant d’importer.
   *[other] { $count } questions sont à régler avant d’importer.
 }
import-foot-accept = Entrée importe tout, et u le retire. Rien n’est encore écrit.
import-brought = { $values ->
    [0] Sites et lots importés ; u les retire ({ $file }).
    [one] Une valeur importée ; u la retire ({ $file }).
   *[other] { $values } valeurs importées ; u les retire ({ $file }).
 }
