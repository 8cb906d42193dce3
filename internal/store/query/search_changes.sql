-- SQLite only.
select total_changes()
