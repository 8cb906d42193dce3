delete from sign_in where at < $1
