delete from act_order where created < $1
