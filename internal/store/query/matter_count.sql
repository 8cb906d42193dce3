select count(*)
--include matter_from
--include matter_where
