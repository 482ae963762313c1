"""The checks over the corpus: what reports of different years and bodies say beside each other."""
