"""What happens to referrals and messages; a use case a file."""
