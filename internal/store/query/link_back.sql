select kind, matter from link where to_matter = $1 order by kind, matter
