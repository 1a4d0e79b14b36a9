"""What makes a booking sound and keeps money to its purpose. Plain Python."""
