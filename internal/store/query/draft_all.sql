select id, sealed, expires from draft
