-- The rows of a filter by measure: $22 measure, $23 and $24 first and last day, $25 values, $26 holders,
-- $27 organs, $28 county, $29 handler. "measured" collects them by their days; else a list asks of one matter
-- after another, and without the + SQLite would walk all those days for each.
where f.name = $22
and f.day >= $23 and f.day <= $24 --if measured
and f.day >= $23 and f.day <= $24 --if postgres !measured
and +f.day >= $23 and +f.day <= $24 --if sqlite !measured
and f.value in keys($25) --if f_values
and f.holder in keys($26) --if f_holders
and f.organ in keys($27) --if f_organs
and substr(f.place, 1, 6) = $28 --if f_county
and f.handler = $29 --if f_handler
