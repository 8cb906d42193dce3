select id, state, public, since from vault_key order by since, id
