"""From the documents and rows of services to citable facts, by noun."""
