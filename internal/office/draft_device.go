package office

// draftOnDevice is the term for which a filer's own device keeps what she wrote (ptsd/222).
const draftOnDevice = "drf-01"

// DraftDays is for how many days without a change a draft stays on the device of a filer who chose to keep it there;
// 0: it is not to be kept, since no term is in force.
func (o *Office) DraftDays() int {
	_, version, err := o.law.Book.Term(draftOnDevice, o.Today())
	if err != nil {
		return 0
	}
	return version.Length.N
}
