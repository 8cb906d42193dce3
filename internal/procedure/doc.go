// Package procedure is the law as data: it reads procedures from law/procedures, says which acts
// are open to whom, and decides what an act does (Fire) as a matter.Delta. Its compiler (Check,
// and worked.Check with the worked cases) proves that a procedure has no dead rule and no dead end.
//
// It is pure: no database, no HTTP, no time.Now. What lies outside the matter comes in a Snapshot.
// It never stores anything and never changes a State; only matter.Apply does.
package procedure
