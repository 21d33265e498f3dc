# Le premier lancement et l’import à l’écran.
