// Package bench measures Yifa beside what the same machine can do at all in the same minute: the disk's
// own rate, a raw grouped insert of the same rows, a bare page from the same database. It fills a data
// folder by acting through the office, never by inserting rows, and then asks the office in process and
// a served child over HTTP. It decides nothing, and nothing that serves people imports it.
package bench
