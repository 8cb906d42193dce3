// Package ledger keeps the log of entries: a Merkle tree (RFC 6962 hashing) over one leaf for each entry
// of the record, cut into tiles as C2SP tlog-tiles says, with signed checkpoints (C2SP tlog-checkpoint).
// Whoever holds an entry's header and salt can prove, without us, that the city recorded it and has not
// changed it since.
//
// A leaf is 32 bytes: HMAC-SHA-256(salt, header). The header names every sealed part by its commitment, so
// the leaf binds those too; header, salt and parts never enter a tile. The salt is derived by the vault
// from the entry's place, so nothing more is stored with an entry, and entries made before there was a log
// enter it like all others.
//
// Entries come by an outbox (table ledger_wait) that the writer of the record fills in the same
// transaction. Of the programs on one database one at a time appends: it holds a lease in ledger_state,
// and each append is one transaction that takes from the outbox, so a kill at any moment loses and doubles
// nothing.
//
// The package never writes the record, decides nothing of law, and knows no HTTP. Times are those of the
// machine, not of the city: a demo city's day may stand still, its log may not.
package ledger
