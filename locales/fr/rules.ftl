rules-cumulative-above-full = L’avancement cumulé { $typed } % dépasse 100 % : corrigez le chiffre, ou faites enregistrer un avenant.
rules-cumulative-negative = L’avancement cumulé { $typed } % est négatif : saisissez un chiffre entre 0 et 100.
rules-cumulative-falls = L’avancement cumulé baisse de { $known } % à { $typed } % : expliquez pourquoi dans l’observation.
rules-progress-unusual = L’avancement change de { $change } points en un mois, plus de trois fois le taux normal de { $normal } % : confirmez le chiffre.
rules-normal-unusable = Le taux normal { $typed } % ne permet aucun calcul : saisissez un taux supérieur à 0 et au plus égal à 100.
rules-ratio-unreadable = Le taux enregistré a un dénominateur de { $denominator }, ce qui est impossible : recalculez le suivi avec « chantier doctor ».
