# Décisions, observations, historique, conflits, synthèse.
