# What a builder types. `just check` is what `.ci/run` runs.

check:
    .ci/run

test:
    cargo test

demo:
    cargo run --release -- demo

bench:
    cargo bench

# Writes the key card in docs/ again.
keys:
    CHANTIER_WRITE=1 cargo test --test it key_card

# Writes the pictures of every screen in screenshots/ again.
shots:
    CHANTIER_WRITE=1 cargo test --test it pictures
