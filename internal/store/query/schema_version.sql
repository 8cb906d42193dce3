select coalesce(max(version_id), 0), count(distinct case when version_id > 0 then version_id end) from yifa_version
