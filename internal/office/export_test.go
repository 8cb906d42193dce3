package office

import (
	"context"

	"yifa/internal/document"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// Submit hands an attempt to the writer as it is: tests ask the law through it without the rights
// that readers need.
func (o *Office) Submit(ctx context.Context, try procedure.Attempt) (Done, error) {
	return o.submit(ctx, request{try: played(try)})
}

// played is an attempt of a worked case: nobody was there to be asked who he is.
func played(try procedure.Attempt) procedure.Attempt {
	try.Proved = &matter.Proof{How: matter.ProofPlayed}
	return try
}

// OrderActs orders acts as a door does that lets many be asked for at once.
func (o *Office) OrderActs(ctx context.Context, r Reader, acts ...Act) (string, error) {
	var content order
	for _, a := range acts {
		content.Lines = append(content.Lines, orderLine{Matter: a.Matter, Act: a.Act, Fields: a.Fields})
	}
	return o.newOrder(ctx, r, content)
}

// Work does the orders that wait.
func (o *Office) WorkOrders(ctx context.Context) error { return o.orderJobs(ctx) }

// SubmitCode is Submit for an act that binds the MAC of a receipt code to the matter it opens.
func (o *Office) SubmitCode(ctx context.Context, try procedure.Attempt, code []byte) (Done, error) {
	return o.submit(ctx, request{try: played(try), code: code})
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

// Opened are the texts and files of a matter as they were given, by the entry that holds them.
func (o *Office) Opened(ctx context.Context, id matter.ID) (map[int][]matter.Part, error) {
	out := map[int][]matter.Part{}
	err := o.db.Read(ctx, func(q *store.Query) error {
		stored, err := q.Parts(ctx, id)
		if err != nil {
			return err
		}
		for _, p := range stored {
			part, err := o.unseal(id, p.Seq, sealedOf(p))
			if err != nil {
				return err
			}
			out[p.Seq] = append(out[p.Seq], part)
		}
		return nil
	})
	return out, err
}

// Keys are the holder keys of a reader.
func (r Reader) Keys() []string { return r.keys }

// EachScrubbed lets a test be told of every file a scrub reads.
func EachScrubbed(o *Office, do func()) { o.scrubbing = do }

// ShortName cuts a file's name.
var ShortName = shortName
