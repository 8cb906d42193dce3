// Package open311 is the door for apps of others: an Open311 GeoReport v2 server (wiki.open311.org/GeoReport_v2), by
// which an app learns what can be reported, hands in reports, and follows them.
//
// The services and their questions are the options and fields of the law's own form; nothing of them is written here. A
// report handed in is a report like any other: the same office call, checks, limits and seals. What of reports can be
// read is what the portal publishes, and for the holder of a request's number how far it is.
//
// It opens no matter to an app, gives out no id of a matter that is not published, fetches nothing from other sites, and
// takes no cookie, session or account of anybody.
package open311
