"""Values without input or output: questions, records, applications, chapters."""
