select blind, mac, tries from contact_code where id = $1 and expires > $2
for update --if postgres
