select matter, ended from receipt_code where mac = $1
