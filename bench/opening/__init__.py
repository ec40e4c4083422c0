"""What opening a page costs, beside stock Voilà and other frameworks that serve the same page in the same run."""
