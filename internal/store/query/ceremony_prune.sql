delete from ceremony where expires <= $1
