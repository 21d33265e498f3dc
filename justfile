# What a builder types. `just check` is what `.ci/run` runs.

check:
    .ci/run

test:
    cargo test

demo:
    cargo run --release -- demo

bench:
    cargo bench

# Measures the application through a real terminal, on the full-scale database (written first, some seconds).
bench-terminal:
    cargo build --release
    test -f target/full-scale.db || target/release/chantier demo --sites 10000 --months 120 --into target/full-scale.db --today 2026-04-06
    python3 benches/terminal.py target/release/chantier target/full-scale.db

# Writes the key card in docs/ again.
keys:
    CHANTIER_WRITE=1 cargo test --test it key_card

# Writes the pictures of every screen in screenshots/ again.
shots:
    CHANTIER_WRITE=1 cargo test --test it pictures

# Lets many machines write, meet and fail at random: how many schedules. A failure prints what to set to see it again:
# CHANTIER_SEED=… CHANTIER_STEPS=… just simulate
simulate schedules="1000000":
    CHANTIER_SCHEDULES={{schedules}} cargo test --release --test it simulation -- --nocapture

# Feeds the decoders with invented bytes, so many seconds each. Needs the nightly toolchain and cargo-fuzz.
fuzz seconds="120":
    for target in segment bundle body ranges; do mkdir -p fuzz/corpus/$target && cargo +nightly fuzz run -s none $target fuzz/corpus/$target fuzz/seeds/$target -- -max_total_time={{seconds}} -max_len=65536 || exit 1; done
