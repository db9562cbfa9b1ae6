"""What every box shares because it is an appliance: what is said (`wire`) and how a process lives (`runtime`)."""
