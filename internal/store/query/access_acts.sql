-- May the reader act in matter m? A denial, whichever, outweighs what is given.
(select max(case when x.deny then 2 when x.allows = 'act' then 1 else 0 end) from matter_access x
  where x.shard = m.shard and x.matter = m.id and x.holder in keys($1) and live(x)) = 1
