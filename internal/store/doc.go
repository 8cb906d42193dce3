// Package store keeps Yifa's data in SQLite or PostgreSQL: the append-only record, its projections,
// and what is beside the record (numbers, jobs, sessions, drafts, the search index). All SQL of the
// program is here, in query/*.sql and migrate/*.sql, one text for both databases wherever both take
// it. The package decides nothing: it knows no procedure, no key, no HTTP and never asks what day or
// hour it is; times and days are given to it.
//
// Every method takes the context first. Methods of [Query] read; methods of [Tx] write, or read with
// a lock. Times are stored as microseconds in UTC, days as days since 1970-01-01 in Asia/Shanghai.
//
// The functions that EachEntry and its like call must not query: that fails.
//
// Errors: [ErrNotFound] where one row was asked for and there is none; [matter.ErrConflict] from
// Append where somebody was faster; [ErrRetry] where the database asks to do the whole transaction
// again; everything else is a fault. Whatever error comes back, nothing is half-written.
package store
