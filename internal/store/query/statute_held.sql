-- Of which of these statutes a text is held.
select distinct statute from statute_text where statute in keys($1)
