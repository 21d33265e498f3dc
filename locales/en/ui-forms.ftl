# Forms and registers.
