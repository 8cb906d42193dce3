update receipt_code set ended = 1 where matter = $1
