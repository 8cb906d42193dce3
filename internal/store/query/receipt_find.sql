select matter from receipt_code where mac = $1
