# What a builder types. `just check` is what `.ci/run` runs.

check:
    .ci/run

test:
    cargo test

demo:
    cargo run --release -- demo

bench:
    cargo bench
