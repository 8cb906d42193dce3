select coalesce(max(version_id), 0) from yifa_version
