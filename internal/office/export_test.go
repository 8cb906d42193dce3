package office

import (
	"context"

	"yifa/internal/document"
	"yifa/internal/matter"
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

// Paper fills the paper of an entry and typesets it, without filing it; false where the entry made none.
func (o *Office) Paper(ctx context.Context, id matter.ID, seq int) (document.Paper, []byte, bool, error) {
	made, wanted, err := o.paperOf(ctx, id, seq)
	if err != nil || !wanted {
		return made.paper, nil, wanted, err
	}
	pdf, err := o.fonts.PDF(made.paper)
	return made.paper, pdf, true, err
}
