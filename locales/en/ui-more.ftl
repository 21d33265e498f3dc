# Decisions, observations, history, conflicts, synthesis.
