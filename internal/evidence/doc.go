// Package evidence keeps the files people hand in: the original, sealed and never altered, and
// beside it a copy free of hidden data (place, device, author), which is what people are shown.
//
// A blob is encrypted under a key of its own, which the caller seals into the record: destroying
// that key destroys the file, backups included. The address of a blob is the SHA-256 of its stored,
// encrypted bytes, so that it can be checked without any key and tells nothing about the content;
// the hashes of the content itself (SHA-256, SM3) go into the record.
//
// The package knows no matter, no person and no custody: who handed in what, and who looked at it,
// are entries of the record. It never keeps plaintext on disk, not even in a temporary file, and it
// never lets the name a sender chose decide what a file is or where it is kept.
package evidence
