rules-cumulative-above-full = The cumulative progress of { $typed } % is above 100 %: correct the figure, or have an amendment recorded.
rules-cumulative-negative = The cumulative progress of { $typed } % is negative: type a figure from 0 to 100.
rules-cumulative-falls = The cumulative progress falls from { $known } % to { $typed } %: explain why in the observation.
rules-progress-unusual = The progress changes by { $change } points in one month, more than three times the normal rate of { $normal } %: confirm the figure.
rules-normal-unusable = The normal rate of { $typed } % cannot be used for any rate: type one above 0 and at most 100.
rules-ratio-unreadable = The stored rate has a denominator of { $denominator }, which is impossible: compute the follow-up again with “chantier doctor”.
