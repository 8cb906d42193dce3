// Package trial plays the record of a matter once more under a draft of the law, beside the law as it is,
// and says what would come out otherwise: days of clocks, acts open now, entries the draft would refuse.
//
// It is pure: it reads no database and writes nothing, and it decides nothing that counts. Both courses
// take the answers as given and the calendar as known today, so that only the draft makes a difference.
package trial
