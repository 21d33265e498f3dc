# Qui peut décider, ce qui est décidé, et sur quels motifs.
word-or = ou
authority-stranger-many = { $user } n’est pas connu comme { $posts } de { $count } projets : c’est fait et gardé, sous ce nom.
authority-stranger = { $user } n’est pas connu comme { $posts } ({ $names }) : c’est fait et gardé, sous ce nom.
authority-refused = { $user } n’est pas connu comme { $posts } : rien n’est fait, demandez à { $names }.
authority-nobody = Rien n’est fait : il y faut un { $posts }, et personne n’est connu à ce poste ; ajoutez-le avec « chantier contact add NOM --post { $word } », et --project pour un poste de projet.
authority-nobody-here = Rien n’est fait : il y faut un { $posts }, et personne n’est connu à ce poste ; ajoutez-le parmi les responsables (touche a dans les répertoires).
plan-only-remobilise = Seule une remobilisation a un plan de rattrapage et des mois pour finir : retirez --plan et --months.
plan-months = Les mois pour finir vont de 1 à { $most }.
demobilise-groundless = { $place } : la démobilisation (dès { $month }) ne se fonde plus sur les relevés corrigés ; elle tient jusqu’à la remobilisation : « chantier decide remobilise { $place } --reason "erreur de saisie" ».
demobilise-groundless-here = { $place } : la démobilisation (dès { $month }) ne se fonde plus sur les relevés corrigés ; elle tient jusqu’à la remobilisation (erreur de saisie), à prononcer dans la décision.
decide-show-alone = Montrer les décisions ne demande que le site ou le lot : retirez les autres options.
decide-none = Aucune décision.
decide-block = { $what } de { $place }, dès { $from }
decide-blocks = Décisions, avec ce qui était connu alors
decided-letter = La lettre peut être préparée : « chantier notices prepare --place { $place } --kind { $kind } ».
decided-letter-here = « n » prépare sa lettre, sur la fiche ou le tableau des alertes.
trail-by-policy = Démobilisé par la politique (demobilisation automatique), sans décision.

decide-groundless = Démobilisé dès { $month } : les relevés corrigés n’y appellent plus.
decide-error-reason = Erreur de saisie : les relevés corrigés n’appelaient pas la démobilisation (dès { $month }).
decide-by-policy = Démobilisé par la politique : constatée en { $month }, sans décision.
decide-letter-draft = Le préavis de démobilisation est un brouillon : il n’est pas parti.
decide-letter-waits = Préavis { $reference } du { $day } : approuvé, pas encore parti.
decide-letter-gone = Préavis { $reference } du { $day } : envoyé à { $sent } sur { $all }{ $written ->
    [0] {""}
   *[other] , écrit pour { $written }
 }.
decide-months = Mois pour finir
decide-plan = Plan
decide-months-contract = vide : le taux normal du marché reste
decide-months-rate = retour compris : N = { $rate } points par mois
decide-confirm-remobilise-months = Entrée encore pour prononcer la remobilisation de { $place } dès { $month }, { $months } mois pour finir.
typing-decide-months = Mois pour finir

decided-by-policy = par la politique
card-plan-months = { $months } mois pour finir
status-plan = Plan de rattrapage : { $months } mois dès { $from }, N { $rate }, fin en { $end }

grounds-by-policy = par la politique (demobilisation automatique) ; écrite quand la correction d’un relevé lui a ôté son motif
grounds-reason = Motif : { $reason }
grounds-plan = Plan de rattrapage : { $plan }
grounds-months = Mois pour finir, celui du retour compris : { $months }
grounds-none = Les faits connus alors n’ont pas été gardés.
grounds-cycle = Au { $day } : { $state } · { $cycle } ouvert en { $since }
grounds-state = Au { $day } : { $state } · pas de cycle ouvert
grounds-month = { $month } : { $cumulative } % cumulés, { $progress } dans le mois, N { $normal }, R { $rate } · { $status }
grounds-proposed = Les règles appelaient la démobilisation depuis { $month }.
grounds-unproposed = Les règles n’appelaient pas de démobilisation.
grounds-notified = Une pré-démobilisation était constatée, et son préavis remis.
grounds-unnotified = Une pré-démobilisation était constatée ; son préavis n’était pas parti.
grounds-warned = Une pré-démobilisation était constatée ; aucune lettre n’était préparée.
grounds-unwarned = Aucune pré-démobilisation n’était constatée dans le cycle.
grounds-letter = { $kind } { $reference } du { $day } ({ $state }) : { $to }
grounds-draft = { $kind } du { $day } ({ $state }) : { $to }
grounds-stranger = Qui l’a prononcée n’était pas connu aux postes qui le peuvent.

field-plan = plan de rattrapage
field-decision-months = mois pour finir
field-grounds = motifs gardés
arg-decide-kind = Décision, ou « show » (montrer) pour lire celles qui sont prises, avec leurs motifs
arg-decide-months = Mois pour finir
arg-plan = Plan de rattrapage accepté (remobilisation)
