"""The evaluation of the advisor: people, questions, scripted models, and the judge."""
