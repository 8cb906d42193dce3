delete from contact_code where made <= $1
