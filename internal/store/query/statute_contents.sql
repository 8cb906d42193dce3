-- The articles of a version in order; without their words unless flagged.
select article, sub, place
, paras --if words
, '' --if !words
from statute_article where version = $1 order by n
