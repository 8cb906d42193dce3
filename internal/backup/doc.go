// Package backup copies an installation while it serves, and puts a copy back into an empty place.
//
// A folder of backups holds, for each, one folder named by its instant: the database as it was at one moment, compressed and
// encrypted (C2SP age) to keys the operator names, the list of evidence it needs, and a manifest. The evidence itself, which
// is encrypted under keys of the record, lies once for all of them in the folder evidence, so that a backup copies only what
// is new. The key file of the installation is never copied: whoever finds the backups reads nothing.
//
// The package never opens the record and never judges it: a restored installation is held to its own signed heads by
// Office.Verify, which the command calls.
package backup
