"""LED panels made of software: bytes in, what each panel shows out, faults on demand."""
