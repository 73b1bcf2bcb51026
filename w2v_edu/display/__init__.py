"""What people see: text tables, pictures, and the stepper."""
