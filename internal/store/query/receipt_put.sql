insert into receipt_code (mac, matter) values ($1, $2) on conflict (mac) do nothing
