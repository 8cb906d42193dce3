// Package mailin is the door for mails: the city's mail server hands over what came to the address for reports, and the
// sender gets a link to a draft that holds his words and files.
//
// It files nothing and believes no sender: whoever opens the link looks the report through, says who may know him, and
// files it himself. It keeps no mail, answers no machine (RFC 3834), and gives the mail server no page of the site.
package mailin
