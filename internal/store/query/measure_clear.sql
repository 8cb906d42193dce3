delete from measure
