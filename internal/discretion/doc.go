// Package discretion holds tables of administrative discretion (裁量权基准): for one kind of conduct, which step
// of severity applies to which amount or number and circumstance, and what range of fine it carries. It proves
// that every case falls under exactly one step, and that no step leaves the range the law sets (cl27, xzcf/34).
//
// It is pure and decides no penalty.
package discretion
