select id, holder, sealed, length, arrived, expires from upload
