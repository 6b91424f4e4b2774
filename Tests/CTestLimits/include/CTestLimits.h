// Nothing is called from here: what the library is for happens when it is loaded. See limits.c.
