select exists (select 1 from statute_text)
