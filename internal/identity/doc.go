// Package identity holds the primitives by which people prove who they are: password hashes and the
// rules for passwords, waiting times after failures, session tokens,
// second factors, receipt codes, and the rules an installation sets for those who sign in.
//
// It stores nothing and reads no clock: the caller keeps hashes and counts, and says what time it is.
// No error or text of this package contains a password, a token or a code.
package identity
