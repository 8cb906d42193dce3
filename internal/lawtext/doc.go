// Package lawtext reads the texts of statutes as public collections give them (Markdown, plain text, DOCX) and
// splits them into 编, 章, 节, 条, 款, 项 and 目. What it is given was written by strangers: every size is bounded,
// no name in an archive is ever used as a path, and nothing of it is run. It never opens a file, knows no database
// and no statute key, never corrects a word, and never guesses an article: a text whose articles come twice or out
// of order is refused.
package lawtext
