"""What an operator sees from outside: metrics, log lines and traces. No personal data in any of them."""
