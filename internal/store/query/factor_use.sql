-- Takes a step of a second factor once: nothing is changed where it was taken before.
update factor set used = $1 where person = $2 and id = $3 and used < $1
