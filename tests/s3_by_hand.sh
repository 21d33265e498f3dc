#!/bin/sh
# Exchanges through a real S3-type server: moto (pip install 'moto[server]'), or another one that is running.
#
#   tests/s3_by_hand.sh [PROGRAM]                        starts moto_server on a free port of this machine
#   ENDPOINT=http://127.0.0.1:9000 tests/s3_by_hand.sh   asks a server that runs; the bucket "suivi-essai" must exist
#
# Three machines with homes of their own share a bucket, plain and then closed, and must end with the same figures.
set -eu
program=$(realpath "${1:-target/debug/chantier}")
work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT INT TERM

export AWS_ACCESS_KEY_ID="${AWS_ACCESS_KEY_ID:-essai}" AWS_SECRET_ACCESS_KEY="${AWS_SECRET_ACCESS_KEY:-essai}"
if [ -z "${ENDPOINT:-}" ]; then
    moto_server -H 127.0.0.1 -p 5897 >"$work/server.log" 2>&1 &
    server=$!
    ENDPOINT=http://127.0.0.1:5897
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        curl -s -o /dev/null "$ENDPOINT/" && break
        sleep 1
    done
    curl -s -o /dev/null -X PUT "$ENDPOINT/suivi-essai"
fi

on() {
    machine=$1
    shift
    HOME="$work/$machine" USER="$machine" LANG=fr_FR.UTF-8 "$program" "$@" --today 2026-04-06
}
figures() { on "$1" export entries --format csv; }
# The summary ends with 1 when something wants attention: here nothing may.
share() { on "$1" sync "$2"; }

for machine in awa issa bina; do mkdir "$work/$machine"; done
on awa org add "Cellule de suivi" --currency XAF
on awa project add PACS
on awa contractor add "Mbondé SARL"
on awa site add CH-1 --project PACS --start 2025-01 --duration 20 --contractor Mbondé
on awa bundle export "$work/first.chantier"
for machine in issa bina; do
    on "$machine" bundle import "$work/first.chantier"
    on awa machine add "$machine" "$(on "$machine" machine show)"
done
for round in ouvert ferme; do
    closed= more=0
    [ "$round" = ouvert ] || closed=--chiffrer more=4
    for machine in awa issa bina; do
        on "$machine" remote add "s3://suivi-essai/$round?endpoint=$ENDPOINT" --name "$round" $closed
    done
    month=1
    for machine in awa issa bina; do
        share awa "$round"
        share "$machine" "$round"
        month=$((month + 1))
        on "$machine" entry CH-1 "2026-0$month" "$((month + more))"
        share "$machine" "$round"
    done
    for machine in awa issa bina awa issa bina; do share "$machine" "$round"; done
    [ "$(figures awa)" = "$(figures issa)" ] && [ "$(figures awa)" = "$(figures bina)" ]
    [ "$(figures awa | wc -l)" -eq 4 ]
done
# Each failure is one sentence, and the program ends with 2.
if [ -n "$server" ]; then
    on awa remote add "s3://absent-essai?endpoint=$ENDPOINT" --name absent
    if on awa sync absent; then exit 1; fi
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
    if on awa sync ouvert; then exit 1; fi
fi
echo "all three machines know the same"
