# L’aide, la palette, la visite.
