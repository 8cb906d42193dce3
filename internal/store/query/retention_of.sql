select scope, procedure, holder, due from retention where shard = $1 and matter = $2 order by scope
