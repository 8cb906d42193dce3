-- Bytes promised to uploads that are not whole yet.
select coalesce(sum(length - arrived), 0) from upload where expires > $1
