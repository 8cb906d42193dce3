delete from outcome
