package office

import (
	"context"

	"yifa/internal/procedure"
)

// Submit hands an attempt to the writer as it is: tests ask the law through it without the rights
// that readers need.
func (o *Office) Submit(ctx context.Context, try procedure.Attempt) (Done, error) {
	return o.submit(ctx, request{try: try})
}

// SubmitCode is Submit for an act that binds the MAC of a receipt code to the matter it opens.
func (o *Office) SubmitCode(ctx context.Context, try procedure.Attempt, code []byte) (Done, error) {
	return o.submit(ctx, request{try: try, code: code})
}

// Posts are the posts a person ever holds, as the registers stand.
func (o *Office) Posts(person string) []procedure.Post {
	if reg := o.register.Load(); reg != nil {
		return reg.ByPerson[person]
	}
	return nil
}
