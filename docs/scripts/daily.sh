#!/bin/sh
# Fetch the feeds named, add what is new to the store, and tell what it says of what you follow.
set -e
kg fetch "$@" -o kept.jsonl
kg build kept.jsonl --store news
kg query news news --of Orvelin --since 2024-11-05 --format csv
