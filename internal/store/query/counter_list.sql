select series, organ, year, last from counter order by series, organ, year
