# Les formulaires et les répertoires.
