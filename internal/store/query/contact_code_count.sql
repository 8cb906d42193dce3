select count(*) from contact_code where blind = $1 and made > $2
