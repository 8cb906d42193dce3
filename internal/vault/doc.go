// Package vault keeps the secrets of one installation: it seals parts of the record, signs heads
// and checkpoints, and makes the keyed hashes by which receipt codes, search tokens and personal
// data are found again without being stored in clear.
//
// All keys are derived (HKDF-SHA-256, RFC 5869) from master secrets in one local key file, or in a
// secret the service manager hands over. The file
// holds several masters, each under an id that is a fingerprint of the master itself:
//
//   - the active master wraps new data keys and signs; older ones stay to open and to verify;
//   - the MAC master makes all keyed hashes and signs the log. It is named separately because a stored hash
//     of a receipt code cannot be made anew: rotation moves the active master and leaves this one. Once nothing
//     is wrapped by it, the master itself can be dropped and only these two subkeys of it kept.
//
// It knows no database, no HTTP and no clock except the day a key file is made, and it never writes
// a secret or a plaintext into an error.
package vault
