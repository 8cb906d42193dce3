select matter, proof, tries, expires, used from serve_link where mac = $1
for update --if postgres
