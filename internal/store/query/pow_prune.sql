delete from pow_used where expires <= $1
