"""A receipt printer made of software: real bytes in, paper as a picture out, with the misfortunes of a real one."""
