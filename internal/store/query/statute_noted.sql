insert into statute_import (id, at, actor, what, statute, day, hash, source) values ($1, $2, $3, $4, $5, $6, $7, $8)
