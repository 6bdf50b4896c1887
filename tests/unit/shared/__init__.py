"""What the services stand on: ids, keys, languages, records and guards."""
