select blind, seq from personal where shard = $1 and matter = $2 order by seq, blind
