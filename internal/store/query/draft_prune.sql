delete from draft where expires <= $1
