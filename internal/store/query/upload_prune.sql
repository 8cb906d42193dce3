delete from upload where expires <= $1
